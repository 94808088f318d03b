// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// One reply, or one element of one: a view of validated bytes. Nothing is copied or parsed before it is asked for.
package struct RESPValue: Sendable {
    /// A scalar's bytes without type, length and CRLF: a bulk's content, a number's digits, an error's text, a verbatim
    /// string without its `txt:`. For an aggregate: the encoded elements, one behind the other.
    package let payload: ByteBuffer
    private let elementCount: UInt32
    package let kind: RESPKind

    package init(kind: RESPKind, count: Int = 0, payload: ByteBuffer) {
        self.payload = payload
        self.elementCount = UInt32(clamping: count)
        self.kind = kind
    }

    /// Elements of an aggregate; a map counts keys and values. 0 for scalars.
    package var count: Int { Int(self.elementCount) }

    /// Whether Redis reports an error.
    package var isError: Bool {
        self.kind == .simpleError || self.kind == .bulkError
    }

    package var isNull: Bool {
        self.kind == .null
    }

    /// The value of an integer; nil for any other kind.
    package var integer: Int64? {
        guard self.kind == .integer else { return nil }
        return Self.parseInteger(self.payload.readableBytesUInt8Span)
    }

    /// The value of a boolean; nil for any other kind.
    package var boolean: Bool? {
        guard self.kind == .boolean else { return nil }
        return self.payload.readableBytesUInt8Span[0] == UInt8(ascii: "t")
    }

    /// The elements of an aggregate; empty for a scalar.
    package var elements: RESPElements {
        RESPElements(payload: self.kind.isAggregate ? self.payload : ByteBuffer())
    }

    /// The bytes as text, for logs, problems and tests; bytes that are not UTF-8 are replaced.
    package var string: String {
        String(buffer: self.payload)
    }

    /// Whether this is an error whose first word is `code`, in the upper case that Redis uses.
    package func hasErrorCode(_ code: StaticString) -> Bool {
        guard self.isError else { return false }
        let text = self.payload.readableBytesUInt8Span
        let length = code.utf8CodeUnitCount
        guard text.count >= length, text.count == length || text[length] == UInt8(ascii: " ") else { return false }
        // Safety: a StaticString's bytes live as long as the process, and `length` is their number.
        let bytes = unsafe UnsafeBufferPointer(start: code.utf8Start, count: length)
        for index in 0..<length where unsafe bytes[index] != text[index] {
            return false
        }
        return true
    }

    /// `[+-]digits` within Int64, at most 19 digits.
    private static func parseInteger(_ text: Span<UInt8>) -> Int64? {
        guard !text.isEmpty else { return nil }
        let isNegative = text[0] == UInt8(ascii: "-")
        var index = isNegative || text[0] == UInt8(ascii: "+") ? 1 : 0
        guard index < text.count, text.count - index <= 19 else { return nil }
        var magnitude: UInt64 = 0
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            magnitude = magnitude &* 10 &+ UInt64(digit)
            index += 1
        }
        guard magnitude <= UInt64(Int64.max) + (isNegative ? 1 : 0) else { return nil }
        return isNegative ? Int64(truncatingIfNeeded: 0 &- magnitude) : Int64(magnitude)
    }
}
