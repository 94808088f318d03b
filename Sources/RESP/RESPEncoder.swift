// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// Appends commands to a connection's accumulator.
package struct RESPEncoder: Sendable {
    /// What has been written so far. The driver takes it away at the end of a tick.
    package var buffer: ByteBuffer

    package init(buffer: ByteBuffer = ByteBuffer()) {
        self.buffer = buffer
    }

    /// `*<count>\r\n`.
    package mutating func array(count: Int) {}
    /// `$<n>\r\n<bytes>\r\n`.
    package mutating func bulk(_ bytes: borrowing Span<UInt8>) {}
    package mutating func bulk(_ bytes: ByteBuffer) {}
    package mutating func bulk(_ text: StaticString) {}
    package mutating func bulk(_ number: Int64) {}
    /// Bytes that are encoded already: the constant head of a command, or whole commands.
    package mutating func raw(_ head: StaticString) {}
    package mutating func raw(_ commands: ByteBuffer) {}
}
