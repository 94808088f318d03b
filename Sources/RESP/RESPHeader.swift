// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The first line of an element: its type and what the line says.
struct RESPHeader {
    /// The type byte.
    var type: UInt8
    /// For integers, lengths and counts: the number. 0 for others.
    var number: Int64
    /// Offset of the first byte after the type byte.
    var contentStart: Int
    /// Offset of CR.
    var contentEnd: Int
    /// Offset of the first byte after LF.
    var end: Int { self.contentEnd + 2 }

    /// What reading a header may come to.
    enum Result {
        case header(RESPHeader)
        /// The line is not complete; no CR lies before `scanned`.
        case incomplete(scanned: Int)
        case failed(RESPError)
    }

    /// Reads the header at `offset`; `scanned` says how far an earlier call has looked for CR.
    @inline(__always)
    static func read(
        _ bytes: UnsafeRawBufferPointer, at offset: Int, scanned: Int, lineLimit: Int
    ) -> Result {
        let count = bytes.count
        guard offset < count else { return .incomplete(scanned: offset) }
        // Safety: every offset read is below `count`, which was checked for each.
        let type = unsafe bytes[offset]
        switch type {
        case UInt8(ascii: "$"), UInt8(ascii: ":"), UInt8(ascii: "*"), UInt8(ascii: "%"), UInt8(ascii: "~"),
            UInt8(ascii: ">"),
            UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "|"):
            return unsafe Self.readNumber(bytes, type: type, at: offset)
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "#"), UInt8(ascii: ","),
            UInt8(ascii: "("):
            return unsafe Self.readLine(bytes, type: type, at: offset, scanned: scanned, lineLimit: lineLimit)
        case UInt8(ascii: ";"), UInt8(ascii: "."):
            return .failed(.streamedTypeUnsupported)
        default:
            return .failed(.unknownType(type))
        }
    }

    /// `[+-]digits CR LF`, at most 19 digits and within Int64.
    @inline(__always)
    private static func readNumber(_ bytes: UnsafeRawBufferPointer, type: UInt8, at offset: Int) -> Result {
        let count = bytes.count
        var position = offset + 1
        guard position < count else { return .incomplete(scanned: offset) }
        var isNegative = false
        let first = unsafe bytes[position]
        if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            position += 1
        } else if first == UInt8(ascii: "?") {
            return .failed(.streamedTypeUnsupported)
        }
        let digits = position
        var magnitude: UInt64 = 0
        while position < count {
            let digit = unsafe bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            // Nineteen digits fit in UInt64; Int64's own range is checked below.
            guard position - digits < 19 else { return .failed(.malformedNumber) }
            magnitude = magnitude &* 10 &+ UInt64(digit)
            position += 1
        }
        guard position < count else { return .incomplete(scanned: offset) }
        guard position > digits, unsafe bytes[position] == 0x0D else { return .failed(.malformedNumber) }
        guard position + 1 < count else { return .incomplete(scanned: offset) }
        guard unsafe bytes[position + 1] == 0x0A else { return .failed(.malformedLine) }
        let limit = UInt64(Int64.max) + (isNegative ? 1 : 0)
        guard magnitude <= limit else { return .failed(.malformedNumber) }
        let number = isNegative ? Int64(truncatingIfNeeded: 0 &- magnitude) : Int64(truncatingIfNeeded: magnitude)
        return .header(RESPHeader(type: type, number: number, contentStart: offset + 1, contentEnd: position))
    }

    private static func readLine(
        _ bytes: UnsafeRawBufferPointer, type: UInt8, at offset: Int, scanned: Int, lineLimit: Int
    ) -> Result {
        let count = bytes.count
        let start = offset + 1
        var position = max(start, scanned)
        // Safety: as in `read`.
        while position < count, unsafe bytes[position] != 0x0D {
            position += 1
        }
        guard position - start <= lineLimit else { return .failed(.lineTooLong) }
        guard position + 1 < count else { return .incomplete(scanned: position) }
        guard unsafe bytes[position + 1] == 0x0A else { return .failed(.malformedLine) }
        let header = RESPHeader(type: type, number: 0, contentStart: start, contentEnd: position)
        guard unsafe header.isWellFormed(bytes) else {
            return .failed(type == UInt8(ascii: "(") || type == UInt8(ascii: ",") ? .malformedNumber : .malformedLine)
        }
        return .header(header)
    }

    /// Whether the content is what the type allows: `t` or `f`, nothing, digits, some text of a number.
    private func isWellFormed(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let length = self.contentEnd - self.contentStart
        switch self.type {
        case UInt8(ascii: "_"):
            return length == 0
        case UInt8(ascii: "#"):
            guard length == 1 else { return false }
            let value = unsafe bytes[self.contentStart]
            return value == UInt8(ascii: "t") || value == UInt8(ascii: "f")
        case UInt8(ascii: "("):
            return unsafe self.isInteger(bytes)
        case UInt8(ascii: ","):
            return length > 0
        default:
            return true
        }
    }

    private func isInteger(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var position = self.contentStart
        if position < self.contentEnd,
            unsafe bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+")
        {
            position += 1
        }
        guard position < self.contentEnd else { return false }
        while position < self.contentEnd {
            guard unsafe bytes[position] &- UInt8(ascii: "0") < 10 else { return false }
            position += 1
        }
        return true
    }
}
