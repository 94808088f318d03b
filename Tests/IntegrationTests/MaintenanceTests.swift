// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import MaintenanceLab
import NIOCore
import TestKit
import Testing

extension Integration {
    /// What the gateway tells of maintenance, over real sockets.
    @Suite("Maintenance")
    struct MaintenanceTests {
        private static let path = "/v1/maintenance"
        private static let json = [("content-type", "application/json")]

        /// The first upstream of a document.
        private static func upstream(_ response: TestResponse) throws -> [String: Any] {
            let object = try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any]
            return try #require((object?["upstreams"] as? [[String: Any]])?.first)
        }

        private static func history(_ response: TestResponse) throws -> [[String: Any]] {
            let object = try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any]
            return try #require(object?["history"] as? [[String: Any]])
        }

        /// Waits until the picture has no move and no window.
        private static func settled(_ client: HTTP2TestClient) async throws -> TestResponse {
            var response = try await client.request("GET", Self.path)
            for _ in 0..<30 where response.member("state") != "normal" {
                let tag = response.fields["etag"] ?? ""
                response = try await client.request(
                    "GET", Self.path, fields: [("if-none-match", tag), ("prefer", "wait=1")])
                if response.status == 304 { response = try await client.request("GET", Self.path) }
            }
            return response
        }

        @Test("the picture, its validator, and a wait that ends in time")
        func polling() async throws {
            let gateway = try Gateway("--event-loops", "2")
            let client = try await gateway.http2()
            let response = try await Self.settled(client)
            #expect(response.status == 200)
            #expect(response.fields["content-type"] == "application/json")
            #expect(response.member("state") == "normal")
            #expect(try Self.upstream(response)["notifications"] as? String == "unsupported")
            let tag = try #require(response.fields["etag"])
            let known = [("if-none-match", tag)]
            let unchanged = try await client.request("GET", Self.path, fields: known)
            #expect(unchanged.status == 304)
            #expect(unchanged.fields["etag"] == tag)
            let head = try await client.request("HEAD", Self.path)
            #expect(head.status == 200 && head.body.isEmpty)
            let start = Date()
            let waited = try await client.request("GET", Self.path, fields: known + [("prefer", "wait=1")])
            #expect(waited.status == 304)
            #expect(waited.fields["preference-applied"] == "wait=1")
            #expect(Date().timeIntervalSince(start) > 0.9)
            #expect(try await client.request("GET", "/health").text.contains("\"maintenance\":\"normal\""))
        }

        @Test("held requests keep no other request of their connection back")
        func heldRequests() async throws {
            let gateway = try Gateway("--maintenance-watchers-maximum", "20")
            let client = try await gateway.http2()
            let tag = try #require(try await Self.settled(client).fields["etag"])
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await client.request(
                            "GET", Self.path, fields: [("if-none-match", tag), ("prefer", "wait=60")]
                        ).status
                    }
                }
                let put = try await client.request("PUT", "/v1/strings/a", body: Array("1".utf8))
                #expect(put.status == 201)
                #expect(try await client.request("GET", "/v1/strings/a").text == "1")
                // Over the limit nothing is held.
                let extra = try await client.request(
                    "GET", Self.path, fields: [("if-none-match", tag), ("prefer", "wait=60")])
                #expect(extra.status == 304)
                #expect(extra.fields["preference-applied"] == nil)
                // The drain ends the wait.
                gateway.baton.signal(SIGTERM)
                for try await status in group { #expect(status == 304) }
            }
            #expect(gateway.baton.exitStatus() == 0)
        }

        @Test("a move by hand on two loops is told once, and wakes who waits")
        func moveByHand() async throws {
            try await MaintainedGateway.with("--event-loops", "2") { gateway in
                let client = try await gateway.http2()
                let next = try await gateway.lab.open(backend: gateway.backend)
                let before = try await Self.settled(client)
                let tag = try #require(before.fields["etag"])
                async let woken = client.request(
                    "GET", Self.path, fields: [("if-none-match", tag), ("prefer", "wait=20")])
                let body = #"{"upstream":"main","target":"\#(next.address)","grace_ms":5000}"#
                let posted = try await client.request(
                    "POST", Self.path + "/handoffs", fields: Self.json, body: Array(body.utf8))
                #expect(posted.status == 202, "\(posted.text)")
                #expect(try Self.history(posted).contains { $0["phase"] as? String == "waiting" })
                let news = try await woken
                #expect(news.status == 200)
                #expect(news.fields["etag"] != tag)
                #expect(Int(news.member("revision") ?? "") ?? 0 > Int(before.member("revision") ?? "") ?? 0)
                let after = try await Self.settled(client)
                #expect(try await gateway.lab.wait(of: gateway.endpoint) { $0.open == 0 })
                let last = try #require(try Self.upstream(after)["last_handoff"] as? [String: Any])
                #expect(last["phase"] as? String == "done")
                #expect(last["target"] as? String == next.address)
                #expect(last["moved"] as? Int == 2, "one connection a loop")
                let phases = try Self.history(after).compactMap { $0["phase"] as? String }
                #expect(phases.count == Set(phases).count, "each phase once: \(phases)")
                #expect(phases.first == "waiting" && phases.last == "done")
            }
        }

        @Test("readiness bears an outage that was announced, and no other")
        func readiness() async throws {
            try await MaintainedGateway.with("--unready-after", "100ms", "--relaxed-tail", "0s") { gateway in
                let client = try await gateway.http2()
                _ = try await Self.settled(client)
                func cut() async throws {
                    try await gateway.lab.setMode(.refuse, of: gateway.endpoint)
                    try await gateway.lab.close(.all(gateway.endpoint))
                }
                try await gateway.lab.push(.failingOver(sequence: 1, time: 5), to: .all)
                try await cut()
                try await gateway.lab.pause(.milliseconds(500))
                let health = try await client.request("GET", "/health")
                #expect(health.text.contains("\"maintenance\":\"reconnecting\""), "\(health.text)")
                #expect(try await client.request("GET", "/v1/maintenance").member("state") == "down")
                #expect(try await client.request("GET", "/readyz").status == 200)
                try await gateway.lab.setMode(.serve, of: gateway.endpoint)
                #expect(try await gateway.lab.wait(of: gateway.endpoint) { $0.open > 0 })
                try await gateway.lab.push(.failedOver(sequence: 2), to: .all)
                #expect(try await Self.settled(client).member("state") == "normal")
                try await cut()
                let port = gateway.baton.port
                #expect(
                    Wait.until(seconds: 10) { HTTP1TestClient(port: port)?.request("GET", "/readyz")?.status == 503 })
            }
        }

        @Test("an announced migration is told once by two loops, and keeps the gateway ready")
        func announced() async throws {
            try await MaintainedGateway.with("--event-loops", "2", "--relaxed-tail", "0s") { gateway in
                let client = try await gateway.http2()
                let before = try await Self.settled(client)
                #expect(try Self.upstream(before)["notifications"] as? String == "on")
                let count = try Self.history(before).count
                try await gateway.lab.push(.migrating(sequence: 1, time: 5, shards: ["1"]), to: .all)
                let open = try await client.request(
                    "GET", Self.path,
                    fields: [("if-none-match", before.fields["etag"] ?? ""), ("prefer", "wait=10")])
                #expect(open.member("state") == "maintenance")
                #expect(try (Self.upstream(open)["windows"] as? [Any])?.count == 1)
                #expect(try await client.request("GET", "/readyz").status == 200)
                try await gateway.lab.push(.migrated(sequence: 2, shards: ["1"]), to: .all)
                let after = try await Self.settled(client)
                #expect(try (Self.upstream(after)["windows"] as? [Any])?.isEmpty == true)
                let events = try Self.history(after).dropFirst(count).compactMap { $0["event"] as? String }
                #expect(events.count { $0 == "window_opened" } == 1, "\(events)")
            }
        }
    }
}
