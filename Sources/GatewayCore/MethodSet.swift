// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore

/// A set of request methods.
package struct MethodSet: OptionSet, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The set of one method.
    package init(_ method: Method) {
        self.rawValue = 1 &<< UInt16(method.rawValue)
    }

    package static let get = MethodSet(.get)
    package static let head = MethodSet(.head)
    package static let post = MethodSet(.post)
    package static let put = MethodSet(.put)
    package static let delete = MethodSet(.delete)
    package static let patch = MethodSet(.patch)
    package static let options = MethodSet(.options)

    /// The methods that only read (RFC 9110 section 9.2.1), among those that Baton knows.
    static let safe: MethodSet = [.get, .head, .options, MethodSet(.query)]

    /// The methods as the `Allow` field lists them.
    package var text: String {
        var names: [String] = []
        for method in Method.allCases where self.contains(MethodSet(method)) {
            names.append(method.name)
        }
        return names.joined(separator: ", ")
    }
}
