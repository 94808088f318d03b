// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
import JSONCodec
import NIOCore
package import RESP
import RedisCore

/// Turns the replies of one plan into its response. It keeps no slice of the client's read buffer but the value of a
/// string.
package struct ReplyRenderer: Sendable {
    let shape: RedisPlan.Shape
    let rendering: Rendering
    let retryClass: RetryClass
    let modifier: Modifier
    /// The key, or the caller's commands, of which an error names its own; or conditions and the commands behind them. A plain read needs neither.
    var subject: ByteBuffer { self.keptSubject ?? ByteBuffer() }
    private let keptSubject: ByteBuffer?
    /// The value of a string.
    var value: ByteBuffer?
    /// The answer of the shapes that are written while replies arrive; made when first written to.
    var writer: JSONWriter {
        get { self.startedWriter ?? JSONWriter() }
        // In place: taking the writer out and putting it back behind the yield has released its memory twice in optimised builds.
        _modify {
            if self.startedWriter == nil { self.startedWriter = JSONWriter() }
            // swift-format-ignore: NeverForceUnwrap
            yield &self.startedWriter!
        }
    }
    private var startedWriter: JSONWriter?
    /// A time to live in milliseconds; -1: none, -2: no key.
    var ttl: Int64 = -2
    /// A length or another number that the answer depends on.
    var number: Int64 = 0
    /// Whether what was asked for is there.
    var isFound = false
    var problem: Problem?
    /// Where the commands of a batch are, for errors.
    var cursor = BatchCursor()

    package init(plan: borrowing RedisPlan) {
        self.shape = plan.shape
        self.rendering = plan.rendering
        self.retryClass = plan.retryClass
        self.modifier = plan.modifier
        switch plan.shape {
        case .readString: self.keptSubject = nil
        case .checkTransaction: self.keptSubject = plan.value
        default: self.keptSubject = plan.subject
        }
        switch plan.shape {
        case .writeString: self.tag = plan.value.map { ValueTag(of: $0) }
        case .pipeline, .upstashPipeline: self.expectedResults = plan.replyCount
        case .transaction, .resourceTransaction, .upstashTransaction: self.expectedResults = plan.replyCount - 2
        default: break
        }
    }

    /// The tag of the value that is written.
    var tag: ValueTag?
    /// How many results the answer of a batch will hold.
    var expectedResults = 0

    /// Takes the next reply. Ordinal 0 starts anew (the request was sent again).
    package mutating func received(_ reply: RESPValue, ordinal: Int) {
        if ordinal == 0, self.isStarted {
            self.reset()
        }
        self.isStarted = true
        switch self.shape {
        case .checkString: self.takeValue(reply)
        case .conditionalWrite: self.takeConditionalWrite(reply)
        case .checkTransaction: self.takeCheck(reply, ordinal: ordinal)
        case .readString, .readStringJSON:
            if ordinal == 0 { self.takeValue(reply) } else { self.takeTTL(reply) }
        case .measureString:
            if ordinal == 0 { self.number = self.integer(reply, "STRLEN") } else { self.takeTTL(reply) }
        case .swapString, .swapStringJSON: self.takeOldValue(reply)
        case .writeString: self.takeWriteReply(reply, ordinal: ordinal)
        case .readStringPart: self.takePartReply(reply, ordinal: ordinal)
        case .deleteKey: self.number = self.integer(reply, "UNLINK")
        case .describeKey: self.describe(reply, ordinal: ordinal)
        case .readTTL, .writeTTL, .removeTTL: self.takeKeyReply(reply, ordinal: ordinal)
        case .command, .commandRESP: self.takeResult(reply)
        case .pipeline: self.takePipelineResult(reply, ordinal: ordinal)
        case .transaction: self.takeBatchReply(reply, ordinal: ordinal)
        case .resource, .resourceTransaction: self.takeResource(reply, ordinal: ordinal)
        case .info, .topology: self.takeInfo(reply)
        case .upstashCommand: self.takeUpstashResult(reply)
        case .upstashPipeline: self.takeUpstashPipelineResult(reply, ordinal: ordinal)
        case .upstashTransaction: self.takeUpstashTransactionReply(reply, ordinal: ordinal)
        }
    }

    private var isStarted = false

    private var isUpstash: Bool {
        switch self.shape {
        case .upstashCommand, .upstashPipeline, .upstashTransaction: true
        default: false
        }
    }

    private mutating func reset() {
        self.value = nil
        self.startedWriter = nil
        self.ttl = -2
        self.number = 0
        self.isFound = false
        self.problem = nil
        self.cursor = BatchCursor()
    }

    /// Bytes of the replies that the response would carry.
    package var bodyBytes: Int {
        (self.value?.readableBytes ?? 0) + (self.startedWriter?.buffer.readableBytes ?? 0)
    }

    /// The response, once every reply was taken. A Redis error becomes a problem.
    package mutating func finish(requestID: RequestID, fields: RequestFields) -> Response {
        if let problem = self.problem {
            return self.isUpstash
                ? problem.upstashResponse(requestID: requestID, fields: fields)
                : problem.response(requestID: requestID, fields: fields)
        }
        switch self.shape {
        case .readString, .readStringJSON: return self.readResponse(self.value, requestID: requestID, fields: fields)
        case .checkString: return self.checkedResponse(requestID: requestID, fields: fields)
        case .conditionalWrite: return self.conditionalWriteResponse()
        // Without a problem it goes on, and is not answered.
        case .checkTransaction: return Response(status: 500)
        case .measureString, .swapString, .swapStringJSON, .readStringPart, .writeString:
            return self.stringResponse(requestID: requestID, fields: fields)
        case .deleteKey, .describeKey, .readTTL, .writeTTL, .removeTTL:
            return self.keyResponse(requestID: requestID, fields: fields)
        case .command, .pipeline, .transaction:
            return Response(status: 200, contentType: .json, body: self.writer.buffer)
        case .resource, .resourceTransaction: return self.resourceResponse(fields)
        case .upstashCommand, .upstashPipeline, .upstashTransaction: return self.upstashResponse()
        case .info, .topology:
            return Response(
                status: 200, contentType: .json, body: self.writer.buffer,
                fields: [ResponseField(.cacheControl, "no-store")])
        case .commandRESP:
            return Response(status: 200, contentType: .resp, body: self.value ?? ByteBuffer())
        }
    }
}

extension ReplyRenderer {
    /// Records the first error of the plan.
    mutating func fail(_ text: ByteBuffer, _ command: String?, index: Int? = nil) {
        guard self.problem == nil else { return }
        let context = CommandContext(name: command, index: index, retryClass: self.retryClass, isTyped: true)
        self.problem = Problem(redisError: text, context)
    }

    /// Records that a reply has a type which its command never gives.
    mutating func mistype(_ command: String) {
        guard self.problem == nil else { return }
        var details = Problem.Details()
        details.command = command
        details.outcome = .unknown
        details.detail = "The reply of Redis has an unexpected type."
        self.problem = Problem(.backendProtocol, details: details)
    }

    /// The number of an integer reply; anything else is recorded, and counts as 0.
    mutating func integer(_ reply: RESPValue, _ command: String) -> Int64 {
        // A pattern, not `==`: that is a call through a witness table for an enum of another module.
        if case .integer = reply.kind, let number = reply.payload.withSpan(Decimal.int64) { return number }
        if reply.isError {
            self.fail(reply.payload, command)
        } else {
            self.mistype(command)
        }
        return 0
    }

    mutating func takeTTL(_ reply: RESPValue) {
        self.ttl = self.integer(reply, "PTTL")
    }
}
