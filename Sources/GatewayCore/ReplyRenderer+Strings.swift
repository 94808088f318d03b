// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore
import RESP

/// The answers of `/v1/strings/{key}`.
extension ReplyRenderer {
    /// The field of an answer without a time to live; made once.
    private static let rangeFields = [ResponseField(.acceptRanges, "bytes")]

    /// The fields of a part of a value, and of HEAD. A plain GET does without `accept-ranges`, which it would pay for each time
    /// and which a caller may find out by HEAD, or by asking.
    var octetFields: [ResponseField] {
        guard self.ttl >= 0 else { return Self.rangeFields }
        return [ResponseField(.acceptRanges, "bytes"), ResponseField(.redisTTL, String(self.ttl))]
    }

    var ttlFields: [ResponseField] {
        self.ttl >= 0 ? [ResponseField(.redisTTL, String(self.ttl))] : []
    }

    /// The reply of GET.
    mutating func takeValue(_ reply: RESPValue) {
        switch reply.kind {
        case .bulkString, .simpleString:
            self.value = reply.payload
            self.isFound = true
        case .null: break
        case .simpleError, .bulkError: self.fail(reply.payload, "GET")
        default: self.mistype("GET")
        }
    }

    /// The reply of SET with GET: the old value.
    mutating func takeOldValue(_ reply: RESPValue) {
        switch reply.kind {
        case .bulkString:
            self.value = reply.payload
            self.isFound = true
        case .null: break
        case .simpleError, .bulkError: self.fail(reply.payload, "SET")
        default: self.mistype("SET")
        }
    }

    /// The replies of EXISTS and SET.
    mutating func takeWriteReply(_ reply: RESPValue, ordinal: Int) {
        if ordinal == 0 {
            self.isFound = self.integer(reply, "EXISTS") > 0
        } else if reply.isError {
            // The first error is the reason, but what became of the write is what the caller wants to know.
            self.problem = nil
            self.fail(reply.payload, "SET")
        } else if reply.kind != .simpleString {
            self.problem = nil
            self.mistype("SET")
        } else if self.problem != nil {
            // SET has run, whatever EXISTS had to say.
            self.problem = self.problem?.with { $0.outcome = .executed }
        }
    }

    /// The replies of MULTI, the queued commands and EXEC.
    mutating func takePartReply(_ reply: RESPValue, ordinal: Int) {
        if reply.isError {
            // The first error is the reason; EXECABORT only repeats that there was one.
            self.fail(reply.payload, "GETRANGE")
            return
        }
        guard ordinal == 4 else { return }
        switch reply.kind {
        case .array where reply.count == 3: break
        case .null:
            self.problem = self.problem ?? Problem.transactionConflict
            return
        default: return self.mistype("EXEC")
        }
        var elements = reply.elements
        if let total = elements.next() { self.number = self.integer(total, "STRLEN") }
        if let part = elements.next() { self.takePart(part) }
        if let ttl = elements.next() { self.takeTTL(ttl) }
    }

    private mutating func takePart(_ reply: RESPValue) {
        switch reply.kind {
        case .bulkString:
            // EXEC's reply is large only if this part is, so that keeping the slice keeps little else.
            self.value = reply.payload
        case .simpleError, .bulkError: self.fail(reply.payload, "GETRANGE")
        default: self.mistype("GETRANGE")
        }
    }

    /// The response to a string's request that Redis has served.
    func stringResponse(requestID: RequestID, fields: RequestFields) -> Response {
        let absent = Problem(kind: .keyNotFound)
        switch self.shape {
        case .measureString where self.ttl > -2:
            return Response(
                status: 200, contentType: .octetStream, contentLength: Int(clamping: max(self.number, 0)),
                fields: self.octetFields)
        case .readStringPart where self.ttl > -2:
            return self.partResponse(requestID: requestID, fields: fields)
        case .writeString, .swapString, .swapStringJSON: return self.writeResponse
        default: return absent.response(requestID: requestID, fields: fields)
        }
    }

    /// 206, or 416 if the value has no byte of the range.
    private func partResponse(requestID: RequestID, fields: RequestFields) -> Response {
        guard case .range(let asked, _) = self.modifier, !self.isEmptyPart(asked) else {
            var details = Problem.Details()
            details.rangeTotal = self.number
            return Problem(.rangeNotSatisfiable, details: details).response(requestID: requestID, fields: fields)
        }
        let count = Int64(self.value?.readableBytes ?? 0)
        let first = asked < 0 ? self.number - count : asked
        let range = "bytes \(first)-\(first + count - 1)/\(self.number)"
        return Response(
            status: 206, contentType: .octetStream, body: self.value ?? ByteBuffer(),
            fields: self.octetFields + [ResponseField(.contentRange, range)])
    }

    private func isEmptyPart(_ first: Int64) -> Bool {
        (self.value?.readableBytes ?? 0) == 0 || first >= self.number
    }

    /// 201 for a new key, 204 for one that was there, or 200 with what was there.
    private var writeResponse: Response {
        var fields: [ResponseField] = []
        if case .ttl(let milliseconds) = self.modifier {
            fields.append(ResponseField(.redisTTL, String(milliseconds)))
        }
        if self.shape != .writeString {
            fields.append(ResponseField(.preferenceApplied, "return=representation"))
        }
        guard self.isFound else {
            fields.append(ResponseField(.location, Location.string(self.subject)))
            return Response(status: 201, fields: fields, tag: self.tag)
        }
        switch self.shape {
        case .swapString:
            return Response(
                status: 200, contentType: .octetStream, body: self.value ?? ByteBuffer(), fields: fields)
        case .swapStringJSON:
            return Response(status: 200, contentType: .json, body: self.valueAsJSON, fields: fields)
        default: return Response(status: 204, fields: fields, tag: self.tag)
        }
    }

    /// `{"key":...,"value":...}`; bytes that are not UTF-8 become `{"base64":"..."}`.
    var valueAsJSON: ByteBuffer {
        let value = self.value ?? ByteBuffer()
        var buffer = ByteBuffer()
        buffer.reserveCapacity(self.subject.readableBytes + value.readableBytes + 32)
        var writer = JSONWriter(buffer: buffer)
        writer.beginObject()
        writer.name("key")
        writer.bytes(self.subject)
        writer.name("value")
        writer.bytes(value)
        writer.endObject()
        return writer.buffer
    }
}
