// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// The decimal digits of a number, on the stack.
struct DecimalDigits {
    /// 1...20.
    let count: Int
    private var digits: InlineArray<20, UInt8>

    init(_ number: UInt64) {
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var rest = number
        var position = 20
        repeat {
            position -= 1
            digits[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        self.count = 20 - position
        self.digits = digits
    }

    mutating func write(to buffer: inout ByteBuffer) {
        // Safety: an array of bytes has no padding.
        unsafe buffer.writeBytes(self.digits.span.extracting((20 - self.count)..<20).bytes)
    }
}
