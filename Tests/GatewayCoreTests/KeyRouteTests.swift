// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RedisCore
import Testing

@testable import GatewayCore

@Suite("/v1/keys/{key} and its time to live")
struct KeyRouteTests {
    let gateway = openGateway()

    private func plan(_ method: String, _ path: String, _ body: String = "") throws -> RedisPlan {
        try #require(self.gateway.take(fields(method, path), body).plan)
    }

    @Test("a key is described in one write")
    func describe() throws {
        for method in ["GET", "HEAD"] {
            let plan = try self.plan(method, "/v1/keys/k")
            #expect(
                plan.commands == [
                    "TYPE k", "PTTL k", "OBJECT ENCODING k", "STRLEN k", "LLEN k", "SCARD k", "ZCARD k", "HLEN k",
                    "XLEN k",
                ])
            #expect(plan.replyCount == 9)
            #expect(plan.retryClass == .readOnly)
            #expect(plan.wire == plan.wire)
        }
    }

    @Test(
        "the length is that of the key's own type",
        arguments: [("string", 0), ("list", 1), ("set", 2), ("zset", 3), ("hash", 4), ("stream", 5)])
    func lengths(type: String, place: Int) throws {
        let lengths = (0..<6).map { $0 == place ? ":7|" : "-WRONGTYPE Operation|" }.joined()
        let response = try self.plan("GET", "/v1/keys/a%2Fb").render("+\(type)|:-1|$3|raw|" + lengths)
        #expect(response.status == 200)
        #expect(response.contentType == .json)
        #expect(
            response.text
                == "{\"key\":\"a/b\",\"type\":\"\(type)\",\"ttl_ms\":null,\"encoding\":\"raw\",\"length\":7}")
    }

    @Test("a module's type has no length; a time to live is a number")
    func moduleType() throws {
        let response = try self.plan("GET", "/v1/keys/k").render(
            "+ReJSON-RL|:1500|_|" + String(repeating: "-WRONGTYPE Operation|", count: 6))
        #expect(
            response.text == "{\"key\":\"k\",\"type\":\"ReJSON-RL\",\"ttl_ms\":1500,\"encoding\":null,\"length\":null}")
    }

    @Test("a key that is not there is 404 on every method")
    func missing() throws {
        #expect(
            try self.plan("GET", "/v1/keys/k").render("+none|:-2|_|" + String(repeating: ":0|", count: 6)).status == 404
        )
        #expect(try self.plan("DELETE", "/v1/keys/k").render(":0|").status == 404)
        #expect(try self.plan("GET", "/v1/keys/k/ttl").render(":-2|").status == 404)
        #expect(try self.plan("PUT", "/v1/keys/k/ttl", "{\"ttl_ms\":5}").render(":0|:-2|").status == 404)
        #expect(try self.plan("DELETE", "/v1/keys/k/ttl").render(":0|:0|").status == 404)
    }

    @Test("an error of Redis is a problem")
    func errors() throws {
        let rest = "_|" + String(repeating: ":0|", count: 6)
        #expect(try self.plan("GET", "/v1/keys/k").render("-LOADING x|:-2|" + rest).status == 503)
        #expect(try self.plan("GET", "/v1/keys/k").render("+string|-NOPERM x|" + rest).status == 403)
        #expect(try self.plan("GET", "/v1/keys/k/ttl").render("-READONLY x|").status == 503)
        #expect(try self.plan("PUT", "/v1/keys/k/ttl", "{\"ttl_ms\":5}").render("-READONLY x|:-1|").status == 503)
        #expect(try self.plan("GET", "/v1/keys/k/ttl").render("+OK|").status == 502)
    }

    @Test("DELETE of a key is UNLINK")
    func delete() throws {
        let plan = try self.plan("DELETE", "/v1/keys/k")
        #expect(plan.commands == ["UNLINK k"])
        #expect(plan.retryClass == .unsafe)
        #expect(try plan.render(":1|").status == 204)
    }

    @Test("GET of a time to live")
    func readTTL() throws {
        let plan = try self.plan("GET", "/v1/keys/k/ttl")
        #expect(plan.commands == ["PTTL k"])
        #expect(try plan.render(":1500|").text == "{\"ttl_ms\":1500}")
        #expect(try plan.render(":0|").text == "{\"ttl_ms\":0}")
        #expect(try plan.render(":-1|").text == "{\"ttl_ms\":null}")
    }

    @Test(
        "PUT of a time to live",
        arguments: [
            ("{\"ttl_ms\":1500}", "PEXPIRE k 1500", RetryClass.idempotent),
            ("{\"expire_at_ms\":1700000000000}", "PEXPIREAT k 1700000000000", .idempotent),
            ("{\"when\":\"xx\",\"ttl_ms\":1500}", "PEXPIRE k 1500 XX", .idempotent),
            ("{\"ttl_ms\":1500,\"when\":\"nx\"}", "PEXPIRE k 1500 NX", .unsafe),
            ("{\"ttl_ms\":1500,\"when\":\"gt\"}", "PEXPIRE k 1500 GT", .unsafe),
            (" {\"expire_at_ms\":9,\"when\":\"lt\"} ", "PEXPIREAT k 9 LT", .unsafe),
        ])
    func writeTTL(body: String, command: String, retryClass: RetryClass) throws {
        let plan = try self.plan("PUT", "/v1/keys/k/ttl", body)
        #expect(plan.commands == [command, "PTTL k"])
        #expect(plan.retryClass == retryClass)
        #expect(plan.wire == plan.wire)
        #expect(try plan.render(":1|:1499|").text == "{\"ttl_ms\":1499}")
        #expect(try plan.render(":1|:-2|").text == "{\"ttl_ms\":0}", "the moment lay in the past")
        let failed = try plan.render(":0|:99|")
        #expect(failed.status == 409)
        #expect(failed.text.contains("/problems/condition-failed"))
        #expect(try plan.render(":0|:-1|").status == 409)
    }

    @Test(
        "a wrong body of a time to live is 400",
        arguments: [
            "", "{}", "[]", "5", "{\"ttl_ms\":0}", "{\"ttl_ms\":-1}", "{\"ttl_ms\":1.5}", "{\"ttl_ms\":\"5\"}",
            "{\"ttl_ms\":5,\"expire_at_ms\":5}", "{\"ttl_ms\":5,\"ttl_ms\":5}", "{\"ttl_ms\":5,\"when\":\"no\"}",
            "{\"ttl_ms\":5,\"when\":null}", "{\"ttl_ms\":5,\"when\":\"nx\",\"when\":\"nx\"}", "{\"when\":\"nx\"}",
            "{\"ttl_ms\":5,\"x\":1}", "{\"ttl_ms\":9223372036854775808}", "{\"ttl_ms\":5}x", "{\"ttl_ms\":1e3}",
            "{\"ttl_ms\":5",
            "\u{FEFF}{\"ttl_ms\":5}",
        ])
    func badBodies(body: String) {
        let came = self.gateway.take(fields("PUT", "/v1/keys/k/ttl"), body)
        #expect(came.problem?.status == 400, "\(body)")
    }

    @Test("DELETE of a time to live is idempotent")
    func removeTTL() throws {
        let plan = try self.plan("DELETE", "/v1/keys/k/ttl")
        #expect(plan.commands == ["PERSIST k", "EXISTS k"])
        #expect(plan.retryClass == .idempotent)
        #expect(try plan.render(":1|:1|").status == 204)
        #expect(try plan.render(":0|:1|").status == 204)
    }
}
