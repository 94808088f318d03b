// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// Writes compact JSON (RFC 8259) into a reused buffer. Commas are its own affair. No allocation but the buffer's growth.
///
/// The caller keeps the order: a name before each member's value, an end for each beginning.
package struct JSONWriter: Sendable {
    package var buffer: ByteBuffer
    /// Whether the next name or value is not the first of its object or array.
    private var needsComma = false

    package init(buffer: ByteBuffer = ByteBuffer()) {
        self.buffer = buffer
    }

    package mutating func beginObject() {
        self.separate()
        self.buffer.writeInteger(UInt8(ascii: "{"))
        self.needsComma = false
    }

    package mutating func endObject() {
        self.buffer.writeInteger(UInt8(ascii: "}"))
        self.needsComma = true
    }

    package mutating func beginArray() {
        self.separate()
        self.buffer.writeInteger(UInt8(ascii: "["))
        self.needsComma = false
    }

    package mutating func endArray() {
        self.buffer.writeInteger(UInt8(ascii: "]"))
        self.needsComma = true
    }

    /// A member's name; a value must follow. `name` needs no escaping.
    package mutating func name(_ name: StaticString) {
        self.separate()
        self.buffer.writeInteger(UInt8(ascii: "\""))
        self.buffer.writeStaticString(name)
        self.buffer.writeStaticString("\":")
        self.needsComma = false
    }

    /// A member's name; a value must follow.
    package mutating func name(_ name: String) {
        self.string(name)
        self.buffer.writeInteger(UInt8(ascii: ":"))
        self.needsComma = false
    }

    /// A member's name from bytes that are UTF-8; a value must follow.
    package mutating func name(utf8 name: ByteBuffer) {
        self.separate()
        self.quoted(name.readableBytesUInt8Span)
        self.buffer.writeInteger(UInt8(ascii: ":"))
        self.needsComma = false
    }

    package mutating func string(_ text: StaticString) {
        self.separate()
        // Safety: a StaticString's bytes live as long as the process.
        let bytes = unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        unsafe self.quoted(bytes.span)
        self.needsComma = true
    }

    package mutating func string(_ text: String) {
        self.separate()
        self.quoted(text.utf8.span)
        self.needsComma = true
    }

    /// Bytes as a string; what is not UTF-8 becomes U+FFFD.
    package mutating func string(replacing bytes: ByteBuffer) {
        guard Self.isUTF8(bytes.readableBytesUInt8Span) else { return self.string(String(buffer: bytes)) }
        self.separate()
        self.quoted(bytes.readableBytesUInt8Span)
        self.needsComma = true
    }

    /// Bytes that are UTF-8 as a string, any other as `{"base64":"..."}`.
    package mutating func bytes(_ bytes: ByteBuffer) {
        guard Self.isUTF8(bytes.readableBytesUInt8Span) else {
            self.beginObject()
            self.name("base64")
            self.base64(bytes)
            return self.endObject()
        }
        self.separate()
        self.quoted(bytes.readableBytesUInt8Span)
        self.needsComma = true
    }

    /// Bytes as a string of base64 (RFC 4648 section 4, padded).
    package mutating func base64(_ bytes: ByteBuffer) {
        self.separate()
        self.buffer.writeInteger(UInt8(ascii: "\""))
        Base64.encode(bytes.readableBytesUInt8Span, into: &self.buffer)
        self.buffer.writeInteger(UInt8(ascii: "\""))
        self.needsComma = true
    }

    package mutating func integer(_ value: Int64) {
        self.separate()
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var rest = value.magnitude
        var position = 20
        repeat {
            position -= 1
            digits[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        if value < 0 { self.buffer.writeInteger(UInt8(ascii: "-")) }
        // Safety: an array of bytes has no padding.
        unsafe self.buffer.writeBytes(digits.span.extracting(position..<20).bytes)
        self.needsComma = true
    }

    /// A number by its text, which the caller knows to be a JSON number (``isNumber(_:)``).
    package mutating func number(text: ByteBuffer) {
        self.raw(text)
    }

    package mutating func bool(_ value: Bool) {
        self.separate()
        self.buffer.writeStaticString(value ? "true" : "false")
        self.needsComma = true
    }

    package mutating func null() {
        self.separate()
        self.buffer.writeStaticString("null")
        self.needsComma = true
    }

    /// A value that is JSON already.
    package mutating func raw(_ json: ByteBuffer) {
        self.separate()
        self.buffer.writeImmutableBuffer(json)
        self.needsComma = true
    }

    /// Whether the bytes are well-formed UTF-8.
    package static func isUTF8(_ bytes: borrowing Span<UInt8>) -> Bool {
        do {
            _ = try UTF8Span(validating: copy bytes)
            return true
        } catch {
            return false
        }
    }

    private mutating func separate() {
        if self.needsComma { self.buffer.writeInteger(UInt8(ascii: ",")) }
    }

    /// Bytes that are UTF-8, in quotes, escaped where RFC 8259 section 7 demands it.
    private mutating func quoted(_ bytes: borrowing Span<UInt8>) {
        self.buffer.writeInteger(UInt8(ascii: "\""))
        var start = 0
        for index in 0..<bytes.count {
            let byte = bytes[index]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            self.copy(bytes, start..<index)
            self.escape(byte)
            start = index + 1
        }
        self.copy(bytes, start..<bytes.count)
        self.buffer.writeInteger(UInt8(ascii: "\""))
    }

    private mutating func copy(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        // Safety: bytes have no padding.
        unsafe self.buffer.writeBytes(bytes.extracting(range).bytes)
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): self.buffer.writeStaticString("\\\"")
        case UInt8(ascii: "\\"): self.buffer.writeStaticString("\\\\")
        case 0x08: self.buffer.writeStaticString("\\b")
        case 0x09: self.buffer.writeStaticString("\\t")
        case 0x0A: self.buffer.writeStaticString("\\n")
        case 0x0C: self.buffer.writeStaticString("\\f")
        case 0x0D: self.buffer.writeStaticString("\\r")
        default:
            self.buffer.writeStaticString("\\u00")
            self.buffer.writeInteger(Self.hexadecimal(byte >> 4))
            self.buffer.writeInteger(Self.hexadecimal(byte & 0x0F))
        }
    }

    private static func hexadecimal(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }
}
