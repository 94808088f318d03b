// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP
import RedisCore
import Testing

@testable import GatewayCore

@Suite("/v1/commands")
struct CommandRouteTests {
    private func take(_ body: String, _ headers: [FieldName: String] = [:]) -> Came {
        openGateway().take(fields("POST", "/v1/commands", headers), body)
    }

    private func plan(_ body: String, _ headers: [FieldName: String] = [:]) throws -> RedisPlan {
        try #require(self.take(body, headers).plan)
    }

    @Test(
        "a command in JSON becomes its wire form",
        arguments: [
            ("[\"GET\",\"k\"]", "*2|$3|GET|$1|k|"), ("{\"command\":[\"GET\",\"k\"]}", "*2|$3|GET|$1|k|"),
            (" [ \"GET\" , \"k\" ] ", "*2|$3|GET|$1|k|"),
            ("[\"SET\",\"n\",9007199254740993]", "*3|$3|SET|$1|n|$16|9007199254740993|"),
            ("[\"SET\",\"n\",1.0]", "*3|$3|SET|$1|n|$3|1.0|"), ("[\"SET\",\"n\",1e+21]", "*3|$3|SET|$1|n|$5|1e+21|"),
            ("[\"SET\",\"n\",-0]", "*3|$3|SET|$1|n|$2|-0|"), ("[\"SET\",\"b\",true]", "*3|$3|SET|$1|b|$4|true|"),
            ("[\"SET\",\"b\",false]", "*3|$3|SET|$1|b|$5|false|"), ("[\"SET\",\"\",\"\"]", "*3|$3|SET|$0||$0||"),
            ("[\"GET\",\"\\u00e9\\n\"]", "*2|$3|GET|$3|\u{E9}\n|"),
            ("[\"GET\",{\"base64\":\"YQ==\"}]", "*2|$3|GET|$1|a|"),
            ("[{\"base64\":\"R0VU\"},{\"base64\":\"\"}]", "*2|$3|GET|$0||"), ("[\"get\",\"k\"]", "*2|$3|get|$1|k|"),
            ("[\"GET\",\"a\\r\\nb\"]", "*2|$3|GET|$4|a|b|"),
        ])
    func wire(body: String, wire: String) throws {
        let plan = try self.plan(body)
        #expect(plan.wire == wire)
        #expect(plan.wire == plan.wire, "the same bytes each time")
        #expect(plan.replyCount == 1)
        #expect(!plan.isTransaction)
    }

