// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore
import RESP

/// The answers of native resources that are collections: lists, sets, sorted sets, hashes, and the page of keys.
extension ReplyRenderer {
    /// An array of members or values, maybe behind the key that they come from.
    mutating func takeMembers(_ reply: RESPValue) {
        guard let list = self.list(reply) else { return }
        switch self.rendering {
        case .poppedValues, .awaitedValues:
            self.begin("values")
            self.write(list)
        case .poppedScores, .awaitedScores:
            self.begin("members")
            self.writeScores(list)
        default:
            self.begin("members")
            self.write(list)
        }
        self.writer.endObject()
    }

    /// The array that an answer shows; nil if there is nothing to show, or a problem.
    private mutating func list(_ reply: RESPValue) -> RESPValue? {
        if reply.isNull { return nil }
        guard reply.kind == .array || reply.kind == .set else {
            self.mistypeResource()
            return nil
        }
        switch self.rendering {
        case .awaitedValues, .awaitedScores:
            var elements = reply.elements
            _ = elements.next()
            if let list = elements.next(), list.kind == .array { return list }
            self.mistypeResource()
            return nil
        case .operationMembers: return reply
        case .members where reply.count == 0:
            self.problem = Problem(kind: .keyNotFound)
            return nil
        default: return reply.count == 0 ? nil : reply
        }
    }

    /// Writes pairs of member and score as objects.
    private mutating func writeScores(_ list: RESPValue) {
        self.writer.beginArray()
        var pairs = list.elements
        while let pair = pairs.next() {
            var parts = pair.elements
            guard let member = parts.next(), let score = parts.next() else { return self.mistypeResource() }
            self.writer.beginObject()
            self.writer.name("member")
            self.write(member)
            self.writer.name("score")
            self.write(score)
            self.writer.endObject()
        }
        self.writer.endArray()
    }

    /// A collection, in most cases behind a reply that is its length.
    mutating func takeCollection(_ reply: RESPValue, index: Int) {
        switch self.rendering {
        case .namedValues: return self.writeNamed(reply, skipping: 1, of: 0)
        case .fields:
            guard reply.kind == .map else { return self.mistypeResource() }
            guard reply.count > 0 else {
                self.problem = Problem(kind: .keyNotFound)
                return
            }
            self.number = 200
            return self.write(reply)
        default: break
        }
        guard index > 0 else {
            guard let length = self.count(reply) else { return }
            if length == 0 { self.problem = Problem(kind: .keyNotFound) }
            if self.rendering == .items, length > 0 {
                self.begin("length")
                self.writer.integer(length)
            }
            return
        }
        guard reply.kind == .array else { return self.mistypeResource() }
        switch self.rendering {
        case .namedFields: return self.writeNamed(reply, skipping: 2, of: 1)
        case .items:
            self.writer.name("items")
            self.write(reply)
        case .scoredMembers:
            self.begin("members")
            self.writeScores(reply)
        default:
            self.begin("members")
            self.writeRanked(reply)
        }
        self.writer.endObject()
    }

    private mutating func writeRanked(_ list: RESPValue) {
        self.writer.beginArray()
        var members = list.elements
        while let member = members.next() {
            self.writer.beginObject()
            self.writer.name("member")
            self.write(member)
            self.writer.endObject()
        }
        self.writer.endArray()
    }

    /// Writes the values of an array beside the arguments that name them, as a map: an object if the names are distinct
    /// texts, else an array of pairs.
    private mutating func writeNamed(_ reply: RESPValue, skipping skipped: Int, of command: Int) {
        guard reply.kind == .array else { return self.mistypeResource() }
        let names = self.arguments(of: command, skipping: skipped)
        let isObject =
            Set(names).count == names.count && names.allSatisfy { JSONWriter.isUTF8($0.readableBytesUInt8Span) }
        self.number = 200
        if isObject { self.writer.beginObject() } else { self.writer.beginArray() }
        var values = reply.elements
        for name in names {
            guard let value = values.next() else { return self.mistypeResource() }
            if isObject {
                self.writer.name(utf8: name)
                self.write(value)
            } else {
                self.writer.beginArray()
                self.writer.bytes(name)
                self.write(value)
                self.writer.endArray()
            }
        }
        if isObject { self.writer.endObject() } else { self.writer.endArray() }
    }

    private func arguments(of command: Int, skipping skipped: Int) -> [ByteBuffer] {
        let commands = self.subject
        let bytes = commands.readableBytesUInt8Span
        var batch = BatchCursor()
        guard var cursor = CommandCursor(bytes, at: batch.offset(of: command, in: bytes)) else { return [] }
        var arguments: [ByteBuffer] = []
        var index = 0
        while let argument = cursor.next(bytes) {
            if index >= skipped {
                let start = commands.readerIndex + argument.content.lowerBound
                arguments.append(commands.getSlice(at: start, length: argument.content.count) ?? ByteBuffer())
            }
            index += 1
        }
        return arguments
    }

    /// The reply of SCAN: the next cursor, and keys. ``value`` keeps the cursor for the link.
    mutating func takeKeyPage(_ reply: RESPValue) {
        var elements = reply.elements
        guard let cursor = elements.next(), cursor.isString, let keys = elements.next(), keys.kind == .array else {
            return self.mistypeResource()
        }
        self.begin("keys")
        self.write(keys)
        self.writer.name("next_cursor")
        if cursor.payload.readableBytesUInt8Span.equals("0") {
            self.writer.null()
        } else {
            self.value = cursor.payload
            self.writer.bytes(cursor.payload)
        }
        self.writer.endObject()
    }

    /// The `Link` field (RFC 8288) to the next page, made of the arguments of SCAN; nil on the last.
    var nextPage: String? {
        guard let cursor = self.value else { return nil }
        var text = "</v1/keys?cursor=" + String(buffer: cursor)
        let arguments = self.arguments(of: 0, skipping: 2)
        for index in stride(from: 0, to: arguments.count - 1, by: 2) {
            text += "&" + String(buffer: arguments[index]).lowercased() + "="
            let value = arguments[index + 1]
            PercentCoding.encode(value.readableBytesUInt8Span, into: &text)
        }
        return text + ">; rel=\"next\""
    }
}
