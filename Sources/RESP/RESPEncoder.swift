// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// Appends commands to a connection's accumulator.
///
/// Commands are arrays of bulk strings (Redis documentation, "Sending commands to a Redis server"); nothing is ever
/// written inline, so that no argument can be taken for anything but an argument.
package struct RESPEncoder: Sendable {
    /// What has been written so far. The driver takes it away at the end of a tick.
    package var buffer: ByteBuffer

    package init(buffer: ByteBuffer = ByteBuffer()) {
        self.buffer = buffer
    }

    /// `*<count>\r\n`. A negative count is written as 0.
    package mutating func array(count: Int) {
        self.header(UInt8(ascii: "*"), UInt64(max(count, 0)))
    }

    /// `$<n>\r\n<bytes>\r\n`.
    package mutating func bulk(_ bytes: borrowing Span<UInt8>) {
        self.header(UInt8(ascii: "$"), UInt64(bytes.count))
        // Safety: bytes have no padding, so all of them are initialised.
        unsafe self.buffer.writeBytes(bytes.bytes)
        self.buffer.writeStaticString("\r\n")
    }

    /// `$<n>\r\n<bytes>\r\n` with the buffer's readable bytes.
    package mutating func bulk(_ bytes: ByteBuffer) {
        self.header(UInt8(ascii: "$"), UInt64(bytes.readableBytes))
        self.buffer.writeImmutableBuffer(bytes)
        self.buffer.writeStaticString("\r\n")
    }

    /// `$<n>\r\n<text>\r\n`.
    package mutating func bulk(_ text: StaticString) {
        self.header(UInt8(ascii: "$"), UInt64(text.utf8CodeUnitCount))
        self.buffer.writeStaticString(text)
        self.buffer.writeStaticString("\r\n")
    }

    /// The number's decimal digits as a bulk string.
    package mutating func bulk(_ number: Int64) {
        var digits = DecimalDigits(number.magnitude)
        self.header(UInt8(ascii: "$"), UInt64(digits.count + (number < 0 ? 1 : 0)))
        if number < 0 { self.buffer.writeInteger(UInt8(ascii: "-")) }
        digits.write(to: &self.buffer)
        self.buffer.writeStaticString("\r\n")
    }

    /// Bytes that are encoded already: the constant head of a command.
    package mutating func raw(_ head: StaticString) {
        self.buffer.writeStaticString(head)
    }

    /// Bytes that are encoded already: whole commands.
    package mutating func raw(_ commands: ByteBuffer) {
        self.buffer.writeImmutableBuffer(commands)
    }

    private mutating func header(_ type: UInt8, _ number: UInt64) {
        // Lengths below ten are most of the arguments' lengths.
        if number < 10 {
            let digit = UInt32(UInt8(ascii: "0")) + UInt32(truncatingIfNeeded: number)
            self.buffer.writeInteger(UInt32(type) << 24 | digit << 16 | 0x0D0A)
            return
        }
        self.buffer.writeInteger(type)
        var digits = DecimalDigits(number)
        digits.write(to: &self.buffer)
        self.buffer.writeStaticString("\r\n")
    }
}
