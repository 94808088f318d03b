// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// The escapes of strings (RFC 8259 section 7).
enum JSONEscapes {
    /// Decodes the content of a string, which holds no quote that is not escaped.
    static func decode(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(JSONError) -> ByteBuffer {
        var output = ByteBuffer()
        output.reserveCapacity(range.count)
        var index = range.lowerBound
        var start = index
        while index < range.upperBound {
            guard bytes[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            // Safety: bytes have no padding.
            unsafe output.writeBytes(bytes.extracting(start..<index).bytes)
            index = try self.escape(bytes, at: index, end: range.upperBound, into: &output)
            start = index
        }
        // Safety: bytes have no padding.
        unsafe output.writeBytes(bytes.extracting(start..<range.upperBound).bytes)
        return output
    }

    /// Decodes the escape whose backslash is at `offset`.
    /// - Returns: the offset behind it.
    private static func escape(
        _ bytes: Span<UInt8>, at offset: Int, end: Int, into output: inout ByteBuffer
    ) throws(JSONError) -> Int {
        guard offset + 1 < end else { throw JSONError(.invalidEscape, offset: offset) }
        let plain: UInt8
        switch bytes[offset + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain = bytes[offset + 1]
        case UInt8(ascii: "b"): plain = 0x08
        case UInt8(ascii: "f"): plain = 0x0C
        case UInt8(ascii: "n"): plain = 0x0A
        case UInt8(ascii: "r"): plain = 0x0D
        case UInt8(ascii: "t"): plain = 0x09
        case UInt8(ascii: "u"): return try self.unicode(bytes, at: offset, end: end, into: &output)
        default: throw JSONError(.invalidEscape, offset: offset)
        }
        output.writeInteger(plain)
        return offset + 2
    }

    private static func unicode(
        _ bytes: Span<UInt8>, at offset: Int, end: Int, into output: inout ByteBuffer
    ) throws(JSONError) -> Int {
        let unit = try self.codeUnit(bytes, at: offset, end: end)
        guard unit & 0xF800 == 0xD800 else {
            self.write(unit, into: &output)
            return offset + 6
        }
        guard unit < 0xDC00, offset + 7 < end, bytes[offset + 6] == UInt8(ascii: "\\"),
            bytes[offset + 7] == UInt8(ascii: "u")
        else { throw JSONError(.loneSurrogate, offset: offset) }
        let low = try self.codeUnit(bytes, at: offset + 6, end: end)
        guard low & 0xFC00 == 0xDC00 else { throw JSONError(.loneSurrogate, offset: offset) }
        self.write(0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF, into: &output)
        return offset + 12
    }

    private static func codeUnit(_ bytes: Span<UInt8>, at offset: Int, end: Int) throws(JSONError) -> UInt32 {
        guard offset + 6 <= end else { throw JSONError(.invalidEscape, offset: offset) }
        var unit: UInt32 = 0
        for index in offset + 2..<offset + 6 {
            let byte = bytes[index]
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: throw JSONError(.invalidEscape, offset: offset)
            }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }

    /// Writes a scalar value as UTF-8.
    private static func write(_ scalar: UInt32, into output: inout ByteBuffer) {
        func tail(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | scalar >> shift & 0x3F) }
        switch scalar {
        case ..<0x80:
            output.writeInteger(UInt8(truncatingIfNeeded: scalar))
        case ..<0x800:
            output.writeInteger(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
            output.writeInteger(tail(0))
        case ..<0x10000:
            output.writeInteger(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
            output.writeInteger(tail(6))
            output.writeInteger(tail(0))
        default:
            output.writeInteger(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
            output.writeInteger(tail(12))
            output.writeInteger(tail(6))
            output.writeInteger(tail(0))
        }
    }
}
