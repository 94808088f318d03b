// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore
import RESP
import RedisCore

/// The answers of `/v1/commands`, `/v1/pipelines` and `/v1/transactions`.
extension ReplyRenderer {
    /// The one reply of a command.
    mutating func takeResult(_ reply: RESPValue) {
        let view = CommandView(self.subject, at: 0)
        if reply.isError {
            let context = view.context(index: nil, retryClass: self.retryClass)
            self.problem = Problem(redisError: reply.payload, context)
        } else if self.shape == .commandRESP {
            self.value = WireReply.encode(reply)
        } else {
            self.writer.beginObject()
            self.writer.name("result")
            ResultWriter.write(reply, into: &self.writer, context: CommandContext(retryClass: self.retryClass))
            self.writer.endObject()
        }
    }

    /// A reply of a pipeline; it is written at once, so that nothing is held until the last has come.
    mutating func takePipelineResult(_ reply: RESPValue, ordinal: Int) {
        if ordinal == 0 { self.beginResults() }
        self.writeResult(reply, index: ordinal)
        if ordinal == self.expectedResults - 1 { self.endResults() }
    }

    /// A reply of a transaction: MULTI's, one for each queued command, EXEC's.
    mutating func takeBatchReply(_ reply: RESPValue, ordinal: Int) {
        if ordinal == self.expectedResults + 1 { return self.takeExec(reply) }
        guard reply.isError, self.problem == nil else { return }
        if ordinal == 0 {
            // Without MULTI the commands behind it run one by one.
            let context = CommandContext(name: "MULTI", retryClass: self.retryClass)
            self.problem = Problem(redisError: reply.payload, context).with { $0.outcome = .unknown }
        } else {
            self.problem = self.abortion(reply.payload, index: ordinal - 1)
        }
    }

    private mutating func takeExec(_ reply: RESPValue) {
        // The error of a queued command is the reason of EXECABORT, and says more.
        guard self.problem == nil else { return }
        switch reply.kind {
        case .array:
            self.beginResults()
            var elements = reply.elements
            var index = 0
            while let element = elements.next() {
                self.writeResult(element, index: index)
                index += 1
            }
            self.endResults()
        case .null: self.problem = Problem.transactionConflict
        case .simpleError, .bulkError:
            let context = CommandContext(name: "EXEC", retryClass: self.retryClass)
            self.problem = Problem(redisError: reply.payload, context)
        default: self.mistype("EXEC")
        }
    }

    /// The problem of a transaction that Redis discards because it refused to queue a command. What has nothing to do
    /// with the command itself (a server that is loading, or out of memory) keeps its own kind.
    private mutating func abortion(_ error: ByteBuffer, index: Int) -> Problem {
        var context = self.context(of: index)
        context.isWriteScript = false
        let problem = Problem(redisError: error, context)
        if problem.status >= 500 || problem.kind == .permissionDenied { return problem }
        return Problem(.transactionAborted, details: problem.details).with { $0.outcome = .notExecuted }
    }

    private mutating func beginResults() {
        self.writer.beginObject()
        self.writer.name("results")
        self.writer.beginArray()
    }

    private mutating func endResults() {
        self.writer.endArray()
        self.writer.endObject()
    }

    private mutating func writeResult(_ reply: RESPValue, index: Int) {
        if reply.isError {
            let context = self.context(of: index)
            ResultWriter.write(reply, into: &self.writer, context: context)
            return
        }
        self.writer.beginObject()
        self.writer.name("result")
        ResultWriter.write(reply, into: &self.writer, context: CommandContext(retryClass: self.retryClass))
        self.writer.endObject()
    }

    private mutating func context(of index: Int) -> CommandContext {
        let commands = self.subject
        let offset = self.cursor.offset(of: index, in: commands.readableBytesUInt8Span)
        return CommandView(commands, at: offset).context(index: index, retryClass: self.retryClass)
    }
}
