// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP
import RedisCore
import Testing

@testable import GatewayCore

@Suite("/v1/pipelines and /v1/transactions")
struct BatchRouteTests {
    private func take(_ path: String, _ body: String, _ change: (inout GatewayConfiguration) -> Void = { _ in }) -> Came
    {
        openGateway(change).take(fields("POST", "/v1/\(path)"), body)
    }

    private func plan(_ path: String, _ body: String) throws -> RedisPlan {
        try #require(self.take(path, body).plan)
    }

    @Test("a pipeline is its commands, one behind the other")
    func pipeline() throws {
        for body in [
            "{\"commands\":[[\"SET\",\"k\",\"v\"],[\"INCR\",\"k\"]]}", "[[\"SET\",\"k\",\"v\"],[\"INCR\",\"k\"]]",
        ] {
            let plan = try self.plan("pipelines", body)
            #expect(plan.wire == "*3|$3|SET|$1|k|$1|v|*2|$4|INCR|$1|k|")
            #expect(plan.replyCount == 2)
            #expect(plan.retryClass == .unsafe)
            #expect(!plan.isTransaction)
            #expect(plan.wire == plan.wire)
        }
    }

    @Test("a transaction is MULTI, its commands, EXEC")
    func transaction() throws {
        let plan = try self.plan("transactions", "{\"commands\":[[\"SET\",\"k\",\"v\"],[\"GET\",\"k\"]]}")
        #expect(plan.commands == ["MULTI", "SET k v", "GET k", "EXEC"])
        #expect(plan.replyCount == 4)
        #expect(plan.retryClass == .idempotent)
        #expect(plan.isTransaction)
        #expect(!plan.needsLease)
    }

