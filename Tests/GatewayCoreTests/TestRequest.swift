// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP
import RedisCore
import Testing

@testable import GatewayCore

/// What a request came to, in a form that tests compare.
enum Came {
    case plan(RedisPlan)
    case idempotent(RedisPlan, ByteBuffer)
    case feed(Feed)
    case response(Response)
    case local(RouteMatch)
    case describe(RouteMatch, String)
    case handoff(HandoffOrder)
    case subscribe([SubscriptionKey])
    case refused(Problem)

    /// The wire form of the plan's commands with `\r\n` as `|`, or a word for anything else.
    var wire: String {
        switch self {
        case .plan(let plan): plan.wire
        case .feed(let feed): "feed \(feed.plan.wire)"
        case .idempotent(let plan, _): "idempotent \(plan.wire)"
        case .response(let response): "response \(response.status)"
        case .describe(let match, let section): "describe \(match.route) \(section)"
        case .local(let match): "local \(match.route)"
        case .handoff(let order):
            "handoff \(order.target?.description ?? "configured") \(order.grace.nanoseconds / 1_000_000)"
        case .subscribe(let keys):
            "subscribe \(keys[0].kind) " + keys.map { String(buffer: $0.name) }.joined(separator: " ")
        case .refused(let problem): "refused \(problem.status) \(problem.kind.slug)"
        }
    }

    /// `<status> <slug>` of a refusal, the wire form of anything else.
    var refusal: String {
        if case .refused(let problem) = self { return "\(problem.status) \(problem.kind.slug)" }
        return self.wire
    }

    var problem: Problem? {
        if case .refused(let problem) = self { problem } else { nil }
    }

    var plan: RedisPlan? {
        if case .plan(let plan) = self { plan } else { nil }
    }
}

extension RedisPlan {
    /// The commands in their wire form, CRLF as `|`.
    var wire: String {
        var encoder = RESPEncoder()
        self.encode(into: &encoder)
        return String(buffer: encoder.buffer).replacing("\r\n", with: "|")
    }

    /// The commands as words, one command a string.
    var commands: [String] {
        var encoder = RESPEncoder()
        self.encode(into: &encoder)
        let bytes = encoder.buffer.readableBytesUInt8Span
        var commands: [String] = []
        var offset = 0
        while var cursor = CommandCursor(bytes, at: offset) {
            var words: [String] = []
            while let argument = cursor.next(bytes) {
                words.append(
                    encoder.buffer.getString(at: argument.content.lowerBound, length: argument.content.count) ?? "")
            }
            commands.append(words.joined(separator: " "))
            offset = cursor.offset
        }
        return commands
    }
}

/// Fields of a request; `target` may hold any bytes.
func fields(_ method: String, _ target: String, _ headers: [FieldName: String] = [:]) -> RequestFields {
    fields(method, bytes: Array(target.utf8), headers)
}

func fields(_ method: String, bytes target: [UInt8], _ headers: [FieldName: String] = [:]) -> RequestFields {
    let fields = RequestFields()
    fields.set(.method, value: Array(method.utf8).span)
    fields.set(.path, value: target.span)
    for (name, value) in headers {
        fields.set(name, value: Array(value.utf8).span)
    }
    return fields
}

extension Gateway {
    /// Takes a request through admission and translation.
    func take(_ fields: RequestFields, _ body: String = "") -> Came {
        self.take(fields, bytes: ByteBuffer(string: body))
    }

    func take(_ fields: RequestFields, bytes body: ByteBuffer) -> Came {
        var cache = AuthenticationCache()
        switch self.admit(fields, cache: &cache) {
        case .refused(let problem, _): return .refused(problem)
        case .accepted(let match):
            switch self.translate(match, fields: fields, body: body) {
            case .redis(let plan): return .plan(plan)
            case .feed(let feed): return .feed(feed)
            case .idempotent(let plan, let commands): return .idempotent(plan, commands)
            case .response(let response): return .response(response)
            case .describe(let section): return .describe(match, String(buffer: section))
            case .local: return .local(match)
            case .handoff(let order): return .handoff(order)
            case .subscribe(let keys, _): return .subscribe(keys)
            case .refused(let problem): return .refused(problem)
            }
        }
    }
}

/// A gateway that asks for no token.
func openGateway(_ change: (inout GatewayConfiguration) -> Void = { _ in }) -> Gateway {
    var configuration = GatewayConfiguration()
    change(&configuration)
    return Gateway(configuration: configuration)
}

extension RedisPlan {
    /// Renders replies given in RESP, `|` for CRLF.
    func render(_ replies: String, fields: RequestFields = RequestFields()) throws -> Response {
        var decoder = RESPDecoder()
        decoder.feed(ByteBuffer(string: replies.replacing("|", with: "\r\n")))
        var renderer = ReplyRenderer(plan: self)
        var ordinal = 0
        while let reply = try decoder.next() {
            renderer.received(reply, ordinal: ordinal)
            ordinal += 1
        }
        #expect(ordinal == self.replyCount, "as many replies as the plan says")
        return renderer.finish(requestID: .made(0xABC), fields: fields)
    }
}

extension Response {
    var text: String { String(buffer: self.body) }

    func field(_ name: ResponseField.Name) -> String? {
        self.fields.first { $0.name == name }?.value
    }
}
