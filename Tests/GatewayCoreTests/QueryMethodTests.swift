// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import RedisCore
import Testing

@testable import GatewayCore

@Suite("QUERY")
struct QueryMethodTests {
    private static let json: [FieldName: String] = [.contentType: "application/json"]

    private func take(_ target: String, _ body: String, _ headers: [FieldName: String] = Self.json) -> Came {
        openGateway().take(fields("QUERY", target, headers), body)
    }

    @Test(
        "commands that only read run, all others are 422",
        arguments: [
            ("[\"GET\",\"k\"]", "*2|$3|GET|$1|k|"), ("{\"command\":[\"PING\"]}", "*1|$4|PING|"),
            ("[\"SORT\",\"k\"]", "*2|$4|SORT|$1|k|"), ("[\"SET\",\"k\",\"v\"]", "refused 422 not-read-only"),
            ("[\"SORT\",\"k\",\"STORE\",\"l\"]", "refused 422 not-read-only"),
            ("[\"GETEX\",\"k\",\"PERSIST\"]", "refused 422 not-read-only"),
            ("[\"EVAL\",\"return 1\",\"0\"]", "refused 422 not-read-only"),
            ("[\"BLPOP\",\"k\",\"1\"]", "refused 422 not-read-only"),
            ("[\"XREAD\",\"BLOCK\",\"5\",\"STREAMS\",\"s\",\"0\"]", "*6|$5|XREAD|$5|BLOCK|$1|5|$7|STREAMS|$1|s|$1|0|"),
            ("[\"PUBLISH\",\"c\",\"m\"]", "refused 422 not-read-only"),
            ("[\"MONITOR\"]", "refused 403 command-not-allowed"), ("[]", "refused 400 invalid-command"),
        ])
    func commands(body: String, expected: String) {
        #expect(self.take("/v1/commands", body).wire == expected)
    }

    @Test("many keys, as GET reads them, and sent again when the reply is lost")
    func strings() throws {
        let plan = try #require(self.take("/v1/strings", "{\"keys\":[\"a\",{\"base64\":\"Yg==\"},5]}").plan)
        #expect(plan.commands == ["MGET a b 5"] && plan.retryClass == .readOnly)
        #expect(try plan.render("*3|$1|1|_|_|").text == "{\"a\":\"1\",\"b\":null,\"5\":null}")
        for body in ["{}", "{\"keys\":[]}", "{\"keys\":\"a\"}", "[\"a\"]", "{\"keys\":[\"a\"],\"x\":1}", ""] {
            #expect(self.take("/v1/strings", body).refusal == "400 invalid-argument", "\(body)")
        }
    }

    @Test("the body has a type, and the token the read scope")
    func conditions() throws {
        #expect(self.take("/v1/commands", "[\"GET\",\"k\"]", [:]).refusal == "400 invalid-header")
        #expect(
            self.take("/v1/commands", "[\"GET\",\"k\"]", [.contentType: "text/plain"]).refusal
                == "415 unsupported-media-type")
        #expect(self.take("/v1/pipelines", "[[\"GET\",\"k\"]]").refusal == "405 method-not-allowed")
        // A safe method: another site's page may send it, as it may GET.
        var headers = Self.json
        headers[.secFetchSite] = "cross-site"
        #expect(self.take("/v1/commands", "[\"GET\",\"k\"]", headers).plan != nil)
        let rule = try #require(RouteTable.rule(for: .strings))
        #expect(rule.scope(isSafe: MethodSet.safe.contains(.query)) == .read)
    }
}
