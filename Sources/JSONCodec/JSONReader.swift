// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// A bounded pull reader (RFC 8259) over complete input. Numbers keep their text. Duplicate names are the caller's to find;
/// lone surrogates, a byte-order mark, bytes that are not UTF-8, trailing bytes and too deep nesting are errors.
package struct JSONReader {
    package enum Token: Sendable, Equatable {
        case beginObject
        case endObject
        case beginArray
        case endArray
        /// A member's name, unescaped.
        case name(ByteBuffer)
        /// A string, unescaped; a slice of the input when it had no escape.
        case string(ByteBuffer)
        /// A number's literal text, a slice of the input.
        case number(ByteBuffer)
        case bool(Bool)
        case null
        /// The input is over, and was one complete value.
        case end
    }

    package init(_ input: ByteBuffer, depthLimit: Int = 8) {}

    package mutating func next() throws(JSONError) -> Token { .end }
}
