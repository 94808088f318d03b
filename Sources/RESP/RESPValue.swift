// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// One reply, or one element of one: a view of validated bytes. Nothing is copied or parsed before it is asked for.
package struct RESPValue: Sendable {
    package let kind: RESPKind
    /// Elements of an aggregate; a map counts keys and values. 0 for scalars.
    package let count: Int
    /// A scalar's bytes without type, length and CRLF: a bulk's content, a number's digits, an error's text, a verbatim
    /// string without its `txt:`. For an aggregate: the encoded elements, one behind the other.
    package let payload: ByteBuffer

    package init(kind: RESPKind, count: Int = 0, payload: ByteBuffer) {
        self.kind = kind
        self.count = count
        self.payload = payload
    }
}
