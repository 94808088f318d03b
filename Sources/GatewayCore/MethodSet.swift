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
        self.rawValue = 1 &<< UInt16(method.ordinal)
    }

    package static var get: MethodSet { MethodSet(.get) }
    package static var head: MethodSet { MethodSet(.head) }
    package static var post: MethodSet { MethodSet(.post) }
    package static var put: MethodSet { MethodSet(.put) }
    package static var delete: MethodSet { MethodSet(.delete) }
    package static var patch: MethodSet { MethodSet(.patch) }
    package static var options: MethodSet { MethodSet(.options) }
    package static var query: MethodSet { MethodSet(.query) }

    /// The methods that only read (RFC 9110 section 9.2.1), among those that Baton knows.
    @inline(__always)
    static var safe: MethodSet { [.get, .head, .options, .query] }

    /// The methods as the `Allow` field lists them.
    package var text: String {
        var names: [String] = []
        for method in Method.allCases where self.contains(MethodSet(method)) {
            names.append(method.name)
        }
        return names.joined(separator: ", ")
    }
}
