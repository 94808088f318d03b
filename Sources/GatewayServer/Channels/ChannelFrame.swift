// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import JSONCodec
import NIOCore
import RedisCore

/// The events of a subscription, in the form of server-sent events (HTML Living Standard, section 9.2). No byte from outside ends a
/// line unseen: it lies in JSON strings, or begins a `data:` line of its own.
enum ChannelFrame {
    static let heartbeat = ByteBuffer(staticString: ": hb\n\n")

    /// What a stream begins with.
    static func beginning(_ audience: ChannelAudience) -> ByteBuffer {
        switch audience.style {
        case .native: return ByteBuffer(staticString: "retry: 1000\n\n")
        case .upstash:
            let word = audience.key.kind == .pattern ? "psubscribe" : "subscribe"
            return Self.lines("\(word),\(String(buffer: audience.key.name)),1")
        }
    }

    static func message(
        _ key: SubscriptionKey, channel: ByteBuffer, payload: ByteBuffer, _ style: SubscriptionStyle
    ) -> ByteBuffer {
        switch style {
        case .native:
            return Self.event("event: message\ndata: ", capacity: channel.readableBytes + payload.readableBytes) {
                json in
                if key.kind == .pattern {
                    json.name("pattern")
                    json.bytes(key.name)
                }
                json.name("channel")
                json.bytes(channel)
                json.name("message")
                json.bytes(payload)
            }
        case .upstash:
            let origin = key.kind == .pattern ? "pmessage,\(String(buffer: key.name))," : "message,"
            return Self.lines("\(origin)\(String(buffer: channel)),\(String(buffer: payload))")
        }
    }

    /// Messages may have been missed for so long. The lines of Upstash have no word for it: a comment.
    static func gap(time: TimeAmount, _ style: SubscriptionStyle) -> ByteBuffer {
        let milliseconds = time.nanoseconds / 1_000_000
        guard style == .native else { return ByteBuffer(string: ": gap \(milliseconds) ms\n\n") }
        return Self.event("event: gap\ndata: ", capacity: 0) { json in
            json.name("reason")
            json.string("connection-lost" as StaticString)
            json.name("duration_ms")
            json.integer(milliseconds)
        }
    }

    /// The subscriber does not keep up; the end follows.
    static func overflow(_ style: SubscriptionStyle) -> ByteBuffer {
        ByteBuffer(staticString: style == .native ? "event: overflow\ndata: {}\n\n" : ": overflow\n\n")
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

    /// A `data:` line for each line of the text.
    private static func lines(_ text: String) -> ByteBuffer {
        var buffer = ByteBuffer()
        for line in text.split(
            omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r" || $0 == "\r\n" })
        {
            buffer.writeStaticString("data: ")
            buffer.writeSubstring(line)
            buffer.writeStaticString("\n")
        }
        buffer.writeStaticString("\n")
        return buffer
    }
}
