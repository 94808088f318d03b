// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore
import RESP
import RedisCore

extension Gateway {
    /// `POST /v1/pipelines` and `POST /v1/transactions`: `{"commands":[[...],...]}`, or the bare array.
    func batch(_ match: RouteMatch, body: ByteBuffer) -> Translation {
        do throws(Problem) {
            var reader = BodyReader(body)
            var batch = CommandBatch(writer: self.writer(for: body))
            var conditions = TransactionConditions(limit: self.configuration.argumentsPerCommand)
            switch try reader.next() {
            case .beginArray: try self.readBatch(&reader, into: &batch, match)
            case .beginObject: try self.readMembers(&reader, into: &batch, &conditions, match)
            default: throw Self.shapeProblem
            }
            try reader.finish()
            guard batch.count > 0 else { throw Problem(.invalidCommand, detail: "There is no command.") }
            let timeout = self.timeout(match.requestedTimeout)
            if conditions.count > 0 {
                return .redis(conditions.plan(of: batch.writer.encoder.buffer, timeout: timeout))
            }
            return .redis(
                RedisPlan(
                    match.route == .transactions ? .transaction : .pipeline, commands: batch.writer.encoder.buffer,
                    count: batch.count, retryClass: batch.effect.retryClass,
                    timeout: timeout))
        } catch {
            return .refused(error)
        }
    }

    private static var shapeProblem: Problem {
        Problem(.invalidCommand, detail: "The body must be an object with commands, or their array.")
    }

    private func readMembers(
        _ reader: inout BodyReader, into batch: inout CommandBatch, _ conditions: inout TransactionConditions,
        _ match: RouteMatch
    ) throws(Problem) {
        var hasCommands = false
        while case .name(let name) = try reader.next() {
            let name = name.readableBytesUInt8Span
            if match.route == .transactions, try conditions.read(&reader, member: name) { continue }
            guard name.equals("commands"), !hasCommands, try reader.next() == .beginArray else {
                throw Self.shapeProblem
            }
            hasCommands = true
            try self.readBatch(&reader, into: &batch, match)
        }
        guard hasCommands else { throw Self.shapeProblem }
    }

    /// Reads commands up to the `]`. The first that is refused ends the reading: nothing of the batch runs.
    private func readBatch(_ reader: inout BodyReader, into batch: inout CommandBatch, _ match: RouteMatch)
        throws(Problem)
    {
        while true {
            let token = try reader.next()
            if token == .endArray { return }
            let index = batch.count
            guard token == .beginArray else {
                throw Problem(.invalidCommand, detail: "A command must be an array.", commandIndex: index)
            }
            guard index < self.configuration.commandsPerBatch else {
                throw Problem(
                    .invalidCommand, detail: "There are more than \(self.configuration.commandsPerBatch) commands.")
            }
            let offset = batch.writer.offset
            try batch.writer.append(&reader, index: index)
            try self.judge(&batch, at: offset, match)
            batch.count += 1
        }
    }

    private func judge(_ batch: inout CommandBatch, at offset: Int, _ match: RouteMatch) throws(Problem) {
        let index = batch.count
        try self.judge(&batch, at: offset, match, answer: Self.plainEcho) { reason, commands in
            Self.refusal(reason, commands, at: offset, index: index)
        }
    }

    /// Answers with the string OK, and does nothing: a batch keeps the place of a command that the gateway answers by itself.
    private static let plainEcho: StaticString = "*2\r\n$4\r\nECHO\r\n$2\r\nOK\r\n"

    /// Decides about the newest command of a batch, by the policy and the caller's scopes.
    /// - Parameters:
    ///   - batch: Holds the command, which is not counted yet.
    ///   - offset: Where it begins.
    ///   - match: Whose scopes count.
    ///   - answer: Takes the place of a command that the gateway answers by itself, in its wire form.
    ///   - refusal: What a refused command comes to.
    /// - Throws: ``Problem``: nothing of the batch runs.
    func judge(
        _ batch: inout CommandBatch, at offset: Int, _ match: RouteMatch, answer: StaticString,
        refusal: (Refusal, ByteBuffer) -> Problem
    ) throws(Problem) {
        // The buffer is not held in a variable here: a second reference to it would make the next command copy it.
        let decision = self.policy.decide(batch.writer.encoder.buffer.readableBytesUInt8Span, at: offset)
        switch decision {
        case .allow(let effect, let scope):
            try Self.check(scope, match, batch.writer.encoder.buffer, at: offset, index: batch.count)
            batch.effect.append(effect)
        case .answer: batch.writer.replace(from: offset, by: answer)
        case .lease: throw refusal(.blockingInBatch, batch.writer.encoder.buffer)
        case .refuse(let reason): throw refusal(reason, batch.writer.encoder.buffer)
        case .invalid(let text): throw Self.invalid(text, batch.writer.encoder.buffer, at: offset, index: batch.count)
        }
    }
}
