// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
import NIOCore
import RESP

/// The answers of requests for a string with preconditions.
extension ReplyRenderer {
    /// What follows from the replies: the write that a value was read for, a transaction whose conditions hold, a script that the server
    /// did not know.
    /// - Parameters:
    ///   - plan: Whose replies were taken.
    ///   - fields: The request's.
    ///   - scripts: Those that the gateway has kept.
    /// - Returns: nil if the answer is there already.
    package func continuation(
        of plan: borrowing RedisPlan, fields: RequestFields, scripts: ScriptStore
    ) -> RedisPlan? {
        if case .resource = plan.shape {
            return self.problem?.kind == .noScript ? plan.reloading(from: scripts) : nil
        }
        if case .checkTransaction = plan.shape { return self.problem == nil ? plan.checkedTransaction : nil }
        guard plan.mayContinue, self.problem == nil, Precondition.ofWrite(fields, value: self.value) == .holds else {
            return nil
        }
        if let value = self.value { return plan.conditionalWrite(.equals(value)) }
        // There is nothing to delete.
        return plan.value == nil ? nil : plan.conditionalWrite(.absent)
    }

    /// The answer to a write whose condition was judged and that goes no further.
    func checkedResponse(requestID: RequestID, fields: RequestFields) -> Response {
        let isHeld = Precondition.ofWrite(fields, value: self.value) == .holds
        let problem = isHeld ? Problem(kind: .keyNotFound) : Precondition.failure(self.value)
        return problem.response(requestID: requestID, fields: fields)
    }

    /// The reply of the script.
    mutating func takeConditionalWrite(_ reply: RESPValue) {
        let command = RedisPlan.argument(6, of: self.subject)
        if reply.isError { return self.fail(reply.payload, String(buffer: command)) }
        var elements = reply.elements
        guard reply.kind == .array, let outcome = elements.next(), outcome.kind == .integer else {
            return self.mistype("EVAL")
        }
        self.number = outcome.integer ?? 0
        if self.number == 2, !command.readableBytesUInt8Span.equals("SET") {
            // There was nothing to delete.
            self.problem = Problem(kind: .keyNotFound)
        }
        guard self.number == 0 else { return }
        let value = elements.next()
        self.problem = Precondition.failure(value?.isString == true ? value?.payload : nil)
    }

    /// The answer to a write that ran.
    func conditionalWriteResponse() -> Response {
        guard RedisPlan.argument(6, of: self.subject).readableBytesUInt8Span.equals("SET") else {
            return Response(status: 204)
        }
        var fields: [ResponseField] = []
        if case .ttl(let milliseconds) = self.modifier {
            fields.append(ResponseField(.redisTTL, String(milliseconds)))
        }
        let tag = ValueTag(of: RedisPlan.argument(7, of: self.subject))
        guard self.number == 2 else { return Response(status: 204, fields: fields, tag: tag) }
        fields.append(ResponseField(.location, Location.string(RedisPlan.argument(3, of: self.subject))))
        return Response(status: 201, fields: fields, tag: tag)
    }

    /// The answer to a GET or HEAD of a value, with its tag.
    func readResponse(_ value: ByteBuffer?, requestID: RequestID, fields: RequestFields) -> Response {
        let isJSON = if case .readStringJSON = self.shape { true } else { false }
        let tag = value.map { ValueTag(of: $0, isJSON: isJSON) }
        switch Precondition.ofRead(fields, tag: tag) {
        case .fails: return Precondition.failure(value).response(requestID: requestID, fields: fields)
        case .notModified: return Response(status: 304, fields: self.ttlFields, tag: tag)
        case .holds: break
        }
        guard let value, let tag else {
            return Problem(kind: .keyNotFound).response(requestID: requestID, fields: fields)
        }
        if case .range(let first, let last) = self.modifier, Precondition.regardsRange(fields, tag: tag) {
            return self.part(of: value, first, last, tag).response(requestID: requestID, fields: fields)
        }
        if isJSON {
            return Response(
                status: 200, contentType: .json, body: self.valueAsJSON, fields: self.ttlFields, tag: tag)
        }
        return Response(status: 200, contentType: .octetStream, body: value, fields: self.ttlFields, tag: tag)
    }

    /// 206, or 416: as GETRANGE would have cut it.
    private func part(of value: ByteBuffer, _ first: Int64, _ last: Int64, _ tag: ValueTag) -> PartResult {
        let total = Int64(value.readableBytes)
        let start = first < 0 ? max(0, total + first) : first
        let end = min(last < 0 ? total + last : last, total - 1)
        guard start <= end, let slice = value.getSlice(at: value.readerIndex + Int(start), length: Int(end - start + 1))
        else {
            var details = Problem.Details()
            details.rangeTotal = total
            return .refused(Problem(.rangeNotSatisfiable, details: details))
        }
        let range = ResponseField(.contentRange, "bytes \(start)-\(end)/\(total)")
        return .part(
            Response(
                status: 206, contentType: .octetStream, body: slice, fields: self.octetFields + [range], tag: tag))
    }

    private enum PartResult {
        case part(Response)
        case refused(Problem)

        func response(requestID: RequestID, fields: RequestFields) -> Response {
            switch self {
            case .part(let response): response
            case .refused(let problem): problem.response(requestID: requestID, fields: fields)
            }
        }
    }
}
