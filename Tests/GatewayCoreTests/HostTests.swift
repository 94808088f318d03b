// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import Testing

@testable import GatewayCore

@Suite("Hosts")
struct HostTests {
    private func gateway() throws -> Gateway {
        let hosts = try #require(HostList(["localhost", "127.0.0.1", "::1", "Redis.example.com"]))
        return openGateway { $0.allowedHosts = hosts }
    }

    @Test(
        "an authority is judged by its host, in any case of letters, with any port",
        arguments: [
            ("localhost", true), ("LocalHost:6380", true), ("localhost:", true), ("127.0.0.1:1", true), ("[::1]", true),
            ("[::1]:6380", true), ("redis.example.com", true), ("", false), (":80", false), ("localhost.", false),
            ("evil.example", false), ("localhost.evil.example", false), ("evil.example:localhost", false),
            ("localhost:80:80", false), ("localhost:8a", false), ("user@localhost", false), ("::1", false),
            ("[::1", false), ("[::1]x", false), ("[]", false), ("localhost/", false), ("localhost, a", false),
            ("127.0.0.2", false),
        ])
    func judged(authority: String, isAllowed: Bool) throws {
        let gateway = try self.gateway()
        var cache = AuthenticationCache()
        // Twice: what was allowed is remembered.
        for _ in 0..<2 {
            for target in ["/v1/strings/k", "/get/k", "/metrics"] {
                let request = fields("GET", target, [.authority: authority])
                switch gateway.admit(request, cache: &cache) {
                case .accepted: #expect(isAllowed, "\(target)")
                case .refused(let problem, _):
                    #expect(!isAllowed && problem.kind == .misdirectedRequest && problem.status == 421, "\(target)")
                }
            }
        }
    }

    @Test("one authority that is allowed lets no other in")
    func memory() throws {
        let gateway = try self.gateway()
        var cache = AuthenticationCache()
        for (authority, isAllowed) in [("localhost", true), ("localhosu", false), ("127.0.0.1", true), ("", false)] {
            let request = fields("GET", "/v1/strings/k", [.authority: authority])
            if case .accepted = gateway.admit(request, cache: &cache) {
                #expect(isAllowed, "\(authority)")
            } else {
                #expect(!isAllowed, "\(authority)")
            }
        }
    }

    @Test("health is told to everybody; OPTIONS and what is not there are not")
    func exempt() throws {
        let gateway = try self.gateway()
        let foreign: [FieldName: String] = [.authority: "evil.example"]
        for path in ["/livez", "/readyz", "/health"] {
            #expect(gateway.take(fields("GET", path, foreign)).wire.hasPrefix("local"))
        }
        for (method, path) in [("OPTIONS", "/v1/strings/k"), ("OPTIONS", "*"), ("GET", "/v1/none"), ("OPTIONS", "/")] {
            #expect(gateway.take(fields(method, path, foreign)).refusal == "421 misdirected-request")
        }
        #expect(openGateway().take(fields("GET", "/v1/strings/k", foreign)).plan != nil, "without a list")
    }

    @Test(
        "entries that are no host",
        arguments: ["", "example.com:80", "a b", "a/b", "[::1", "[::1]:80", "a,b", "a@b"])
    func bad(entry: String) {
        #expect(HostList(["localhost", entry]) == nil)
    }
}
