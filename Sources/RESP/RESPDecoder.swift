// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// Cuts a byte stream into replies; resumes where it stopped, so that no byte is looked at twice.
///
/// Memory: it holds the bytes of at most one incomplete reply (bounded by ``RESPLimits/replyBytes``) and what came behind
/// it in the same read.
package struct RESPDecoder {
    private let limits: RESPLimits
    /// The reader index is at the first byte of the current reply.
    private var buffer = ByteBuffer()
    private var cursor = RESPCursor()
    /// Whether ``cursor`` is past the start of the reply.
    private var isInside = false

    package init(limits: RESPLimits = RESPLimits()) {
        self.limits = limits
    }

    /// Bytes held that are not part of a reply that was returned.
    package var bufferedBytes: Int { self.buffer.readableBytes }

    /// Takes what was read from the socket. If nothing is left over from before, the buffer is adopted without a copy.
    package mutating func feed(_ bytes: ByteBuffer) {
        let held = self.buffer.readableBytes
        guard held > 0 else {
            self.buffer = bytes
            return
        }
        // The size of a bulk is known from its header: the memory for it is reserved once.
        let needed = self.cursor.needed
        if needed > held + self.buffer.writableBytes {
            var larger = ByteBufferAllocator().buffer(capacity: max(needed, held + bytes.readableBytes))
            larger.writeImmutableBuffer(self.buffer)
            self.buffer = larger
        }
        self.buffer.writeImmutableBuffer(bytes)
    }

    /// The next complete reply, or nil when more bytes are needed. Attributes are skipped.
    /// - Throws: ``RESPError``; the stream has lost its place then, and every further call throws as well.
    package mutating func next() throws(RESPError) -> RESPValue? {
        guard self.buffer.readableBytes > 0 else { return nil }
        if !self.isInside, let value = self.nextScalar() { return value }
        var cursor = self.cursor
        let limits = self.limits
        let outcome = unsafe self.buffer.withUnsafeReadableBytes { unsafe cursor.advance($0, limits: limits) }
        switch outcome {
        case .incomplete:
            self.cursor = cursor
            self.isInside = true
            return nil
        case .failed(let error):
            throw error
        case .complete:
            if self.isInside {
                self.cursor = RESPCursor()
                self.isInside = false
            }
            return self.cut(
                kind: cursor.kind, count: cursor.count, from: cursor.payloadStart, to: cursor.payloadEnd,
                end: cursor.position)
        }
    }

    /// The common case: a bulk string, an integer or `+OK` that lies in the buffer whole. Anything else is left to the cursor,
    /// errors too.
    @inline(__always)
    private mutating func nextScalar() -> RESPValue? {
        let bulkLimit = self.limits.bulkBytes
        let scalar = unsafe self.buffer.withUnsafeReadableBytes { bytes -> (kind: RESPKind, start: Int, end: Int)? in
            // Safety: every offset read is below `count`, which was checked for each.
            let count = bytes.count
            guard count >= 4 else { return nil }
            let type = unsafe bytes[0]
            guard type == UInt8(ascii: "$") || type == UInt8(ascii: ":") else {
                guard count >= 5, unsafe bytes.loadUnaligned(as: UInt32.self) == Self.okay, unsafe bytes[4] == 0x0A
                else {
                    return nil
                }
                return (.simpleString, 1, 3)
            }
            let isNegative = unsafe bytes[1] == UInt8(ascii: "-")
            let first = isNegative ? 2 : 1
            var position = first
            var number = 0
            while position < count {
                let digit = unsafe bytes[position] &- UInt8(ascii: "0")
                guard digit < 10 else { break }
                number = number &* 10 &+ Int(digit)
                position &+= 1
            }
            // Eleven digits cannot have overflowed; longer numbers are read with more care.
            guard position > first, position &- first <= 11, position &+ 1 < count else { return nil }
            guard unsafe bytes[position] == 0x0D && bytes[position &+ 1] == 0x0A else { return nil }
            if type == UInt8(ascii: ":") { return (.integer, 1, position) }
            let start = position &+ 2
            let end = start &+ number
            guard !isNegative, number <= bulkLimit, end &+ 2 <= count else { return nil }
            guard unsafe bytes[end] == 0x0D && bytes[end &+ 1] == 0x0A else { return nil }
            return (.bulkString, start, end)
        }
        guard let scalar, scalar.end &+ 2 <= self.limits.replyBytes else { return nil }
        return self.cut(kind: scalar.kind, count: 0, from: scalar.start, to: scalar.end, end: scalar.end &+ 2)
    }

    /// `+OK` and CR, as a number reads them.
    private static let okay = UInt32(littleEndian: 0x0D4B_4F2B)

    private mutating func cut(kind: RESPKind, count: Int, from start: Int, to payloadEnd: Int, end: Int) -> RESPValue {
        let index = self.buffer.readerIndex
        let payload = self.buffer.getSlice(at: index + start, length: payloadEnd - start) ?? ByteBuffer()
        if end >= self.buffer.readableBytes {
            // Nothing is left: give the memory back to whoever reads into it next.
            self.buffer = ByteBuffer()
        } else {
            self.buffer.moveReaderIndex(forwardBy: end)
        }
        return RESPValue(kind: kind, count: count, payload: payload)
    }
}
