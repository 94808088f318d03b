// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore
import RESP

/// The answers of native resources that are a number, bytes, or the state of what was there before.
extension ReplyRenderer {
    /// A reply that is a number, or the text of one.
    mutating func takeNumber(_ reply: RESPValue) {
        switch self.rendering {
        case .value, .score:
            if reply.isNull { return self.mistypeResource() }
            self.begin(self.rendering.numberName)
            self.writeNumber(reply)
            return self.writer.endObject()
        default: break
        }
        guard let number = self.count(reply) else { return }
        switch self.rendering {
        case .removedKey:
            if number == 0 { self.problem = Problem(kind: .keyNotFound) }
        case .removedMember:
            if number == 0 { self.problem = Problem(kind: .elementNotFound) }
        case .createdMember: self.number = number == 0 ? 204 : 201
        case .renamedIfAbsent:
            if number == 0 { self.problem = Problem(kind: .conditionFailed) }
        case .pushedExisting where number == 0, .inserted where number == 0:
            self.problem = Problem(kind: .keyNotFound)
        case .inserted where number < 0: self.problem = Problem(kind: .elementNotFound)
        default:
            self.begin(self.rendering.numberName)
            self.writer.integer(number)
            self.writer.endObject()
        }
    }

    /// Writes a number exactly as Redis has it; infinities are strings.
    mutating func writeNumber(_ reply: RESPValue) {
        if reply.isString, JSONNumber.isNumber(reply.payload.readableBytesUInt8Span) {
            self.writer.number(text: reply.payload)
        } else {
            self.write(reply)
        }
    }

    /// Writes any reply.
    mutating func write(_ reply: RESPValue) {
        ResultWriter.write(reply, into: &self.writer, context: CommandContext(retryClass: self.retryClass))
    }

    /// A reply that is bytes or null.
    mutating func takeBytes(_ reply: RESPValue) {
        guard reply.isString else {
            guard reply.isNull else { return self.mistypeResource() }
            switch self.rendering {
            case .moved: break
            case .addedEntry: self.problem = Problem(kind: .keyNotFound)
            default: self.problem = Problem(kind: .elementNotFound)
            }
            return
        }
        switch self.rendering {
        case .element:
            self.value = reply.payload
            return
        case .created:
            self.number = 201
            return
        case .addedEntry, .loadedScript:
            self.value = reply.payload
            self.begin(self.rendering == .addedEntry ? "id" : "sha")
            self.number = 201
        default: self.begin("value")
        }
        self.writer.bytes(reply.payload)
        self.writer.endObject()
    }

    /// One of two or three replies, of which the earlier say what was there before.
    mutating func takeState(_ reply: RESPValue, index: Int) {
        switch self.rendering {
        case .replacedKey:
            guard let count = self.count(reply) else { return }
            if index == 0 { self.number = count == 0 ? 201 : 204 }
        case .copied: self.takeCopy(reply, index: index)
        case .rank: self.takeRank(reply, index: index)
        default: self.takeScoreChange(reply, index: index)
        }
    }

    private mutating func takeCopy(_ reply: RESPValue, index: Int) {
        guard let count = self.count(reply) else { return }
        switch index {
        case 0:
            if count == 0 { self.problem = Problem(kind: .keyNotFound) }
        case 1: self.number = count == 0 ? 201 : 204
        default:
            if count == 0 { self.problem = Problem(kind: .conditionFailed) }
        }
    }

    /// The key that COPY, the third command, has written.
    var copyTarget: ByteBuffer {
        let commands = self.subject
        let bytes = commands.readableBytesUInt8Span
        var batch = BatchCursor()
        guard var cursor = CommandCursor(bytes, at: batch.offset(of: 1, in: bytes)), cursor.next(bytes) != nil,
            let key = cursor.next(bytes)
        else { return ByteBuffer() }
        return commands.getSlice(at: commands.readerIndex + key.content.lowerBound, length: key.content.count)
            ?? ByteBuffer()
    }

    private mutating func takeRank(_ reply: RESPValue, index: Int) {
        guard index > 0 else {
            if reply.isNull {
                self.problem = Problem(kind: .elementNotFound)
                return
            }
            self.begin("score")
            return self.write(reply)
        }
        self.writer.name("rank")
        self.write(reply)
        self.writer.endObject()
    }

    private mutating func takeScoreChange(_ reply: RESPValue, index: Int) {
        guard index > 0 else {
            self.isFound = !reply.isNull
            return
        }
        guard let changed = self.count(reply) else { return }
        let isPresent = self.rendering == .presentScore && self.isFound
        if changed > 0 || isPresent {
            self.number = self.isFound ? 204 : 201
        } else {
            self.problem = Problem(kind: .conditionFailed)
        }
    }
}
