// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import Testing

@testable import GatewayCore

@Suite("Routing")
struct RoutingTests {
    let gateway = openGateway()

    @Test(
        "a path belongs to one route, or to none",
        arguments: [
            ("/v1/strings/a", Route.string), ("/v1/strings/a:b", .string), ("/v1/keys/a", .key),
            ("/v1/keys/a/ttl", .keyTTL), ("/v1/keys/ttl", .key), ("/v1/keys/ttl/ttl", .keyTTL),
            ("/v1/commands", .commands), ("/v1/pipelines", .pipelines), ("/v1/transactions", .transactions),
            ("/livez", .livez), ("/readyz", .readyz), ("/health", .health), ("/metrics", .metrics),
            ("/livez?verbose", .livez),
        ])
    func routes(path: String, route: Route) {
        let method = [Route.commands, .pipelines, .transactions].contains(route) ? "POST" : "GET"
        var cache = AuthenticationCache()
        guard case .accepted(let match) = self.gateway.admit(fields(method, path), cache: &cache) else {
            Issue.record("\(path) was refused")
            return
        }
        #expect(match.route == route)
    }

    @Test(
        "any other path is 404, a trailing slash included",
        arguments: [
            "/v1", "/v1/", "/v1/string", "/v1/strings/", "/v1/strings/a/", "/v1/strings/a/b", "/v1/keys/",
            "/v1/keys/a/ttl/", "/v1/keys//ttl", "/v1/keys/a/ttlx", "/v1/keys/a/tt", "/v1/commands/", "/v1/Commands",
            "/livez/", "/metrics/x", "/v1/string/a", "//v1/strings/a", "*",
        ])
    func unknown(path: String) {
        #expect(self.gateway.take(fields("GET", path)).refusal == "404 route-not-found")
    }

    @Test("a method that a route does not have is 405 with the methods it has")
    func methodNotAllowed() throws {
        let expected = [
            "/v1/strings/k": "GET, HEAD, PUT, DELETE, OPTIONS", "/v1/keys/k": "GET, HEAD, DELETE, OPTIONS",
            "/v1/keys/k/ttl": "GET, HEAD, PUT, DELETE, OPTIONS", "/v1/pipelines": "POST, OPTIONS",
            "/livez": "GET, HEAD, OPTIONS", "/v1/commands": "POST, OPTIONS, QUERY",
        ]
        for (path, allow) in expected {
            for method in ["PATCH", "QUERY", "BREW"] where !allow.contains(method) {
                let request = fields(method, path)
                let problem = try #require(self.gateway.take(request).problem)
                let response = problem.response(requestID: .made(1), fields: request)
                #expect(response.status == 405)
                #expect(response.field(.allow) == allow)
            }
        }
    }

    @Test("OPTIONS answers 204 with Allow, for a path and for *")
    func options() throws {
        for (path, allow) in [
            ("/v1/strings/k", "GET, HEAD, PUT, DELETE, OPTIONS"), ("/v1/pipelines", "POST, OPTIONS"),
            ("/v1/commands", "POST, OPTIONS, QUERY"), ("/v1/strings", "GET, HEAD, PATCH, OPTIONS, QUERY"),
            ("*", "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS, QUERY"),
        ] {
            guard case .response(let response) = self.gateway.take(fields("OPTIONS", path)) else {
                Issue.record("OPTIONS \(path) was not answered")
                continue
            }
            #expect(response.status == 204)
            #expect(response.field(.allow) == allow)
        }
        #expect(self.gateway.take(fields("OPTIONS", "/v1/nowhere")).refusal == "404 route-not-found")
    }

    @Test("the health routes and the metrics are answered from memory")
    func local() {
        for path in ["/livez", "/readyz?verbose=1", "/health", "/metrics"] {
            for method in ["GET", "HEAD"] {
                #expect(self.gateway.take(fields(method, path)).wire.hasPrefix("local"))
            }
        }
    }

    @Test("the route table lies in the order of the routes, and each template says itself once")
    func table() {
        for (index, rule) in RouteTable.rules.enumerated() {
            #expect(Int(rule.route.rawValue) == index)
        }
        #expect(RouteTable.rules.count == Route.allCases.count - 1)
        #expect(Set(Route.allCases.map { $0.template.description }).count == Route.allCases.count)
        #expect(Route.string.template.description == "/v1/strings/{key}")
        #expect(Route.unknown.template.description == "unknown")
    }

    @Test(
        "a key keeps its bytes, and is decoded once",
        arguments: [
            ("a", Array("a".utf8)), ("a%2Fb", Array("a/b".utf8)), ("%00", [0]), ("%FF%fe", [0xFF, 0xFE]),
            ("a+b", Array("a+b".utf8)), ("%252F", Array("%2F".utf8)),
            ("a:b;c=d,e!$&'()*@", Array("a:b;c=d,e!$&'()*@".utf8)),
            ("%C3%A9", [0xC3, 0xA9]), (".", [0x2E]), ("~", [0x7E]), ("a%20b", Array("a b".utf8)),
        ] as [(String, [UInt8])])
    func keys(segment: String, key: [UInt8]) {
        for suffix in ["", "?", "?&&"] {
            #expect(self.key("/v1/strings/\(segment)\(suffix)") == key)
            #expect(self.key("/v1/keys/\(segment)/ttl\(suffix)") == key)
        }
    }

