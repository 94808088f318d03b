// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RedisCore
import Testing

@testable import GatewayCore

@Suite("What is said of Redis and the gateway")
struct DescriptionRouteTests {
    @Test(
        "one section, or those that Redis shows by default",
        arguments: [
            ("/v1/info", "describe info "), ("/v1/info?section=memory", "describe info memory"),
            ("/v1/info?section=%6Demory", "describe info memory"), ("/v1/info?section=", "400 invalid-parameter"),
            ("/v1/info?section=a%20b", "400 invalid-parameter"),
            ("/v1/info?section=a&section=b", "400 invalid-parameter"),
            ("/v1/info?x=1", "400 invalid-parameter"), ("/v1/topology", "describe topology "),
            ("/v1/topology?section=memory", "400 invalid-parameter"), ("/v1/info/", "404 route-not-found"),
        ])
    func requests(target: String, outcome: String) {
        #expect(openGateway().take(fields("GET", target)).refusal == outcome)
    }

    @Test("methods, and forms of the answer")
    func methods() {
        for target in ["/v1/info", "/v1/topology"] {
            #expect(openGateway().take(fields("POST", target)).refusal == "405 method-not-allowed")
            #expect(openGateway().take(fields("HEAD", target)).wire.hasPrefix("describe"))
            #expect(openGateway().take(fields("GET", target, [.accept: "text/html"])).refusal == "406 not-acceptable")
        }
    }

    @Test("both need the admin scope, and no other", arguments: [("read,write", false), ("admin", true)])
    func scopes(scopes: String, isAllowed: Bool) throws {
        let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"  // "test"
        let table = try TokenTable(parsing: "a:\(hash):\(scopes)")
        let gateway = openGateway { $0.tokens = table }
        for target in ["/v1/info", "/v1/topology"] {
            let came = gateway.take(fields("GET", target, [.authorization: "Bearer test"]))
            #expect(isAllowed ? came.wire.hasPrefix("describe") : came.refusal == "403 insufficient-scope")
            #expect(gateway.take(fields("GET", target)).refusal == "401 unauthorized")
        }
    }

    private func plan(_ route: Route, _ own: String, section: String = "") -> RedisPlan {
        openGateway().description(
            RouteMatch(route: route, method: .get), section: ByteBuffer(string: section), own: ByteBuffer(string: own))
    }

    @Test("the reply of INFO is an object of sections; the gateway's part stands beside it")
    func info() throws {
        let plan = self.plan(.info, "{\"version\":\"1\"}", section: "server")
        #expect(plan.commands == ["INFO server"] && self.plan(.info, "{}").commands == ["INFO"])
        #expect(plan.retryClass == .readOnly)
        let text =
            "# Server\r\nredis_version:7.0.15\r\nconfig_file:\r\n\r\n# Keyspace\r\ndb0:keys=1,avg_ttl=0\r\nodd\r\n"
        let expected =
            "{\"redis\":{\"server\":{\"redis_version\":\"7.0.15\",\"config_file\":\"\"},"
            + "\"keyspace\":{\"db0\":\"keys=1,avg_ttl=0\"}},\"baton\":{\"version\":\"1\"}}"
        #expect(try plan.render("$\(text.utf8.count)|\(text)|").text == expected)
        #expect(try plan.render("=\(text.utf8.count + 4)|txt:\(text)|").text == expected)
        #expect(try plan.render("$0||").text == "{\"redis\":{},\"baton\":{\"version\":\"1\"}}")
        #expect(try plan.render("$3|a:1|").text.hasPrefix("{\"redis\":{\"default\":{\"a\":\"1\"}}"))
        #expect(try plan.render("-NOPERM no|").status == 403)
        #expect(try plan.render(":1|").status == 502)
    }

    @Test(
        "the replication section tells who follows whom",
        arguments: [
            (
                "role:master\r\nconnected_slaves:2\r\nslave0:ip=10.0.0.1,port=1,state=online,offset=14,lag=0\r\n"
                    + "slave1:ip=::1,port=2,state=wait_bgsave\r\nslave_x:1\r\n",
                "\"role\":\"master\",\"replicas\":[{\"address\":\"10.0.0.1:1\",\"state\":\"online\",\"offset\":14,\"lag_s\":0},"
                    + "{\"address\":\"[::1]:2\",\"state\":\"wait_bgsave\"}]"
            ),
            (
                "role:slave\r\nmaster_host:10.0.0.9\r\nmaster_port:6379\r\nmaster_link_status:up\r\nslave_repl_offset:1\r\n",
                "\"role\":\"replica\",\"master\":{\"address\":\"10.0.0.9:6379\",\"link\":\"up\"},\"replicas\":[]"
            ),
            ("", "\"role\":\"master\",\"replicas\":[]"),
        ])
    func topology(lines: String, expected: String) throws {
        let plan = self.plan(.topology, "\"name\":\"main\"")
        #expect(plan.commands == ["INFO replication"])
        let text = "# Replication\r\n" + lines
        #expect(
            try plan.render("$\(text.utf8.count)|\(text)|").text
                == "{\"upstreams\":[{\"name\":\"main\",\(expected)}]}")
    }
}
