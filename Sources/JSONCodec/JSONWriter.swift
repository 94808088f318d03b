// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// Writes compact JSON (RFC 8259) into a reused buffer. Commas are its own affair. No allocation but the buffer's growth.
package struct JSONWriter: Sendable {
    package var buffer: ByteBuffer

    package init(buffer: ByteBuffer = ByteBuffer()) {
        self.buffer = buffer
    }

    package mutating func beginObject() {}
    package mutating func endObject() {}
    package mutating func beginArray() {}
    package mutating func endArray() {}
    /// A member's name; a value must follow. `name` needs no escaping.
    package mutating func name(_ name: StaticString) {}
    package mutating func name(_ name: String) {}
    package mutating func string(_ text: StaticString) {}
    package mutating func string(_ text: String) {}
    /// Bytes that are UTF-8 as a string, any other as `{"base64":"..."}`.
    package mutating func bytes(_ bytes: ByteBuffer) {}
    package mutating func integer(_ value: Int64) {}
    /// A number by its text, which the caller knows to be a JSON number.
    package mutating func number(text: ByteBuffer) {}
    package mutating func bool(_ value: Bool) {}
    package mutating func null() {}
    /// A value that is JSON already.
    package mutating func raw(_ json: ByteBuffer) {}
}
