// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore
import RESP

/// The answers of streams and their groups. An entry is `{"id":"1-0","fields":[["f","v"]]}`: fields have an order, and
/// may stand twice; of an entry that was deleted they are null.
extension ReplyRenderer {
    mutating func takeStream(_ reply: RESPValue, index: Int) {
        switch self.rendering {
        case .entries:
            if index == 0 {
                guard let count = self.count(reply) else { return }
                if count == 0 { self.problem = Problem(kind: .keyNotFound) }
            } else {
                self.answerEntries(reply)
            }
        case .claimedEntries: self.answerEntries(reply)
        case .entry:
            var entries = reply.elements
            guard reply.kind == .array else { return self.mistypeResource() }
            guard let entry = entries.next() else {
                self.problem = Problem(kind: .elementNotFound)
                return
            }
            self.number = 200
            self.writeEntry(entry)
        case .readEntries: self.takeRead(reply)
        case .autoClaimed: self.takeClaim(reply)
        case .pending: self.takePending(reply)
        default: self.takePendingSummary(reply)
        }
    }

    private mutating func answerEntries(_ reply: RESPValue) {
        guard reply.kind == .array else { return self.mistypeResource() }
        self.begin("entries")
        self.writeEntries(reply)
        self.writer.endObject()
    }

    private mutating func writeEntries(_ list: RESPValue) {
        self.writer.beginArray()
        var entries = list.elements
        while let entry = entries.next() {
            // Redis before 7.0 gave null for an entry that was deleted.
            guard entry.kind == .array else { continue }
            self.writeEntry(entry)
        }
        self.writer.endArray()
    }

    private mutating func writeEntry(_ entry: RESPValue) {
        var parts = entry.elements
        guard let id = parts.next(), let fields = parts.next() else { return self.mistypeResource() }
        self.writer.beginObject()
        self.writer.name("id")
        self.write(id)
        self.writer.name("fields")
        if fields.isNull {
            self.writer.null()
        } else {
            self.writer.beginArray()
            var elements = fields.elements
            while let name = elements.next(), let value = elements.next() {
                self.writer.beginArray()
                self.write(name)
                self.write(value)
                self.writer.endArray()
            }
            self.writer.endArray()
        }
        self.writer.endObject()
    }

    /// The reply of XREADGROUP: null, or a map of the one stream.
    private mutating func takeRead(_ reply: RESPValue) {
        if reply.isNull { return }
        var streams = reply.elements
        guard reply.kind == .map, streams.next() != nil, let entries = streams.next(), entries.kind == .array else {
            return self.mistypeResource()
        }
        guard entries.count > 0 else { return }
        self.answerEntries(entries)
    }

    /// The reply of XAUTOCLAIM: where to go on, entries, and (from Redis 7.0 on) ids of entries that are gone.
    private mutating func takeClaim(_ reply: RESPValue) {
        var parts = reply.elements
        guard let next = parts.next(), let entries = parts.next(), entries.kind == .array else {
            return self.mistypeResource()
        }
        self.begin("next_start")
        self.write(next)
        self.writer.name("entries")
        self.writeEntries(entries)
        self.writer.name("deleted")
        if let deleted = parts.next() {
            self.write(deleted)
        } else {
            self.writer.beginArray()
            self.writer.endArray()
        }
        self.writer.endObject()
    }

    private mutating func takePending(_ reply: RESPValue) {
        guard reply.kind == .array else { return self.mistypeResource() }
        self.begin("pending")
        self.writer.beginArray()
        var entries = reply.elements
        while let entry = entries.next() {
            guard entry.count == 4 else { return self.mistypeResource() }
            self.writer.beginObject()
            var parts = entry.elements
            for name in ["id", "consumer", "idle_ms", "deliveries"] as [StaticString] {
                guard let part = parts.next() else { break }
                self.writer.name(name)
                self.write(part)
            }
            self.writer.endObject()
        }
        self.writer.endArray()
        self.writer.endObject()
    }

    private mutating func takePendingSummary(_ reply: RESPValue) {
        var parts = reply.elements
        guard let count = parts.next(), let first = parts.next(), let last = parts.next(), let consumers = parts.next()
        else { return self.mistypeResource() }
        self.begin("pending")
        self.write(count)
        self.writer.name("first_id")
        self.write(first)
        self.writer.name("last_id")
        self.write(last)
        self.writer.name("consumers")
        self.writer.beginArray()
        var elements = consumers.elements
        while let consumer = elements.next() {
            var pair = consumer.elements
            guard let name = pair.next(), let pending = pair.next() else { return self.mistypeResource() }
            self.writer.beginObject()
            self.writer.name("name")
            self.write(name)
            self.writer.name("pending")
            self.writeNumber(pending)
            self.writer.endObject()
        }
        self.writer.endArray()
        self.writer.endObject()
    }
}
