// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import JSONCodec
package import NIOCore
import RESP
import RedisCore

/// The entries of a stream as server-sent events whose `id` is the entry's: a reader that comes again with the last one misses
/// nothing and gets nothing twice.
///
/// First everything is read that there is; then one reader of a stream waits for more on a connection of its own, and the
/// others with it.
package struct EntryFeed: Sendable {
    /// Entries of one reply.
    private static let page = 100

    package let key: ByteBuffer
    /// What the reader has, with everything before it; nil: the newest entry, whichever that is.
    package private(set) var last: StreamID?
    private(set) var stage = Feed.Stage.ask
    private let timeout: TimeAmount
    /// How long a request waits for more, in milliseconds.
    private let wait: Int64

    /// - Parameters:
    ///   - key: The stream's.
    ///   - last: Where to go on; nil: with what is added from now on.
    ///   - timeout: How long Redis may take to answer.
    ///   - wait: How long a request may wait for more, in milliseconds, 1...
    init(key: ByteBuffer, after last: StreamID?, timeout: TimeAmount, wait: Int64) {
        self.key = key
        self.last = last
        self.timeout = timeout
        self.wait = wait
    }

    var plan: RedisPlan {
        var encoder = RESPEncoder()
        guard let last = self.last else {
            encoder.array(count: 6)
            encoder.bulk("XREVRANGE")
            encoder.bulk(self.key)
            for word in ["+", "-", "COUNT", "1"] as [StaticString] { encoder.bulk(word) }
            return self.plan(encoder.buffer)
        }
        let id = ByteBuffer(string: last.text)
        switch self.stage {
        case .ask, .end:
            encoder.array(count: 6)
            encoder.bulk("XRANGE")
            encoder.bulk(self.key)
            encoder.bulk(ByteBuffer(string: "(\(last.text)"))
            encoder.bulk("+")
            encoder.bulk("COUNT")
            encoder.bulk(Int64(Self.page))
            return self.plan(encoder.buffer)
        case .wait:
            encoder.array(count: 8)
            encoder.bulk("XREAD")
            encoder.bulk("COUNT")
            encoder.bulk(Int64(Self.page))
            encoder.bulk("BLOCK")
            encoder.bulk(self.wait)
            encoder.bulk("STREAMS")
            encoder.bulk(self.key)
            encoder.bulk(id)
            return RedisPlan(
                .command, commands: encoder.buffer, count: 1, retryClass: .readOnly, needsLease: true,
                timeout: .milliseconds(self.wait) + self.timeout)
        }
    }

    private func plan(_ commands: ByteBuffer) -> RedisPlan {
        RedisPlan(.command, commands: commands, count: 1, retryClass: .readOnly, timeout: self.timeout)
    }

    mutating func take(_ reply: RESPValue) -> FeedStep {
        if self.stage == .wait {
            // A map of the one stream and its entries, or null when the time is over.
            if reply.isNull { return FeedStep() }
            var streams = reply.elements
            guard !reply.isError, reply.kind == .map, streams.next() != nil, let entries = streams.next() else {
                return FeedStep(problem: Problem(feedReply: reply, command: "XREAD"))
            }
            return self.take(entries: entries)
        }
        guard reply.kind == .array else { return FeedStep(problem: Problem(feedReply: reply, command: "XRANGE")) }
        guard self.last != nil else {
            var entries = reply.elements
            let newest = entries.next().flatMap { Self.id(of: $0) }
            self.last = newest ?? .zero
            self.stage = .wait
            return FeedStep()
        }
        if reply.count < Self.page { self.stage = .wait }
        return self.take(entries: reply)
    }

    private mutating func take(entries: RESPValue) -> FeedStep {
        var step = FeedStep()
        var elements = entries.elements
        while let entry = elements.next() {
            guard let id = Self.id(of: entry) else { continue }
            self.last = id
            step.parts.append(.init(id: id, bytes: Self.event(id, entry)))
        }
        return step
    }

    private static func id(of entry: RESPValue) -> StreamID? {
        var parts = entry.elements
        guard let id = parts.next() else { return nil }
        let text = id.payload
        return StreamID(text.readableBytesUInt8Span)
    }

    private static func event(_ id: StreamID, _ entry: RESPValue) -> ByteBuffer {
        let text = id.text
        var json = JSONWriter(buffer: ByteBuffer(string: "id: \(text)\nevent: message\ndata: "))
        json.beginObject()
        json.name("id")
        json.bytes(ByteBuffer(string: text))
        json.name("fields")
        json.beginArray()
        var parts = entry.elements
        _ = parts.next()
        var fields = parts.next()?.elements
        while let name = fields?.next(), let value = fields?.next() {
            json.beginArray()
            json.bytes(name.payload)
            json.bytes(value.payload)
            json.endArray()
        }
        json.endArray()
        json.endObject()
        json.buffer.writeStaticString("\n\n")
        return json.buffer
    }

    /// The reader has been given what another one has read.
    /// - Parameter id: The newest entry of it.
    package mutating func advance(to id: StreamID) {
        self.last = max(self.last ?? .zero, id)
    }

    /// Something may have been missed: read on from what the reader has.
    package mutating func catchUp() {
        self.stage = .ask
    }
}
