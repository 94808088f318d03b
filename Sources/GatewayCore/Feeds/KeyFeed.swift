// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore
import RESP
import RedisCore

/// A scan of all keys as JSON lines: `{"key":"..."}` each. SCAN's own guarantees hold: a key that is there all the time comes at
/// least once.
package struct KeyFeed: Sendable {
    private var cursor: ByteBuffer
    /// The options of SCAN, in their wire form, and how many words they are.
    private let options: ByteBuffer
    private let optionCount: Int
    private let timeout: TimeAmount
    private(set) var stage = Feed.Stage.ask

    /// - Parameters:
    ///   - scan: One SCAN in its wire form, with the cursor to begin at.
    ///   - timeout: How long each page may take.
    init(_ scan: ByteBuffer, timeout: TimeAmount) {
        let bytes = scan.readableBytesUInt8Span
        self.cursor = ByteBuffer(staticString: "0")
        self.timeout = timeout
        guard var words = CommandCursor(bytes, at: 0), words.next(bytes) != nil, let cursor = words.next(bytes) else {
            self.options = ByteBuffer()
            self.optionCount = 0
            return
        }
        self.cursor = scan.getSlice(at: cursor.content.lowerBound, length: cursor.content.count) ?? self.cursor
        self.options = scan.getSlice(at: cursor.end, length: scan.readableBytes - cursor.end) ?? ByteBuffer()
        self.optionCount = words.count - 2
    }

    var plan: RedisPlan {
        var encoder = RESPEncoder()
        encoder.array(count: 2 + self.optionCount)
        encoder.bulk("SCAN")
        encoder.bulk(self.cursor)
        encoder.raw(self.options)
        return RedisPlan(.command, commands: encoder.buffer, count: 1, retryClass: .readOnly, timeout: self.timeout)
    }

    mutating func take(_ reply: RESPValue) -> FeedStep {
        var elements = reply.elements
        guard !reply.isError, let cursor = elements.next(), cursor.isString, let keys = elements.next(),
            keys.kind == .array
        else { return FeedStep(problem: Problem(feedReply: reply, command: "SCAN")) }
        self.cursor = ByteBuffer(bytes: cursor.payload.readableBytesView)
        self.stage = cursor.payload.readableBytesUInt8Span.equals("0") ? .end : .ask
        var lines = ByteBuffer()
        var names = keys.elements
        while let name = names.next() {
            var json = JSONWriter(buffer: consume lines)
            json.beginObject()
            json.name("key")
            json.bytes(name.payload)
            json.endObject()
            json.buffer.writeStaticString("\n")
            lines = json.buffer
        }
        return lines.readableBytes > 0 ? FeedStep(parts: [.init(id: .zero, bytes: lines)]) : FeedStep()
    }

    /// The last line of a scan that could not be finished.
    static func line(_ problem: Problem) -> ByteBuffer {
        var json = JSONWriter()
        json.beginObject()
        json.name("error")
        problem.write(into: &json)
        json.endObject()
        json.buffer.writeStaticString("\n")
        return json.buffer
    }
}

extension Problem {
    /// What a reply comes to that a feed cannot go on with.
    init(feedReply reply: RESPValue, command: String) {
        if reply.isError {
            self.init(redisError: reply.payload, CommandContext(name: command, retryClass: .readOnly, isTyped: true))
        } else {
            self.init(.backendProtocol, detail: "The reply of Redis has an unexpected type.", command: command)
        }
    }
}
