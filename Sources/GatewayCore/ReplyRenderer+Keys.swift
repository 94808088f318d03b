// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore
import RESP

/// The answers of `/v1/keys/{key}` and `/v1/keys/{key}/ttl`.
extension ReplyRenderer {
    /// Takes a reply of the describing commands. ``number`` holds the type until its length has come.
    mutating func describe(_ reply: RESPValue, ordinal: Int) {
        switch ordinal {
        case 0: self.takeType(reply)
        case 1: self.takeTTL(reply)
        case 2: self.takeEncoding(reply)
        default:
            // The other types' commands answer WRONGTYPE, as they must.
            guard self.isFound, self.number == Int64(ordinal - 3), reply.kind == .integer else { return }
            self.writer.name("length")
            self.writer.number(text: reply.payload)
            self.number = -1
        }
    }

    private mutating func takeType(_ reply: RESPValue) {
        guard reply.kind == .simpleString || reply.kind == .bulkString else {
            return reply.isError ? self.fail(reply.payload, "TYPE") : self.mistype("TYPE")
        }
        let type = KeyType(reply: reply.payload.readableBytesUInt8Span)
        self.number = Int64(type.rawValue)
        self.isFound = type != .none
        guard self.isFound else { return }
        self.writer.beginObject()
        self.writer.name("key")
        self.writer.bytes(self.subject)
        self.writer.name("type")
        self.writer.bytes(reply.payload)
    }

    private mutating func takeEncoding(_ reply: RESPValue) {
        if reply.isError { return self.fail(reply.payload, "OBJECT") }
        guard self.isFound else { return }
        self.writer.name("ttl_ms")
        self.writeTTL(into: &self.writer)
        self.writer.name("encoding")
        if reply.kind == .bulkString || reply.kind == .simpleString {
            self.writer.bytes(reply.payload)
        } else {
            self.writer.null()
        }
    }

    private func writeTTL(into writer: inout JSONWriter) {
        if self.ttl >= 0 {
            writer.integer(self.ttl)
        } else {
            writer.null()
        }
    }

    /// Takes a reply of the routes of a time to live.
    mutating func takeKeyReply(_ reply: RESPValue, ordinal: Int) {
        switch (self.shape, ordinal) {
        case (.writeTTL, 0): self.number = self.integer(reply, "PEXPIRE")
        case (.removeTTL, 0): _ = self.integer(reply, "PERSIST")
        case (.removeTTL, _): self.number = self.integer(reply, "EXISTS")
        default: self.takeTTL(reply)
        }
    }

    /// The response to a key's request that Redis has served.
    func keyResponse(requestID: RequestID, fields: RequestFields) -> Response {
        let absent = Problem(kind: .keyNotFound)
        switch self.shape {
        case .deleteKey where self.number > 0, .removeTTL where self.number > 0: return Response(status: 204)
        case .describeKey where self.isFound:
            var writer = self.writer
            // A module's type has no length that Redis would tell.
            if self.number >= 0 {
                writer.name("length")
                writer.null()
            }
            writer.endObject()
            return Response(status: 200, contentType: .json, body: writer.buffer)
        case .readTTL where self.ttl > -2, .writeTTL where self.number > 0: return self.ttlResponse
        case .writeTTL where self.ttl > -2:
            return Problem(kind: .conditionFailed).response(requestID: requestID, fields: fields)
        default: return absent.response(requestID: requestID, fields: fields)
        }
    }

    private var ttlResponse: Response {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("ttl_ms")
        if self.shape == .writeTTL, self.ttl < 0 {
            // The moment lay in the past: the key is gone already.
            writer.integer(0)
        } else {
            self.writeTTL(into: &writer)
        }
        writer.endObject()
        return Response(status: 200, contentType: .json, body: writer.buffer)
    }
}
