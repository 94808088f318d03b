// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore
import RESP
import RedisCore

extension Gateway {
    /// `POST` and, of commands that only read, `QUERY /v1/commands`: `["GET","k"]` or `{"command":["GET","k"]}`.
    func command(_ match: RouteMatch, body: ByteBuffer) -> Translation {
        do {
            let commands = try self.readCommand(body)
            return try self.plan(commands, match)
        } catch {
            return .refused(error)
        }
    }

    private func readCommand(_ body: ByteBuffer) throws(Problem) -> ByteBuffer {
        var reader = BodyReader(body)
        var writer = self.writer(for: body)
        switch try reader.next() {
        case .beginArray: try writer.append(&reader)
        case .beginObject:
            guard case .name(let name) = try reader.next(), name.readableBytesUInt8Span.equals("command"),
                try reader.next() == .beginArray
            else { throw Problem(.invalidCommand, detail: "The object must hold the command as an array.") }
            try writer.append(&reader)
            guard try reader.next() == .endObject else {
                throw Problem(.invalidCommand, detail: "The object must hold the command and nothing else.")
            }
        default: throw Problem(.invalidCommand, detail: "The body must be an array or an object with the command.")
        }
        try reader.finish()
        return writer.encoder.buffer
    }

    private func plan(_ command: ByteBuffer, _ match: RouteMatch) throws(Problem) -> Translation {
        let shape: RedisPlan.Shape = if case .resp = match.answer { .commandRESP } else { .command }
        let bytes = command.readableBytesUInt8Span
        switch self.policy.decide(bytes, at: 0) {
        case .allow(let effect, let scope):
            try Self.check(scope, match, command)
            try Self.checkSafe(scope, match, command)
            return .redis(
                RedisPlan(
                    shape, commands: command, count: 1, retryClass: effect.retryClass,
                    timeout: self.timeout(match.requestedTimeout)))
        case .lease(let time, let scope):
            try Self.check(scope, match, command)
            try Self.checkSafe(scope, match, command)
            let wait = self.wait(time, match)
            let limit = match.requestedTimeout ?? .nanoseconds(.max)
            return .redis(
                RedisPlan(
                    shape, commands: Self.bounded(command, time, wait: wait), count: 1, retryClass: .unsafe,
                    needsLease: true, timeout: min(limit, .milliseconds(wait) + self.configuration.commandTimeout)))
        case .answer: return .response(Self.ok(shape))
        case .refuse(let reason): throw Self.refusal(reason, command)
        case .invalid(let text): throw Self.invalid(text, command)
        }
    }

    /// The wait of a blocking command in milliseconds, 1...: not longer than the setting, and short enough that its
    /// answer comes before the deadline the caller names, since an element that was popped for nobody is lost.
    private func wait(_ time: BlockingTime, _ match: RouteMatch) -> Int64 {
        let limit = self.waitLimit(match)
        return time.milliseconds == 0 ? limit : min(time.milliseconds, limit)
    }

    /// The longest wait of a request in milliseconds, 1... Redis looks ten times a second for waits that are over (`hz`), so its answer
    /// may be 100 ms late; twice that is kept back of a deadline, or as much of a shorter one as leaves something.
    func waitLimit(_ match: RouteMatch) -> Int64 {
        var limit = self.configuration.blockingTimeoutMaximum.nanoseconds / 1_000_000
        if let requested = match.requestedTimeout {
            let milliseconds = requested.nanoseconds / 1_000_000
            limit = min(limit, milliseconds - min(milliseconds / 4 * 3, 200))
        }
        return max(limit, 1)
    }

    /// The command with another time in it.
    private static func bounded(_ command: ByteBuffer, _ time: BlockingTime, wait: Int64) -> ByteBuffer {
        var encoder = RESPEncoder()
        encoder.buffer.reserveCapacity(command.readableBytes + 16)
        if let head = command.getSlice(at: 0, length: time.argument.lowerBound) {
            encoder.raw(head)
        }
        if time.isSeconds {
            encoder.bulk(Self.seconds(wait))
        } else {
            encoder.bulk(wait)
        }
        let end = time.argument.upperBound
        if let tail = command.getSlice(at: end, length: command.readableBytes - end) {
            encoder.raw(tail)
        }
        return encoder.buffer
    }

    /// Milliseconds as seconds, with three decimals if need be.
    static func seconds(_ milliseconds: Int64) -> ByteBuffer {
        guard milliseconds % 1000 != 0 else { return ByteBuffer(string: "\(milliseconds / 1000)") }
        let fraction = String(1000 + milliseconds % 1000).dropFirst()
        return ByteBuffer(string: "\(milliseconds / 1000).\(fraction)")
    }

    private static func ok(_ shape: RedisPlan.Shape) -> Response {
        guard shape == .command else {
            return Response(status: 200, contentType: .resp, body: ByteBuffer(staticString: "+OK\r\n"))
        }
        return Response(status: 200, contentType: .json, body: ByteBuffer(staticString: "{\"result\":\"OK\"}"))
    }

    /// A writer whose memory fits the commands of a body.
    func writer(for body: ByteBuffer) -> CommandWriter {
        CommandWriter(
            argumentLimit: self.configuration.argumentsPerCommand, capacity: body.readableBytes + 32)
    }

    static func check(
        _ scope: Scopes, _ match: RouteMatch, _ commands: ByteBuffer, at offset: Int = 0, index: Int? = nil
    ) throws(Problem) {
        guard !match.scopes.contains(scope) else { return }
        let name = CommandView(commands, at: offset).name
        throw Problem(
            .insufficientScope, detail: "The token's scopes do not allow \(name).", command: name, commandIndex: index)
    }

    /// What is asked for with QUERY must not change anything.
    private static func checkSafe(_ scope: Scopes, _ match: RouteMatch, _ command: ByteBuffer) throws(Problem) {
        guard match.method == .query, scope != .read else { return }
        let name = CommandView(command, at: 0).name
        throw Problem(.notReadOnly, detail: "\(name) may change data: send it with POST.", command: name)
    }

    static func refusal(_ reason: Refusal, _ commands: ByteBuffer, at offset: Int = 0, index: Int? = nil) -> Problem {
        let name = CommandView(commands, at: offset).name
        return Problem(.commandNotAllowed, detail: reason.text.description, command: name, commandIndex: index)
    }

    static func invalid(_ text: StaticString, _ commands: ByteBuffer, at offset: Int = 0, index: Int? = nil) -> Problem
    {
        let name = CommandView(commands, at: offset).name
        return Problem(.invalidArgument, detail: text.description, command: name, commandIndex: index)
    }
}