    @Test("commands about the connection alone keep their place")
    func local() throws {
        let plan = try self.plan(
            "pipelines", "[[\"QUIT\"],[\"GET\",\"k\"],[\"SELECT\",0],[\"CLIENT\",\"SETNAME\",\"x\"]]")
        #expect(plan.commands == ["ECHO OK", "GET k", "ECHO OK", "ECHO OK"])
        #expect(plan.retryClass == .readOnly)
        #expect(
            try plan.render("$2|OK|_|$2|OK|$2|OK|").text
                == "{\"results\":[{\"result\":\"OK\"},{\"result\":null},{\"result\":\"OK\"},{\"result\":\"OK\"}]}")
    }

    @Test(
        "what is no batch is 400",
        arguments: [
            "", "[]", "{}", "{\"commands\":[]}", "{\"commands\":{}}", "{\"commands\":[\"GET\",\"k\"]}",
            "[\"GET\",\"k\"]", "[[]]",
            "[[\"GET\",\"k\"],[]]", "{\"commands\":[[\"PING\"]],\"x\":1}",
            "{\"commands\":[[\"PING\"]],\"commands\":[[\"PING\"]]}",
            "[[\"PING\"]]x", "[[\"PING\"]", "[[\"GET\",null]]", "{\"command\":[\"PING\"]}",
            "[{\"command\":[\"PING\"]}]", "null",
        ])
    func badBodies(body: String) {
        for path in ["pipelines", "transactions"] {
            #expect(self.take(path, body).problem?.status == 400, "\(path) \(body)")
        }
    }

    @Test("the number of commands is limited")
    func commandLimit() {
        for (count, isTaken) in [(1, true), (2, true), (3, true), (4, false)] {
            let body = "[" + Array(repeating: "[\"PING\"]", count: count).joined(separator: ",") + "]"
            #expect((self.take("pipelines", body, { $0.commandsPerBatch = 3 }).plan != nil) == isTaken)
        }
    }

    @Test("a wrong command is named by its place")
    func index() {
        let problem = self.take("pipelines", "[[\"PING\"],[\"GET\",null]]").problem
        #expect(problem?.kind == .invalidCommand)
        #expect(problem?.details.commandIndex == 1)
    }

    @Test("the results of a pipeline keep the order; an error is one of them")
    func results() throws {
        let plan = try self.plan(
            "pipelines", "[[\"SET\",\"k\",\"v\"],[\"incr\",\"k\"],[\"LLEN\",\"k\"],[\"GET\",\"k\"]]")
        let response = try plan.render("+OK|-ERR value is not an integer or out of range|-WRONGTYPE x|$1|v|")
        #expect(response.status == 200)
        #expect(response.contentType == .json)
        #expect(
            response.text == """
                {"results":[{"result":"OK"},{"error":{"type":"/problems/not-a-number","title":"Not a number",\
                "status":409,"detail":"The stored value cannot be counted with.",\
                "redis_error":"ERR value is not an integer or out of range","command":"INCR","command_index":1,\
                "outcome":"not-executed","retryable":false}},{"error":{"type":"/problems/wrong-type",\
                "title":"Wrong type","status":409,"detail":"The key holds a value of another type.",\
                "redis_error":"WRONGTYPE x","command":"LLEN","command_index":2,"outcome":"not-executed",\
                "retryable":false}},{"result":"v"}]}
                """)
    }

    @Test("replies that come again start the answer anew")
    func resend() throws {
        let plan = try self.plan("pipelines", "[[\"GET\",\"a\"],[\"GET\",\"b\"]]")
        var renderer = ReplyRenderer(plan: plan)
        let reply = { (text: String) in RESPValue(kind: .bulkString, payload: ByteBuffer(string: text)) }
        renderer.received(reply("old"), ordinal: 0)
        renderer.received(reply("1"), ordinal: 0)
        renderer.received(reply("2"), ordinal: 1)
        let response = renderer.finish(requestID: .made(1), fields: RequestFields())
        #expect(response.text == "{\"results\":[{\"result\":\"1\"},{\"result\":\"2\"}]}")
    }

    @Test("a transaction gives the results of EXEC")
    func exec() throws {
        let plan = try self.plan("transactions", "[[\"SET\",\"k\",\"v\"],[\"LLEN\",\"k\"]]")
        let response = try plan.render("+OK|+QUEUED|+QUEUED|*2|+OK|-WRONGTYPE x|")
        #expect(response.status == 200)
        #expect(
            response.text.hasPrefix("{\"results\":[{\"result\":\"OK\"},{\"error\":{\"type\":\"/problems/wrong-type\""))
        #expect(response.text.contains("\"command\":\"LLEN\",\"command_index\":1"))
        #expect(response.text.hasSuffix("}}]}"))
    }

    @Test(
        "a transaction that did not run says why",
        arguments: [
            (
                "+OK|+QUEUED|-ERR wrong number of arguments for 'llen' command|-EXECABORT Transaction discarded|", 422,
                "transaction-aborted", 1, "not-executed"
            ),
            (
                "+OK|-WRONGTYPE x|+QUEUED|-EXECABORT Transaction discarded|", 422, "transaction-aborted", 0,
                "not-executed"
            ),
            ("+OK|-OOM x|+QUEUED|-EXECABORT Transaction discarded|", 507, "out-of-memory", 0, "not-executed"),
            ("+OK|-READONLY x|+QUEUED|-EXECABORT Transaction discarded|", 503, "redis-unavailable", 0, "not-executed"),
            ("+OK|-NOPERM x|+QUEUED|-EXECABORT Transaction discarded|", 403, "permission-denied", 0, "not-executed"),
            ("+OK|+QUEUED|+QUEUED|-EXECABORT Transaction discarded|", 422, "transaction-aborted", nil, "not-executed"),
            ("+OK|+QUEUED|+QUEUED|_|", 409, "transaction-conflict", nil, "not-executed"),
            ("-NOPERM x|+OK|:1|-ERR EXEC without MULTI|", 403, "permission-denied", nil, "unknown"),
            ("+OK|+QUEUED|+QUEUED|+OK|", 502, "backend-protocol", nil, "unknown"),
        ] as [(String, Int, String, Int?, String)])
    func aborted(replies: String, status: Int, slug: String, index: Int?, outcome: String) throws {
        let response = try self.plan("transactions", "[[\"SET\",\"k\",\"v\"],[\"LLEN\",\"k\"]]").render(replies)
        #expect(response.status == status)
        #expect(response.text.contains("\"type\":\"/problems/\(slug)\""))
        #expect(response.text.contains("\"outcome\":\"\(outcome)\""))
        #expect(response.text.contains("command_index") == (index != nil))
        if let index {
            #expect(response.text.contains("\"command_index\":\(index),"))
            #expect(response.text.contains("\"command\":\"\(["SET", "LLEN"][index])\""))
        }
    }

    @Test("a long batch of errors is rendered, each with its own command")
    func manyErrors() throws {
        let count = 1000
        let body =
            "[" + (0..<count).map { "[\"\($0 % 2 == 0 ? "GET" : "LLEN")\",\"key\($0)\"]" }.joined(separator: ",") + "]"
        let plan = try self.plan("pipelines", body)
        let response = try plan.render(String(repeating: "-WRONGTYPE x|", count: count))
        for index in [0, 1, 499, 998, 999] {
            let name = index % 2 == 0 ? "GET" : "LLEN"
            #expect(response.text.contains("\"command\":\"\(name)\",\"command_index\":\(index),"))
        }
    }
}
