// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP

extension RESPEncoder {
    /// Writes two commands, or the beginnings of two, that end in the same key: `<first>$<n>\r\n<key>\r\n`, then the
    /// same with `second`, and perhaps a value behind it.
    ///
    /// A write into a `ByteBuffer` costs about 200 instructions however short it is, and most requests are commands of
    /// this form: here they are one write.
    mutating func keyed(
        _ first: StaticString, _ second: StaticString, _ key: borrowing Span<UInt8>, value: ByteBuffer? = nil
    ) {
        // 20 digits, `$` and twice CRLF for each bulk.
        var room = first.utf8CodeUnitCount &+ second.utf8CodeUnitCount &+ 2 &* (key.count &+ 25)
        if let value { room &+= value.readableBytes &+ 25 }
        // Safety: the pointers are used inside of the closures only, and `room` is at least what `RawWriter` is given.
        unsafe key.withUnsafeBytes { bytes in
            _ = unsafe self.buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { target in
                var writer = unsafe RawWriter(target)
                unsafe writer.literal(first)
                let start = unsafe writer.count
                unsafe writer.bulk(bytes)
                let end = unsafe writer.count
                unsafe writer.literal(second)
                unsafe writer.repeats(start..<end)
                if let value { unsafe value.withUnsafeReadableBytes { unsafe writer.bulk($0) } }
                return unsafe writer.count
            }
        }
    }
}

/// Writes into memory that is known to be large enough.
@unsafe
private struct RawWriter {
    private let target: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    init(_ target: UnsafeMutableRawBufferPointer) {
        unsafe self.target = unsafe target
    }

    /// The bytes of a text.
    mutating func literal(_ text: StaticString) {
        unsafe self.bytes(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// `$<n>\r\n<bytes>\r\n`.
    mutating func bulk(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.byte(UInt8(ascii: "$"))
        unsafe self.decimal(bytes.count)
        unsafe self.byte(UInt8(ascii: "\r"))
        unsafe self.byte(UInt8(ascii: "\n"))
        unsafe self.bytes(bytes)
        unsafe self.byte(UInt8(ascii: "\r"))
        unsafe self.byte(UInt8(ascii: "\n"))
    }

    /// Bytes that have been written already.
    mutating func repeats(_ range: Range<Int>) {
        unsafe self.bytes(UnsafeRawBufferPointer(rebasing: self.target[range]))
    }

    private mutating func bytes(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, let target = unsafe self.target.baseAddress else { return }
        unsafe target.advanced(by: self.count).copyMemory(from: source, byteCount: bytes.count)
        unsafe self.count &+= bytes.count
    }

    private mutating func byte(_ byte: UInt8) {
        unsafe self.target[self.count] = byte
        unsafe self.count &+= 1
    }

    /// A number of 0 or more.
    private mutating func decimal(_ number: Int) {
        guard number >= 10 else {
            unsafe self.byte(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number))
            return
        }
        unsafe self.decimal(number / 10)
        unsafe self.byte(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number % 10))
    }
}
