// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP
import RedisCore
import Testing

@testable import GatewayCore

/// ``DirectString`` against the plan that it stands for.
@Suite("Direct strings")
struct DirectStringTests {
    private let gateway = openGateway()

    private func direct(_ request: RequestFields, of gateway: Gateway? = nil) -> DirectString? {
        var cache = AuthenticationCache()
        return (gateway ?? self.gateway).direct(request, cache: &cache)
    }

    @Test(
        "GET and PUT of a string are direct if nothing is asked for but that",
        arguments: [
            ("GET", "/v1/strings/k", nil, true), ("PUT", "/v1/strings/k", nil, true),
            ("GET", "/v1/strings/\u{FF}:k.~", nil, true), ("GET", "/v1/strings/k", (.accept, "*/*"), true),
            ("PUT", "/v1/strings/k", (.contentType, "text/plain"), true),
            ("PUT", "/v1/strings/k", (.contentLength, "5"), true), ("GET", "/v1/strings/k", (.requestID, "x"), true),
            ("GET", "/v1/strings/k", (.origin, "https://a.example"), true),
            ("HEAD", "/v1/strings/k", nil, false), ("DELETE", "/v1/strings/k", nil, false),
            ("POST", "/v1/strings/k", nil, false), ("OPTIONS", "/v1/strings/k", nil, false),
            ("GET", "/v1/strings/", nil, false), ("GET", "/v1/strings", nil, false), ("GET", "/v1/keys/k", nil, false),
            ("GET", "/v1/strings/k?ttl_ms=1", nil, false), ("GET", "/v1/strings/k?", nil, false),
            ("GET", "/v1/strings/%6B", nil, false), ("GET", "/v1/strings/k/append", nil, false),
            ("GET", "/v1/strings/k k", nil, false), ("GET", "/v1/strings/k#", nil, false),
            ("GET", "/v1/strings/k\u{7F}", nil, false), ("GET", "/v1/strings/k\t", nil, false),
            ("GET", "/v1/strings/k", (.accept, "application/json"), false),
            ("GET", "/v1/strings/k", (.range, "bytes=0-1"), false),
            ("GET", "/v1/strings/k", (.prefer, "timing"), false),
            ("GET", "/v1/strings/k", (.ifMatch, "*"), false), ("GET", "/v1/strings/k", (.ifNoneMatch, "*"), false),
            ("GET", "/v1/strings/k", (.ifRange, "\"x\""), false),
            ("GET", "/v1/strings/k", (.requestTimeout, "1"), false),
            ("PUT", "/v1/strings/k", (.idempotencyKey, "x"), false),
            ("PUT", "/v1/strings/k", (.contentEncoding, "gzip"), false),
            ("PUT", "/v1/strings/k", (.secFetchSite, "cross-site"), false),
            ("PUT", "/v1/strings/k", (.contentType, "multipart/form-data; boundary=x"), false),
        ] as [(String, String, (FieldName, String)?, Bool)])
    func which(method: String, target: String, field: (FieldName, String)?, isDirect: Bool) {
        let headers = field.map { [$0.0: $0.1] } ?? [:]
        #expect((self.direct(fields(method, target, headers)) != nil) == isDirect)
    }

    @Test("what is direct would be admitted, and sends the same bytes", arguments: [UInt64(1), 2, 3, 4])
    func sameCommands(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var count = 0
        for _ in 0..<2000 {
            let key = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                UInt8.random(in: .min ... .max, using: &random)
            }
            let method = ["GET", "PUT"].randomElement(using: &random) ?? "GET"
            let request = fields(method, bytes: Array("/v1/strings/".utf8) + key)
            let body = String(repeating: "v", count: Int.random(in: 0...300, using: &random))
            guard var direct = self.direct(request) else { continue }
            count += 1
            if direct.isWrite { direct.value = ByteBuffer(string: body) }
            let plan = try #require(self.gateway.take(request, body).plan, "not admitted: \(key)")
            var encoder = RESPEncoder()
            direct.encode(request, into: &encoder)
            #expect(String(buffer: encoder.buffer).replacing("\r\n", with: "|") == plan.wire)
            #expect(direct.plan(request).wire == plan.wire)
            #expect(direct.retryClass == plan.retryClass && DirectString.replyCount == plan.replyCount)
        }
        #expect(count > 300)
    }

    @Test(
        "replies that go well give the same response",
        arguments: [
            ("GET", "$1|v|:-1|"), ("GET", "$0||:-1|"), ("GET", "$3|a\u{0}b|:5000|"), ("GET", "$1|v|:0|"),
            ("GET", "$1|v|:-2|"), ("GET", "_|:-2|"), ("GET", "$1|v|:9223372036854775807|"), ("PUT", ":0|+OK|"),
            ("PUT", ":1|+OK|"),
        ])
    func sameResponse(method: String, replies: String) throws {
        let request = fields(method, "/v1/strings/a:b")
        let plan = try #require(self.gateway.take(request, "value").plan)
        var direct = try #require(self.direct(request))
        if direct.isWrite { direct.value = ByteBuffer(string: "value") }
        var decoder = RESPDecoder()
        decoder.feed(ByteBuffer(string: replies.replacing("|", with: "\r\n")))
        var ordinal = 0
        while let reply = try decoder.next() {
            let isTaken = direct.received(reply, ordinal: ordinal)
            #expect(isTaken)
            ordinal += 1
        }
        let ours = direct.response(requestID: .made(0xABC), fields: request)
        let theirs = try plan.render(replies, fields: request)
        #expect(ours.status == theirs.status && ours.body == theirs.body && ours.tag == theirs.tag)
        #expect(ours.contentType == theirs.contentType && ours.fields == theirs.fields)
    }

    @Test("a token needs the scope of the method, and no prefixes")
    func tokens() throws {
        let file = [("r-token", "read"), ("w-token", "write"), ("p-token", "read,write:a/")]
            .map { TokenTests.line($0, $0, $1) }.joined(separator: "\n")
        let table = try TokenTable(parsing: file)
        let gateway = openGateway { $0.tokens = table }
        let expected: [(String?, get: Bool, put: Bool)] = [
            ("r-token", true, false), ("w-token", false, true), ("p-token", false, false), ("other", false, false),
            (nil, false, false),
        ]
        for (token, get, put) in expected {
            let headers = token.map { [FieldName.authorization: "Bearer \($0)"] } ?? [:]
            #expect((self.direct(fields("GET", "/v1/strings/a", headers), of: gateway) != nil) == get)
            #expect((self.direct(fields("PUT", "/v1/strings/a", headers), of: gateway) != nil) == put)
        }
    }

    @Test("a host that is not served is left to the general way, which refuses it")
    func hosts() throws {
        let hosts = try #require(HostList(["localhost"]))
        let gateway = openGateway { $0.allowedHosts = hosts }
        #expect(self.direct(fields("GET", "/v1/strings/a", [.authority: "localhost"]), of: gateway) != nil)
        #expect(self.direct(fields("GET", "/v1/strings/a", [.authority: "evil.example"]), of: gateway) == nil)
    }
}