    @Test("raw bytes from 0x80 on are data; controls, spaces, DEL and # are not part of a target")
    func rawBytes() {
        for byte in UInt8.min...UInt8.max {
            let came = self.gateway.take(fields("GET", bytes: Array("/v1/keys/a".utf8) + [byte]))
            switch byte {
            case 0...0x20, 0x7F, UInt8(ascii: "#"), UInt8(ascii: "%"): #expect(came.refusal == "400 invalid-target")
            case UInt8(ascii: "/"): #expect(came.refusal == "404 route-not-found")
            case UInt8(ascii: "?"): #expect(came.plan?.subject == ByteBuffer(string: "a"))
            default: #expect(came.plan?.subject == ByteBuffer(bytes: [0x61, byte]))
            }
        }
    }

    @Test("a percent escape that is not one is 400", arguments: ["%", "%2", "%2x", "%x2", "a%", "a%f", "%%20", "%+1"])
    func badEscapes(segment: String) {
        #expect(self.gateway.take(fields("GET", "/v1/strings/\(segment)")).refusal == "400 invalid-target")
        #expect(self.gateway.take(fields("GET", "/v1/keys/\(segment)/ttl")).refusal == "400 invalid-target")
    }

    @Test(
        "key_encoding=base64url decodes the segment, padded or not, empty too",
        arguments: [
            ("YQ", Array("a".utf8)), ("YQ==", Array("a".utf8)), ("YQ%3D%3D", Array("a".utf8)), ("", []), ("Lg", [0x2E]),
            ("Li4", [0x2E, 0x2E]), ("_-8", [0xFF, 0xEF]), ("AAAA", [0, 0, 0]), ("AAA=", [0, 0]),
        ] as [(String, [UInt8])])
    func base64Keys(segment: String, key: [UInt8]) {
        #expect(self.key("/v1/strings/\(segment)?key_encoding=base64url") == key)
        #expect(self.key("/v1/keys/\(segment)/ttl?key_encoding=base64url") == key)
    }

    @Test(
        "what is not base64url is 400",
        arguments: ["Y", "YQ=", "Y===", "YR", "+%2F8", "Y Q".replacing(" ", with: "%20"), "AAA==", "====", "YQ==YQ=="])
    func badBase64(segment: String) {
        #expect(
            self.gateway.take(fields("GET", "/v1/strings/\(segment)?key_encoding=base64url")).refusal
                == "400 invalid-target")
    }

    @Test(
        "an unknown, repeated or wrong query parameter is 400 and named",
        arguments: [
            ("GET", "/v1/strings/k?x=1", "'x'"), ("GET", "/v1/strings/k?ttl_ms=1", "'ttl_ms'"),
            ("PUT", "/v1/strings/k?ttl_ms=0", "'ttl_ms'"), ("PUT", "/v1/strings/k?ttl_ms=-5", "'ttl_ms'"),
            ("PUT", "/v1/strings/k?ttl_ms=1.5", "'ttl_ms'"), ("PUT", "/v1/strings/k?ttl_ms=", "'ttl_ms'"),
            ("PUT", "/v1/strings/k?ttl_ms", "'ttl_ms'"),
            ("PUT", "/v1/strings/k?ttl_ms=9223372036854775808", "'ttl_ms'"),
            ("PUT", "/v1/strings/k?ttl_ms=1&ttl_ms=1", "'ttl_ms'"),
            ("PUT", "/v1/strings/k?ttl_ms=1&expire_at_ms=1", "'expire_at_ms'"),
            ("PUT", "/v1/strings/k?expire_at_ms=0", "'expire_at_ms'"),
            ("PUT", "/v1/strings/k?keep_ttl=true&ttl_ms=1", "'ttl_ms'"),
            ("PUT", "/v1/strings/k?keep_ttl=1", "'keep_ttl'"), ("PUT", "/v1/strings/k?TTL_MS=1", "'TTL_MS'"),
            ("GET", "/v1/strings/k?key_encoding=hex", "'key_encoding'"),
            ("GET", "/v1/strings/k?key_encoding=base64url&key_encoding=base64url", "'key_encoding'"),
            ("POST", "/v1/commands?key_encoding=base64url", "'key_encoding'"), ("GET", "/metrics?verbose", "'verbose'"),
            ("GET", "/livez?a%22b=1", "'a\"b'"), ("GET", "/v1/strings/k?a=%zz", "percent escape"),
        ])
    func badParameters(method: String, target: String, named: String) throws {
        let problem = try #require(self.gateway.take(fields(method, target), "[\"PING\"]").problem)
        #expect(problem.kind == .invalidParameter)
        #expect(problem.details.detail?.contains(named) == true, "\(problem.details.detail ?? "")")
    }

    @Test("a parameter may be percent-encoded")
    func encodedParameter() {
        #expect(self.gateway.take(fields("PUT", "/v1/strings/k?ttl%5Fms=%31%30"), "v").wire.contains("|PX|$2|10|"))
    }

    private func key(_ target: String) -> [UInt8]? {
        self.gateway.take(fields("GET", target)).plan.map { Array($0.subject.readableBytesView) }
    }
}
