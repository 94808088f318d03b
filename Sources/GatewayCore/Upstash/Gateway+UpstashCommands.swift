// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore
import RESP
import RedisCore

/// Translation of requests on the Upstash-compatible surface. Commands are judged as on every other; one that is refused refuses
/// the batch.
extension Gateway {
    /// Translates a complete request.
    func upstash(_ match: RouteMatch, fields: RequestFields, body: ByteBuffer) -> Translation {
        do throws(Problem) {
            switch match.route {
            case .upstashPipeline, .upstashTransaction: return .redis(try self.upstashBatch(match, body: body))
            case .upstashPath:
                if let key = try Self.subscription(match) { return .subscribe([key], .upstash) }
                return try self.plan(try self.pathCommand(match, fields, body: body), match)
            default: return try self.plan(try self.upstashCommand(body), match)
            }
        } catch {
            return .refused(error)
        }
    }

    /// `/subscribe/{channel}` and `/psubscribe/{pattern}`; whatever the body is, the SDKs send `[]`.
    /// - Returns: nil for any other path.
    private static func subscription(_ match: RouteMatch) throws(Problem) -> SubscriptionKey? {
        let path = match.key.readableBytesUInt8Span
        let first = UpstashTarget.segment(path, from: 0, to: path.count)
        let isPattern = path.extracting(first).equalsIgnoringCase("psubscribe")
        guard isPattern || path.extracting(first).equalsIgnoringCase("subscribe") else { return nil }
        let name = UpstashTarget.segment(path, from: first.upperBound, to: path.count)
        guard !name.isEmpty, UpstashTarget.segment(path, from: name.upperBound, to: path.count).isEmpty else {
            throw Problem(.invalidCommand, detail: "A subscription is to one channel or pattern: /subscribe/{channel}.")
        }
        guard match.scopes.contains(.read) else {
            throw Problem(.insufficientScope, detail: "The token's scopes do not allow SUBSCRIBE.")
        }
        return SubscriptionKey(isPattern ? .pattern : .channel, try UpstashQuery.decoded(path.extracting(name)))
    }

    // MARK: - One command

    /// `["SET","k","v"]`.
    private func upstashCommand(_ body: ByteBuffer) throws(Problem) -> ByteBuffer {
        var writer = self.writer(for: body)
        let count = try Self.parsing("failed to parse command") { () throws(Problem) -> Int in
            var reader = BodyReader(body)
            guard try reader.next() == .beginArray else { throw Problem(kind: .invalidCommand) }
            let count = try writer.appendPlain(&reader)
            try reader.finish()
            return count
        }
        guard count > 0 else { throw Problem(.invalidCommand, detail: "empty command") }
        return writer.encoder.buffer
    }

    /// `/set/k/v/EX/100`: the segments, then the body if there is one, then the query.
    private func pathCommand(
        _ match: RouteMatch, _ fields: RequestFields, body: ByteBuffer
    ) throws(Problem) -> ByteBuffer {
        var arguments: [ByteBuffer] = []
        let path = match.key.readableBytesUInt8Span
        var segment = UpstashTarget.segment(path, from: 0, to: path.count)
        while !segment.isEmpty {
            arguments.append(try UpstashQuery.decoded(path.extracting(segment)))
            segment = UpstashTarget.segment(path, from: segment.upperBound, to: path.count)
        }
        if body.readableBytes > 0 { arguments.append(body) }
        if !match.query.isEmpty, let target = fields.slice(.path) {
            arguments += try UpstashQuery.arguments(target.readableBytesUInt8Span.extracting(match.query))
        }
        guard arguments.count <= self.configuration.argumentsPerCommand else {
            let limit = self.configuration.argumentsPerCommand
            throw Problem(.invalidCommand, detail: "A command has more than \(limit) arguments.")
        }
        var encoder = RESPEncoder()
        encoder.array(count: arguments.count)
        for argument in arguments { encoder.bulk(argument) }
        return encoder.buffer
    }