    @Test("bytes that are not UTF-8 travel in base64")
    func binary() throws {
        var encoder = RESPEncoder()
        try self.plan("[\"GET\",{\"base64\":\"/wA=\"}]").encode(into: &encoder)
        #expect(
            encoder.buffer
                == ByteBuffer(bytes: Array("*2\r\n$3\r\nGET\r\n$2\r\n".utf8) + [0xFF, 0] + Array("\r\n".utf8)))
    }

    @Test(
        "what is no command is 400",
        arguments: [
            "", "[]", "{}", "null", "5", "\"GET\"", "[\"GET\",null]", "[\"GET\",[\"k\"]]", "[\"GET\",{}]",
            "[\"GET\",{\"base64\":5}]", "[\"GET\",{\"base64\":\"Y\"}]", "[\"GET\",{\"base64\":\"_-8\"}]",
            "[\"GET\",{\"base64\":\"YQ==\",\"base64\":\"YQ==\"}]", "[\"GET\",{\"hex\":\"00\"}]",
            "{\"command\":\"GET k\"}",
            "{\"command\":[\"GET\",\"k\"],\"x\":1}", "{\"command\":[\"GET\",\"k\"],\"command\":[\"GET\",\"k\"]}",
            "{\"commands\":[\"GET\"]}",
            "[\"GET\",\"k\"]x", "[\"GET\",\"k\"", "[\"GET\",\"k\"][\"GET\",\"k\"]", "\u{FEFF}[\"GET\",\"k\"]",
            "[\"GET\",\"\\ud800\"]",
            "[\"GET\",01]", "[\"GET\",\"k\",]", "GET k", "[\"GET\",[[[[[[[[[1]]]]]]]]]]", "{\"command\":[]}",
        ])
    func badBodies(body: String) {
        #expect(self.take(body).problem?.status == 400, "\(body): \(self.take(body).wire)")
    }

    @Test("the number of arguments is limited")
    func argumentLimit() {
        let gateway = openGateway { $0.argumentsPerCommand = 3 }
        for (count, isTaken) in [(1, true), (2, true), (3, true), (4, false), (100, false)] {
            let body = "[\"MGET\"" + String(repeating: ",\"k\"", count: count - 1) + "]"
            let came = gateway.take(fields("POST", "/v1/commands"), body)
            #expect((came.plan != nil) == isTaken)
            #expect(isTaken || came.refusal == "400 invalid-command")
        }
    }

    @Test("the policy's retry class goes with the command")
    func retryClasses() throws {
        #expect(try self.plan("[\"GET\",\"k\"]").retryClass == .readOnly)
        #expect(try self.plan("[\"SET\",\"k\",\"v\"]").retryClass == .idempotent)
        #expect(try self.plan("[\"INCR\",\"k\"]").retryClass == .unsafe)
    }

    @Test("commands about the connection alone are answered here")
    func local() {
        for body in ["[\"QUIT\"]", "[\"select\",0]", "[\"SELECT\",\"0\"]", "[\"CLIENT\",\"SETNAME\",\"x\"]"] {
            guard case .response(let response) = self.take(body) else {
                Issue.record("\(body) was not answered")
                continue
            }
            #expect(response.status == 200)
            #expect(response.text == "{\"result\":\"OK\"}")
        }
        guard case .response(let response) = self.take("[\"QUIT\"]", [.accept: "application/x-resp"]) else {
            Issue.record("not answered")
            return
        }
        #expect(response.text == "+OK\r\n")
        #expect(response.contentType == .resp)
    }

    @Test(
        "a blocking command gets a lease, and a wait that is bounded",
        arguments: [
            ("[\"BLPOP\",\"k\",0]", nil, "BLPOP k 30", 31_000), ("[\"BLPOP\",\"k\",5]", nil, "BLPOP k 5", 6000),
            ("[\"BLPOP\",\"k\",99]", nil, "BLPOP k 30", 31_000), ("[\"BLPOP\",\"k\",0.25]", nil, "BLPOP k 0.250", 1250),
            ("[\"BLPOP\",\"k\",\"0.0000001\"]", nil, "BLPOP k 0.001", 1001),
            ("[\"BLMPOP\",0,1,\"k\",\"LEFT\"]", nil, "BLMPOP 30 1 k LEFT", 31_000),
            ("[\"XREAD\",\"BLOCK\",0,\"STREAMS\",\"s\",\"$\"]", nil, "XREAD BLOCK 30000 STREAMS s $", 31_000),
            ("[\"XREAD\",\"BLOCK\",70,\"STREAMS\",\"s\",\"$\"]", nil, "XREAD BLOCK 70 STREAMS s $", 1070),
            ("[\"BLPOP\",\"k\",0]", "2000", "BLPOP k 1.800", 2000), ("[\"BLPOP\",\"k\",1]", "2000", "BLPOP k 1", 2000),
            ("[\"BLPOP\",\"k\",0]", "100", "BLPOP k 0.025", 100), ("[\"BLPOP\",\"k\",0]", "1", "BLPOP k 0.001", 1),
            ("[\"BLPOP\",\"k\",0]", "99999999", "BLPOP k 30", 31_000),
        ] as [(String, String?, String, Int64)])
    func leases(body: String, timeout: String?, command: String, milliseconds: Int64) throws {
        var headers: [FieldName: String] = [:]
        headers[.requestTimeout] = timeout
        let plan = try self.plan(body, headers)
        #expect(plan.needsLease)
        #expect(plan.retryClass == .unsafe)
        #expect(plan.commands == [command])
        #expect(plan.timeout == .milliseconds(milliseconds))
        #expect(plan.wire == plan.wire)
    }

    @Test("a timeout that cannot be bounded is 400")
    func unboundable() {
        for body in [
            "[\"BLPOP\",\"k\",\"1e9\"]", "[\"BLPOP\",\"k\",-1]", "[\"XREAD\",\"BLOCK\",\"x\",\"STREAMS\",\"s\",\"$\"]",
        ] {
            #expect(self.take(body).refusal == "400 invalid-argument")
        }
    }

    @Test("the answer is the reply in JSON")
    func results() throws {
        let plan = try self.plan("[\"GET\",\"k\"]")
        let response = try plan.render("$3|bar|")
        #expect(response.status == 200)
        #expect(response.contentType == .json)
        #expect(response.text == "{\"result\":\"bar\"}")
    }

    @Test("the reply itself, for who wants RESP")
    func rawReply() throws {
        let plan = try self.plan("[\"GET\",\"k\"]", [.accept: "application/x-resp"])
        for reply in [
            "$3|bar|", "$0||", "+OK|", ":5|", ",1.5|", "(123456789012345678901|", "#t|", "_|", "*2|:1|$1|a|", "*0|",
            "%1|+a|*1|:1|", "~1|:1|",
        ] {
            let response = try plan.render(reply)
            #expect(response.contentType == .resp)
            #expect(response.text.replacing("\r\n", with: "|") == reply)
        }
        #expect(try plan.render("-WRONGTYPE x|").contentType == .problem)
    }

    @Test(
        "an error of Redis is a problem with its command",
        arguments: [
            ("[\"get\",\"k\"]", "-WRONGTYPE x|", 409, "wrong-type", "not-executed"),
            ("[\"INCR\",\"k\"]", "-ERR value is not an integer or out of range|", 409, "not-a-number", "not-executed"),
            (
                "[\"INCRBY\",\"k\",5]", "-ERR value is not an integer or out of range|", 409, "not-a-number",
                "not-executed"
            ),
            (
                "[\"INCRBY\",\"k\",\"x\"]", "-ERR value is not an integer or out of range|", 400, "invalid-argument",
                "not-executed"
            ),
            ("[\"INCRBYFLOAT\",\"k\",1.5]", "-ERR value is not a valid float|", 409, "not-a-number", "not-executed"),
            (
                "[\"INCRBYFLOAT\",\"k\",\"x\"]", "-ERR value is not a valid float|", 400, "invalid-argument",
                "not-executed"
            ),
            (
                "[\"EXPIRE\",\"k\",\"x\"]", "-ERR value is not an integer or out of range|", 400, "invalid-argument",
                "not-executed"
            ),
            ("[\"GET\"]", "-ERR wrong number of arguments for 'get' command|", 400, "invalid-argument", "not-executed"),
            ("[\"DIGEST\",\"k\"]", "-ERR unknown command 'DIGEST'|", 400, "unknown-command", "not-executed"),
            ("[\"EVAL\",\"x\",0]", "-WRONGTYPE x|", 409, "wrong-type", "unknown"),
            ("[\"EVAL_RO\",\"x\",0]", "!11|WRONGTYPE x|", 409, "wrong-type", "not-executed"),
        ])
    func errors(body: String, reply: String, status: Int, slug: String, outcome: String) throws {
        let response = try self.plan(body).render(reply)
        #expect(response.status == status)
        #expect(response.contentType == .problem)
        #expect(response.text.contains("\"type\":\"/problems/\(slug)\""))
        #expect(response.text.contains("\"outcome\":\"\(outcome)\""))
        let name = try #require(body.split(separator: "\"").dropFirst().first).uppercased()
        #expect(response.text.contains("\"command\":\"\(name)\""))
    }
}
