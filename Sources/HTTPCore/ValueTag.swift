// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The strong entity tag (RFC 9110 section 8.8.3) of a value in one of its forms: the digest of its bytes in 16 hexadecimal
/// digits. The forms are representations of their own, and so have tags of their own.
package struct ValueTag: Sendable, Equatable {
    /// The digest of the value's bytes.
    package var digest: UInt64
    /// Whether it is the tag of the JSON form.
    package var isJSON: Bool

    package init(digest: UInt64, isJSON: Bool = false) {
        self.digest = digest
        self.isJSON = isJSON
    }

    /// The most bytes that a tag has, its quotes included.
    package static let byteLimit = 24

    /// What follows the digits, the closing quote included.
    package var ending: StaticString { self.isJSON ? "-json\"" : "\"" }

    /// The tag with its quotes.
    package var text: String { "\"\(RequestID.hexadecimal(self.digest))\(self.ending)" }
}
