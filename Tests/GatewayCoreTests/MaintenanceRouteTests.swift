// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import Testing

@testable import GatewayCore

@Suite("Maintenance routes")
struct MaintenanceRouteTests {
    private let gateway = openGateway()

    @Test(
        "a move by hand",
        arguments: [
            (#"{"upstream":"main","target":"10.0.0.7:6379","grace_ms":1000}"#, "handoff 10.0.0.7:6379 1000"),
            (#"{"upstream":"main","target":"[::1]:1"}"#, "handoff [::1]:1 15000"),
            (#"{"upstream":"main","grace_ms":120000}"#, "handoff configured 120000"),
            (#"{"upstream":"main","grace_ms":999}"#, "400 invalid-argument"),
            (#"{"upstream":"main","grace_ms":120001}"#, "400 invalid-argument"),
            (#"{"upstream":"main","grace_ms":"x"}"#, "400 invalid-argument"),
            (#"{"upstream":"other"}"#, "400 invalid-argument"), ("{}", "400 invalid-argument"),
            ("", "400 invalid-argument"), (#"{"upstream":"main","target":"a b"}"#, "400 invalid-argument"),
            (#"{"upstream":"main","target":"a:0"}"#, "400 invalid-argument"),
            (#"{"upstream":"main","target":"a:65536"}"#, "400 invalid-argument"),
            (#"{"upstream":"main","more":1}"#, "400 invalid-argument"), (#"{"upstream":"#, "400 invalid-json"),
        ])
    func handoff(body: String, outcome: String) {
        #expect(self.gateway.take(fields("POST", "/v1/maintenance/handoffs"), body).refusal == outcome)
    }

    @Test("the picture is read with GET and HEAD only, and comes from memory")
    func picture() {
        #expect(self.gateway.take(fields("GET", "/v1/maintenance")).wire == "local maintenance")
        #expect(self.gateway.take(fields("HEAD", "/v1/maintenance")).wire == "local maintenance")
        #expect(self.gateway.take(fields("POST", "/v1/maintenance")).refusal == "405 method-not-allowed")
        #expect(self.gateway.take(fields("GET", "/v1/maintenance?x=1")).refusal == "400 invalid-parameter")
        #expect(self.gateway.take(fields("GET", "/v1/maintenance/")).refusal == "404 route-not-found")
        #expect(
            self.gateway.take(fields("GET", "/v1/maintenance", [.accept: "text/html"])).refusal
                == "406 not-acceptable")
    }

    @Test(
        "Prefer: wait",
        arguments: [
            ("wait=30", 30), ("respond-async, WAIT=5; x=1", 5), ("wait=0", 0), ("wait=99999999999999999999", nil),
            ("wait=", nil), ("wait", nil), ("wait=1.5", nil), ("wait=-1", nil), ("", nil), ("await=3", nil),
        ] as [(String, Int?)])
    func wait(field: String, seconds: Int?) {
        let bytes = Array(field.utf8)
        let found = Prefer.wait(bytes.span)
        #expect(found == seconds)
    }

    @Test(
        "If-None-Match by weak comparison",
        arguments: [
            (#""a-1""#, true), (#"W/"a-1""#, true), (#""b", W/"a-1""#, true), ("*", true), (#""a-2""#, false),
            (#""a-1"#, false), ("a-1", false), ("", false), (#""a-1" "#, true), (#""","#, false),
        ])
    func entityTags(list: String, isHeld: Bool) {
        let bytes = Array(list.utf8)
        let tag = Array(#""a-1""#.utf8)
        let found = EntityTag.list(bytes.span, holds: tag.span)
        #expect(found == isHeld)
    }

    @Test("a move by hand needs the admin scope, the picture the read scope")
    func scopes() throws {
        let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"  // "test"
        for (scopes, reads, moves) in [("read,write", true, false), ("admin", false, true), ("read,admin", true, true)]
        {
            let table = try TokenTable(parsing: "a:\(hash):\(scopes)")
            let gateway = openGateway { $0.tokens = table }
            let get = gateway.take(fields("GET", "/v1/maintenance", [.authorization: "Bearer test"])).refusal
            #expect(get == (reads ? "local maintenance" : "403 insufficient-scope"))
            let post = gateway.take(
                fields("POST", "/v1/maintenance/handoffs", [.authorization: "Bearer test"]),
                #"{"upstream":"main"}"#
            ).refusal
            #expect(post == (moves ? "handoff configured 15000" : "403 insufficient-scope"))
        }
    }
}
