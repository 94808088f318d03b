// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import JSONCodec
import NIOCore
import RedisCore

/// The events of a subscription, in the form of server-sent events. Everything from outside lies in JSON strings, so that no byte of
/// it can end a line.
enum ChannelFrame {
    static let beginning = ByteBuffer(staticString: "retry: 1000\n\n")
    static let heartbeat = ByteBuffer(staticString: ": hb\n\n")
    static let overflow = ByteBuffer(staticString: "event: overflow\ndata: {}\n\n")

    static func message(_ key: SubscriptionKey, channel: ByteBuffer, payload: ByteBuffer) -> ByteBuffer {
        Self.event("event: message\ndata: ", capacity: channel.readableBytes + payload.readableBytes) { json in
            if key.kind == .pattern {
                json.name("pattern")
                json.bytes(key.name)
            }
            json.name("channel")
            json.bytes(channel)
            json.name("message")
            json.bytes(payload)
        }
    }

    /// Messages may have been missed for so long.
    static func gap(_ key: SubscriptionKey, time: TimeAmount) -> ByteBuffer {
        Self.event("event: gap\ndata: ", capacity: key.name.readableBytes) { json in
            json.name("reason")
            json.string("connection-lost" as StaticString)
            json.name("duration_ms")
            json.integer(time.nanoseconds / 1_000_000)
        }
    }

    private static func event(
        _ head: StaticString, capacity: Int, _ body: (inout JSONWriter) -> Void
    ) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(capacity + 96)
        buffer.writeStaticString(head)
        var json = JSONWriter(buffer: buffer)
        json.beginObject()
        body(&json)
        json.endObject()
        json.buffer.writeStaticString("\n\n")
        return json.buffer
    }
}
