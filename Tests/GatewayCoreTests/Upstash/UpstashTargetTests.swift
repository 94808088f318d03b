// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP
import RedisCore
import Testing

@testable import GatewayCore

@Suite("Upstash: targets and plans")
struct UpstashTargetTests {
    @Test(
        "a target leads to a route, with the segments that make a command and the query",
        arguments: [
            ("/", Route.upstashCommand, "", ""), ("//", .upstashCommand, "", ""), ("/upstash", .upstashCommand, "", ""),
            ("/upstash/", .upstashCommand, "", ""), ("/?_token=t", .upstashCommand, "", "_token=t"),
            ("/pipeline", .upstashPipeline, "", ""), ("//pipeline/", .upstashPipeline, "", ""),
            ("/upstash//pipeline?a", .upstashPipeline, "", "a"), ("/multi-exec", .upstashTransaction, "", ""),
            ("/pipeline/x", .upstashPath, "pipeline/x", ""), ("/get/foo", .upstashPath, "get/foo", ""),
            ("/upstash/get//foo/?EX=1", .upstashPath, "get//foo/", "EX=1"), ("/v2", .upstashPath, "v2", ""),
            ("/upstash/v1/x", .upstashPath, "v1/x", ""), ("/upstash/upstash", .upstashPath, "upstash", ""),
        ])
    func targets(target: String, route: Route, path: String, query: String) {
        let bytes = Array(target.utf8)
        guard let place = UpstashTarget(bytes.span) else {
            Issue.record("no target of this surface")
            return
        }
        #expect(place.route == route)
        #expect(String(decoding: bytes[place.path], as: UTF8.self) == path)
        #expect(String(decoding: bytes[place.query], as: UTF8.self) == query)
    }

    @Test(
        "what begins as Baton's own routes do, or is no target, is none of this surface's",
        arguments: [
            "/v1", "/v1/x", "//v1/x", "/livez/x", "/metrics/", "/openapi.yaml", "/status", "*", "", "get/foo", "/a b",
            "/a#b", "/a\u{7F}",
        ])
    func others(target: String) {
        let place = UpstashTarget(Array(target.utf8).span)
        #expect(place == nil)
    }

    @Test("a command has the body and then the query behind its path")
    func pathCommand() throws {
        let came = openGateway().take(fields("POST", "/set/a%2Fb?EX=10&KEEPTTL&_token=x&="), "va|lue")
        #expect(
            try #require(came.plan).wire
                == "*8|$3|set|$3|a/b|$6|va|lue|$2|EX|$2|10|$7|KEEPTTL|$0||$0||")
    }

    @Test("the numbers of commands and of arguments are limited", arguments: [(2, true), (3, true), (4, false)])
    func limits(count: Int, isTaken: Bool) {
        let gateway = openGateway {
            $0.argumentsPerCommand = 3
            $0.commandsPerBatch = 3
        }
        let arguments = "[\"MGET\"" + String(repeating: ",\"k\"", count: count - 1) + "]"
        #expect((gateway.take(fields("POST", "/"), arguments).plan != nil) == isTaken)
        #expect(
            (gateway.take(fields("POST", "/mget" + String(repeating: "/k", count: count - 1))).plan != nil) == isTaken)
        let commands = "[" + Array(repeating: "[\"PING\"]", count: count).joined(separator: ",") + "]"
        #expect((gateway.take(fields("POST", "/pipeline"), commands).plan != nil) == isTaken)
        #expect((gateway.take(fields("POST", "/multi-exec"), commands).plan != nil) == isTaken)
    }

    @Test("a request that is sent again is answered by its second replies only")
    func resent() throws {
        let plan = try #require(
            openGateway().take(fields("POST", "/pipeline"), "[[\"GET\",\"a\"],[\"GET\",\"b\"]]").plan)
        var renderer = ReplyRenderer(plan: plan)
        let old = RESPValue(kind: .bulkString, payload: ByteBuffer(string: "old"))
        let new = RESPValue(kind: .bulkString, payload: ByteBuffer(string: "new"))
        renderer.received(old, ordinal: 0)
        renderer.received(new, ordinal: 0)
        renderer.received(new, ordinal: 1)
        let response = renderer.finish(requestID: .made(1), fields: fields("POST", "/pipeline"))
        #expect(response.text == "[{\"result\":\"new\"},{\"result\":\"new\"}]")
        #expect(plan.retryClass == .readOnly)
    }

    @Test("any target and any body end in an answer, and never in a trap")
    func random() {
        var generator = SeededGenerator(seed: 7)
        let gateway = openGateway()
        let pieces = [
            "/", "//", "upstash", "pipeline", "multi-exec", "get", "%00", "%", "%zz", "?", "&", "=", "_token=", "EX",
            "\u{E9}", "v1",
        ]
        let bodies = [
            "", "[", "[]", "[[]]", "[[\"GET\",\"k\"]]", "[\"GET\",\"k\"]", "[1,2]", "null", "{}", "[[1],[]]",
            "[\"BLPOP\",\"l\",0]",
        ]
        for _ in 0..<20_000 {
            var target = "/"
            for _ in 0..<Int.random(in: 0...6, using: &generator) {
                target += pieces.randomElement(using: &generator) ?? ""
            }
            let method = ["GET", "POST", "PUT", "HEAD", "DELETE"].randomElement(using: &generator) ?? "GET"
            let came = gateway.take(fields(method, target), bodies.randomElement(using: &generator) ?? "")
            if let plan = came.plan { #expect(plan.replyCount > 0) }
        }
    }
}
