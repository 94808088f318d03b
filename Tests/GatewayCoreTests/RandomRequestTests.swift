// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP
import RedisCore
import Testing

@testable import GatewayCore

@Suite("Random requests")
struct RandomRequestTests {
    /// SplitMix64: the same requests on each run.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            self.state &+= 0x9E37_79B9_7F4A_7C15
            var value = self.state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    private static let pieces = [
        "/v1/strings/", "/v1/keys/", "/ttl", "/v1/commands", "/v1/pipelines", "/v1/transactions", "/v1/info", "section",
        "/livez", "k", "%2F",
        "%", "%f",
        "?", "&", "=", "key_encoding", "base64url", "ttl_ms", "keep_ttl=true", "9223372036854775807", "-1", "\u{E9}",
        "/", "*",
        "#", " ",
    ]

    private static let words = [
        "[", "]", "{", "}", "\"commands\":", "\"command\":", "\"ttl_ms\":", "\"when\":\"nx\"", ",", "\"GET\"",
        "\"BLPOP\"",
        "\"XREAD\"", "\"BLOCK\"", "\"STREAMS\"", "\"k\"", "0", "1.5", "-1", "1e400", "null", "true",
        "{\"base64\":\"/wA=\"}",
        "\"SET\"", "\"CLIENT\"", "\"SETNAME\"", "\"QUIT\"", "\u{0}",
    ]

    private static let values = [
        "bytes=0-", "bytes=-99999999999999999999", "bytes=99999999999999999999-99999999999999999999",
        "application/json",
        "*/*;q=0.0000001", "a/b;q=", ";;;,,,", "return=representation", "0", "18446744073709551616", "text/plain", "",
        "\t",
        "identity", "cross-site", "localhost", "localhost:1", "[", "]", "https://app.example", "Bearer x", "q=1;q=",
        "*/*;q", "*/*;q=9",
    ]

    private static func text(_ pieces: [String], atMost count: Int, _ generator: inout Generator) -> String {
        (0..<Int.random(in: 0...count, using: &generator)).map { _ in
            pieces.randomElement(using: &generator) ?? ""
        }.joined()
    }

    private static func request(_ generator: inout Generator) -> RequestFields {
        let methods = ["GET", "HEAD", "PUT", "DELETE", "POST", "OPTIONS", "PATCH", "QUERY", "X", ""]
        let names: [FieldName] = [
            .accept, .accessControlRequestMethod, .authority, .authorization, .contentEncoding, .contentType, .ifRange,
            .origin, .prefer, .range, .requestTimeout,
            .secFetchSite,
        ]
        var target = Array(Self.text(Self.pieces, atMost: 6, &generator).utf8)
        if !target.isEmpty, Int.random(in: 0..<4, using: &generator) == 0 {
            target[Int.random(in: 0..<target.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
        let request = fields(methods.randomElement(using: &generator) ?? "GET", bytes: target)
        for name in names where Int.random(in: 0..<5, using: &generator) == 0 {
            request.set(name, value: Array(Self.text(Self.values, atMost: 3, &generator).utf8).span)
        }
        return request
    }

    @Test("no request traps; each becomes a consistent plan, an answer or a problem", arguments: 0..<8)
    func requests(seed: UInt64) {
        var generator = Generator(state: seed)
        let gateway = openGateway {
            $0.commandsPerBatch = 5
            $0.origins = OriginPolicy(["https://app.example"])
            if seed == 0 { $0.allowedHosts = HostList(["localhost"]) }
        }
        for _ in 0..<3000 {
            let request = Self.request(&generator)
            switch gateway.take(request, Self.text(Self.words, atMost: 12, &generator)) {
            case .plan(let plan):
                #expect(plan.commands.count == plan.replyCount)
                #expect(plan.wire == plan.wire)
                #expect(plan.timeout > .nanoseconds(0))
            case .feed(let feed): #expect(feed.plan.replyCount == 1)
            case .idempotent(let plan, let commands):
                #expect(plan.replyCount >= 1 && commands.readableBytes > 0)
            case .response(let response): #expect(response.status == 204 || response.status == 200)
            case .describe(_, let section): #expect(section.utf8.count <= 64)
            case .local(let match): #expect(match.route != .unknown)
            case .handoff(let order): #expect(order.grace >= .seconds(1))
            case .subscribe(let keys): #expect(!keys.isEmpty)
            case .refused(let problem): #expect((400...599).contains(problem.status))
            }
        }
    }

    @Test("no reply traps a renderer, whatever its type", arguments: 0..<4)
    func replies(seed: UInt64) throws {
        var generator = Generator(state: seed)
        let gateway = openGateway()
        let requests: [(String, String, [FieldName: String], String)] = [
            ("GET", "/v1/strings/k", [:], ""), ("GET", "/v1/strings/k", [.range: "bytes=1-"], ""),
            ("HEAD", "/v1/strings/k", [:], ""), ("PUT", "/v1/strings/k", [:], "v"),
            ("DELETE", "/v1/strings/k", [:], ""),
            ("GET", "/v1/keys/k", [:], ""), ("DELETE", "/v1/keys/k/ttl", [:], ""), ("GET", "/v1/keys/k/ttl", [:], ""),
        ]
        let replies = [
            "+OK", "-ERR x", ":5", ":-2", ":-9223372036854775808", "$3|abc", "$0|", "_", "#t", ",inf", "(99", "*0",
            "*2|:1|+OK",
            "*3|:9|$2|ab|:-1", "*3|:0|$0||:-2", "*3|:-5|$1|a|:9", "~1|:1", "%1|+a|:1", "=5|txt:a", "!5|ERR x", "+none",
        ]
        for _ in 0..<500 {
            for (method, path, headers, body) in requests {
                let request = fields(method, path, headers)
                let plan = try #require(gateway.take(request, body).plan)
                let text = (0..<plan.replyCount).map { _ in (replies.randomElement(using: &generator) ?? "_") + "|" }
                let response = try plan.render(text.joined(), fields: request)
                #expect((200...599).contains(response.status))
                #expect((response.contentType == .problem) == (response.status >= 400))
            }
        }
    }
}
