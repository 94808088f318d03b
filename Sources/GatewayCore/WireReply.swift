// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP

/// Replies in RESP, as Redis sent them.
enum WireReply {
    /// The bytes of a reply. Attributes are gone, and a verbatim string's format with them.
    static func encode(_ reply: RESPValue) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(reply.payload.readableBytes + 24)
        switch reply.kind {
        case .simpleString: Self.line("+", reply.payload, &buffer)
        case .simpleError: Self.line("-", reply.payload, &buffer)
        case .integer: Self.line(":", reply.payload, &buffer)
        case .double: Self.line(",", reply.payload, &buffer)
        case .bigNumber: Self.line("(", reply.payload, &buffer)
        case .boolean: Self.line("#", reply.payload, &buffer)
        case .null: buffer.writeStaticString("_\r\n")
        case .bulkString, .verbatimString: Self.bulk("$", reply.payload, &buffer)
        case .bulkError: Self.bulk("!", reply.payload, &buffer)
        case .array: Self.aggregate("*", reply.count, reply.payload, &buffer)
        case .set: Self.aggregate("~", reply.count, reply.payload, &buffer)
        case .push: Self.aggregate(">", reply.count, reply.payload, &buffer)
        case .map: Self.aggregate("%", reply.count / 2, reply.payload, &buffer)
        }
        return buffer
    }

    private static func line(_ mark: StaticString, _ text: ByteBuffer, _ buffer: inout ByteBuffer) {
        buffer.writeStaticString(mark)
        buffer.writeImmutableBuffer(text)
        buffer.writeStaticString("\r\n")
    }

    private static func bulk(_ mark: StaticString, _ bytes: ByteBuffer, _ buffer: inout ByteBuffer) {
        buffer.writeStaticString(mark)
        buffer.writeString(String(bytes.readableBytes))
        buffer.writeStaticString("\r\n")
        buffer.writeImmutableBuffer(bytes)
        buffer.writeStaticString("\r\n")
    }

    private static func aggregate(
        _ mark: StaticString, _ count: Int, _ elements: ByteBuffer, _ buffer: inout ByteBuffer
    ) {
        buffer.writeStaticString(mark)
        buffer.writeString(String(count))
        buffer.writeStaticString("\r\n")
        buffer.writeImmutableBuffer(elements)
    }
}
