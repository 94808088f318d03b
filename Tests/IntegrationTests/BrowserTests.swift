// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import TestKit
import Testing

extension Integration {
    /// What browsers, and the pages in them, get.
    @Suite("Browsers")
    struct BrowserTests {
        @Test("values, problems and descriptions are not to be sniffed; over HTTP/2 a browser is told so")
        func sniffing() async throws {
            let gateway = try Gateway()
            let client = try gateway.http1()
            let http2 = try await gateway.http2()
            #expect(client.request("PUT", "/v1/strings/page", body: Array("<script>".utf8))?.status == 201)
            for target in ["/v1/strings/page", "/v1/strings/none", "/v1/keys/page", "/openapi.json", "/metrics"] {
                let plain = try #require(client.request("GET", target))
                #expect(plain.fields["x-content-type-options"] == "nosniff", "\(target)")
                for (name, value) in [("sec-fetch-site", "same-origin"), ("origin", "http://localhost")] {
                    let browser = try await http2.request("GET", target, fields: [(name, value)])
                    #expect(browser.fields["x-content-type-options"] == "nosniff", "\(target)")
                }
                let other = try await http2.request("GET", target)
                #expect(other.fields["x-content-type-options"] == nil, "\(target)")
            }
            http2.close()
        }

        @Test("a name that resolves here by another's will is 421, but for health")
        func rebinding() async throws {
            let gateway = try Gateway()
            let port = gateway.baton.port
            for (host, status) in [
                ("localhost:\(port)", 404), ("127.0.0.1:\(port)", 404), ("[::1]:\(port)", 404), ("evil.example", 421),
                ("evil.example:\(port)", 421),
            ] {
                #expect(try self.status("/v1/strings/k", host: host, port: port) == status, "\(host)")
                #expect(try self.status("/readyz", host: host, port: port) == 200, "\(host)")
            }
            let listed = try Gateway("--allowed-hosts", "redis.example,localhost")
            #expect(try self.status("/v1/strings/k", host: "redis.example", port: listed.baton.port) == 404)
            #expect(try self.status("/v1/strings/k", host: "127.0.0.1", port: listed.baton.port) == 421)
        }

        private func status(_ target: String, host: String, port: Int) throws -> Int? {
            let connection = try #require(RawConnection(port: port))
            #expect(connection.send(Array("GET \(target) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n".utf8)))
            let head = connection.receive(seconds: 10).map { String(decoding: $0.prefix(12), as: UTF8.self) }
            return head.flatMap { Int($0.suffix(3)) }
        }

        @Test("a page of an allowed origin reads, writes, and asks first; any other's does not")
        func origins() async throws {
            let gateway = try Gateway("--cors-origins", "https://app.example,http://localhost:3000")
            let client = try gateway.http1()
            let http2 = try await gateway.http2()
            let page = ["Origin": "https://app.example", "Sec-Fetch-Site": "cross-site"]
            let foreign = ["Origin": "https://b.example", "Sec-Fetch-Site": "cross-site"]
            let asking = ["Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "authorization"]

            let preflight = try #require(
                client.request("OPTIONS", "/v1/strings/k", fields: page.merging(asking) { first, _ in first }))
            #expect(preflight.status == 204 && preflight.fields["access-control-max-age"] == "600")
            #expect(preflight.fields["access-control-allow-origin"] == "https://app.example")
            #expect(preflight.fields["access-control-allow-methods"] == preflight.fields["allow"])
            let refused = try #require(
                client.request("OPTIONS", "/v1/strings/k", fields: foreign.merging(asking) { first, _ in first }))
            #expect(refused.fields["access-control-allow-methods"] == nil)
            #expect(refused.fields["access-control-allow-origin"] == nil && refused.fields["vary"] == "Origin")

            // Its body is not read: the connection ends.
            #expect(try gateway.http1().request("PUT", "/v1/strings/k", fields: foreign, body: [1])?.status == 403)
            let written = try #require(client.request("PUT", "/v1/strings/k", fields: page, body: [1]))
            #expect(written.status == 201 && written.fields["access-control-allow-origin"] == "https://app.example")
            for (target, status) in [("/v1/strings/k", 200), ("/v1/strings/none", 404), ("/get/k", 200)] {
                let read = try await http2.request(
                    "GET", target, fields: [("origin", "http://localhost:3000"), ("sec-fetch-site", "same-site")])
                #expect(read.status == status && read.fields["vary"] == "Origin", "\(target)")
                #expect(read.fields["access-control-allow-origin"] == "http://localhost:3000", "\(target)")
                #expect(read.fields["access-control-expose-headers"]?.contains("Redis-TTL-Ms") == true, "\(target)")
                #expect(read.fields["access-control-allow-credentials"] == nil, "\(target)")
            }
            http2.close()
        }
    }
}