    private func plan(_ command: ByteBuffer, _ match: RouteMatch) throws(Problem) -> Translation {
        switch self.policy.decide(command.readableBytesUInt8Span, at: 0) {
        case .allow(let effect, let scope):
            try Self.check(scope, match, command)
            if MethodSet.safe.contains(MethodSet(match.method)), effect != .read,
                !self.configuration.allowsUpstashWritesByGet
            {
                throw Problem(
                    .commandNotAllowed, detail: "GET and HEAD run commands that only read; use POST.",
                    command: CommandView(command, at: 0).name)
            }
            return .redis(
                RedisPlan(
                    .upstashCommand, commands: command, count: 1, retryClass: effect.retryClass,
                    timeout: self.timeout(match.requestedTimeout), modifier: match.modifier))
        case .answer: return .response(Self.upstashOK(match.modifier))
        case .lease: throw Self.upstashRefusal(.blockingInBatch, command, match)
        case .refuse(let reason): throw Self.upstashRefusal(reason, command, match)
        case .invalid(let text): throw Self.invalid(text, command)
        }
    }

    private static func upstashOK(_ modifier: Modifier) -> Response {
        if case .upstash(let format) = modifier, format.contains(.resp2) {
            return Response(status: 200, contentType: .octetStream, body: ByteBuffer(staticString: "+OK\r\n"))
        }
        return Response(status: 200, contentType: .json, body: ByteBuffer(staticString: "{\"result\":\"OK\"}"))
    }

    // MARK: - Batches

    private func upstashBatch(_ match: RouteMatch, body: ByteBuffer) throws(Problem) -> RedisPlan {
        var batch = CommandBatch(writer: self.writer(for: body))
        try Self.parsing("failed to parse pipeline request") { () throws(Problem) in
            var reader = BodyReader(body)
            guard try reader.next() == .beginArray else { throw Problem(kind: .invalidCommand) }
            while true {
                let token = try reader.next()
                if token == .endArray { break }
                guard token == .beginArray else { throw Problem(kind: .invalidCommand) }
                try self.appendCommand(&reader, to: &batch, match)
            }
            try reader.finish()
        }
        guard batch.count > 0 else { throw Problem(.invalidCommand, detail: "empty pipeline request") }
        return RedisPlan(
            match.route == .upstashTransaction ? .upstashTransaction : .upstashPipeline,
            commands: batch.writer.encoder.buffer, count: batch.count, retryClass: batch.effect.retryClass,
            timeout: self.timeout(match.requestedTimeout), modifier: match.modifier)
    }

    private func appendCommand(
        _ reader: inout BodyReader, to batch: inout CommandBatch, _ match: RouteMatch
    ) throws(Problem) {
        let index = batch.count
        guard index < self.configuration.commandsPerBatch else {
            throw Problem(
                .invalidArgument, detail: "There are more than \(self.configuration.commandsPerBatch) commands.")
        }
        let offset = batch.writer.offset
        if try batch.writer.appendPlain(&reader) == 0 {
            batch.writer.replace(from: offset, by: Self.emptyCommand)
        } else {
            try self.judge(&batch, at: offset, match, answer: Self.plainOK) { reason, commands in
                Self.upstashRefusal(reason, commands, at: offset, match)
            }
        }
        batch.count += 1
    }

    /// Answers with the error of a command without a name, in its place.
    static let emptyCommand: StaticString =
        "*3\r\n$4\r\nEVAL\r\n$54\r\nreturn redis.error_reply('ERR empty pipeline command')\r\n$1\r\n0\r\n"
    /// Answers with the status OK, and does nothing.
    static let plainOK: StaticString =
        "*3\r\n$4\r\nEVAL\r\n$31\r\nreturn redis.status_reply('OK')\r\n$1\r\n0\r\n"

    // MARK: - Problems

    /// Runs `body`; whatever is wrong with the JSON is said in the words that the SDKs know.
    private static func parsing<Result>(
        _ words: String, _ body: () throws(Problem) -> Result
    ) throws(Problem) -> Result {
        do {
            return try body()
        } catch  where error.kind == .invalidJSON || error.kind == .invalidCommand {
            throw Problem(.invalidCommand, detail: words)
        }
    }

    private static func upstashRefusal(
        _ reason: Refusal, _ commands: ByteBuffer, at offset: Int = 0, _ match: RouteMatch
    ) -> Problem {
        guard reason == .unknown else { return Self.refusal(reason, commands, at: offset) }
        if match.route == .upstashTransaction {
            return Problem(.transactionAborted, detail: "Transaction discarded because of previous errors.")
        }
        let view = CommandView(commands, at: offset)
        return Problem(
            .unknownCommand, detail: "unknown command '\(view.givenName)', with args beginning with: ",
            command: view.name)
    }
}
