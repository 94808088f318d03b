// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import Testing

@testable import GatewayCore

@Suite("Origins")
struct OriginTests {
    private func gateway(_ origins: String...) throws -> Gateway {
        let policy = try #require(OriginPolicy(origins))
        return openGateway { $0.origins = policy }
    }

    private func applied(_ policy: OriginPolicy, _ request: RequestFields) -> [String: String] {
        var response = Response(status: 200)
        policy.apply(to: &response, for: request)
        return Dictionary(uniqueKeysWithValues: response.fields.map { ($0.name.value.description, $0.value) })
    }

    @Test("a page of an allowed origin sees the answer; what is kept for others varies by origin")
    func listed() throws {
        let policy = try #require(OriginPolicy(["https://App.example", "http://localhost:3000"]))
        let allowed = self.applied(policy, fields("GET", "/v1/strings/k", [.origin: "https://app.example"]))
        #expect(allowed["access-control-allow-origin"] == "https://app.example" && allowed["vary"] == "Origin")
        #expect(allowed["access-control-expose-headers"]?.contains("ETag") == true)
        #expect(allowed["access-control-allow-credentials"] == nil)
        for origin in ["https://app.example.evil", "https://app.example:443", "http://app.example", "null", "", "*"] {
            let request = fields("GET", "/v1/strings/k", [.origin: origin])
            #expect(self.applied(policy, request) == ["vary": "Origin"], "\(origin)")
        }
        #expect(self.applied(policy, fields("GET", "/v1/strings/k")) == ["vary": "Origin"])
    }

    @Test("with * every origin is allowed, by no name")
    func any() throws {
        let policy = try #require(OriginPolicy(["*"]))
        let request = fields("GET", "/v1/strings/k", [.origin: "https://app.example"])
        #expect(self.applied(policy, request)["access-control-allow-origin"] == "*")
        #expect(self.applied(policy, request)["vary"] == nil)
        #expect(self.applied(policy, fields("GET", "/v1/strings/k")).isEmpty)
    }

    @Test("a preflight learns methods and fields")
    func preflight() throws {
        let gateway = try self.gateway("https://app.example")
        let asking: [FieldName: String] = [.origin: "https://app.example", .accessControlRequestMethod: "PUT"]
        guard case .response(let response) = gateway.take(fields("OPTIONS", "/v1/strings/k", asking)) else {
            Issue.record("no answer")
            return
        }
        #expect(response.status == 204)
        #expect(response.field(.allow) == response.field(.accessControlAllowMethods))
        #expect(response.field(.accessControlAllowMethods)?.contains("PUT") == true)
        #expect(response.field(.accessControlAllowHeaders)?.contains("Authorization") == true)
        #expect(response.field(.accessControlMaxAge) == "600")
        for request in [
            fields("OPTIONS", "/v1/strings/k", [.origin: "https://app.example"]),
            fields("OPTIONS", "/v1/strings/k", [.origin: "https://b.example", .accessControlRequestMethod: "PUT"]),
        ] {
            guard case .response(let response) = gateway.take(request) else { continue }
            #expect(response.field(.accessControlAllowMethods) == nil && response.field(.allow) != nil)
        }
    }

    @Test(
        "a write of another site's page is let through with an allowed origin only",
        arguments: [
            ("https://app.example", true), ("https://b.example", false), ("null", false), ("", false),
        ])
    func writes(origin: String, isAllowed: Bool) throws {
        let gateway = try self.gateway("https://app.example")
        for (method, target) in [
            ("PUT", "/v1/strings/k"), ("DELETE", "/v1/keys/k"), ("POST", "/set/k/v"), ("POST", "/v1/sets/k/pop"),
        ] {
            for site in ["cross-site", "same-site"] {
                let request = fields(method, target, [.secFetchSite: site, .origin: origin])
                let came = gateway.take(request)
                #expect((came.plan != nil) == isAllowed, "\(method) \(target): \(came.wire)")
                #expect(openGateway().take(request).refusal == "403 cross-site-request", "without origins")
                let nameless = fields(method, target, [.secFetchSite: site])
                #expect(gateway.take(nameless).refusal == "403 cross-site-request")
            }
        }
    }

    @Test(
        "entries that are no origin",
        arguments: [
            "app.example", "https://", "://a", "https://a/", "https://a/b", "null", "*", "https://*.a", "https://a b",
            "https://u@a", "",
        ])
    func bad(entry: String) {
        #expect(OriginPolicy(["https://app.example", entry]) == nil)
        #expect(OriginPolicy([]) == nil)
    }
}
