// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import MaintenanceLab
import NIOConcurrencyHelpers
import NIOCore
import TestKit
import Testing

extension Integration {
    /// Announced moves under everything that takes its time or has several steps.
    @Suite("Moves under every kind of request")
    struct MoveDrillTests {
        private struct Counts {
            var pushed = 0
            var popped: [Int] = []
            var transferred = 0
            var conflicts = 0
            var batches = 0
            var scans = 0
            var published = 0
            var added = 0
            var wrong: [String] = []
        }

        private typealias Tally = NIOLockedValueBox<Counts>
        private static let json = [("content-type", "application/json")]

        @Test(
            "long polls, scans, transactions with conditions, pipelines, subscribers and streams lose nothing in five moves"
        )
        func drill() async throws {
            try await MaintainedGateway.with { gateway in
                for number in 0..<2_000 { _ = gateway.redis.command("SET", "scan:\(number)", "") }
                _ = gateway.redis.command("SET", "a", "1000000")
                _ = gateway.redis.command("SET", "b", "0")
                let port = gateway.baton.port
                let listener = try EventStream(port, "/v1/channels/c/messages")
                let follower = try EventStream(
                    port, "/v1/streams/s/entries?start=-", fields: ["Accept": "text/event-stream"])
                let tally = Tally(Counts())
                let isOver = NIOLockedValueBox(false)
                let client = try await gateway.http2()
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    let steps: [@Sendable (HTTP2TestClient, Tally) async throws -> Void] = [
                        Self.pop, Self.pop, Self.push, Self.transfer, Self.transfer, Self.batch, Self.scan,
                        Self.publish,
                        Self.add,
                    ]
                    for step in steps {
                        tasks.addTask {
                            while !isOver.withLockedValue({ $0 }) { try await step(client, tally) }
                        }
                    }
                    var current = gateway.endpoint
                    for round in 1...5 {
                        let next = try await gateway.lab.open(
                            host: round % 2 == 0 ? "127.0.0.1" : "127.0.0.2", backend: gateway.backend)
                        try await gateway.lab.push(
                            .moving(sequence: Int64(round), time: 3, target: next.address), to: .optedIn(current))
                        #expect(try await gateway.lab.wait(of: next) { $0.commands["PUBLISH", default: 0] > 20 })
                        #expect(try await gateway.lab.wait(of: current) { $0.open == 0 })
                        current = next
                    }
                    isOver.withLockedValue { $0 = true }
                    try await tasks.waitForAll()
                }
                // What was pushed and not popped is still there.
                while tally.withLockedValue({ $0.popped.count < $0.pushed && $0.wrong.isEmpty }) {
                    try await Self.pop(client, tally)
                }
                let counts = tally.withLockedValue { $0 }
                #expect(counts.wrong.isEmpty, "\(counts.wrong.prefix(5)) of \(counts.wrong.count)")
                #expect(counts.popped.sorted() == Array(0..<counts.pushed))
                #expect(counts.transferred > 20 && counts.batches > 20 && counts.scans > 5)
                #expect(gateway.redis.command("GET", "a").hasSuffix("\r\n\(1_000_000 - counts.transferred)\r\n"))
                #expect(gateway.redis.command("GET", "b").hasSuffix("\r\n\(counts.transferred)\r\n"))
                #expect(gateway.redis.command("GET", "batches").hasSuffix("\r\n\(counts.batches * 3)\r\n"))
                try listener.read(until: "\"message\":\"\(counts.published - 1)\"")
                #expect(listener.numbers == Array(0..<counts.published) && !listener.text.contains("event: gap"))
                try follower.read(until: "\"\(counts.added - 1)\"")
                #expect(follower.entries == Array(0..<counts.added))
                print(
                    "moves: \(counts.pushed) pushed and popped, \(counts.transferred) transfers (\(counts.conflicts) conflicts),",
                    "\(counts.batches) pipelines, \(counts.scans) scans, \(counts.published) messages, \(counts.added) entries"
                )
                client.close()
            }
        }

        private static func post(
            _ client: HTTP2TestClient, _ target: String, _ body: String, _ tally: Tally, _ expected: Set<Int> = [200]
        ) async throws -> TestResponse {
            let answer = try await client.request("POST", target, fields: Self.json, body: Array(body.utf8))
            if !expected.contains(answer.status) {
                tally.withLockedValue { $0.wrong.append("\(target): \(answer.status) \(answer.text)") }
            }
            return answer
        }

        /// A long poll; what it pops is taken once.
        private static func pop(_ client: HTTP2TestClient, _ tally: Tally) async throws {
            let answer = try await Self.post(
                client, "/v1/lists/queue/pop", #"{"side":"left","wait_ms":500}"#, tally, [200, 204])
            guard answer.status == 200 else { return }
            let digits = answer.text.filter(\.isNumber)
            tally.withLockedValue { $0.popped.append(Int(digits) ?? -1) }
        }

        private static func push(_ client: HTTP2TestClient, _ tally: Tally) async throws {
            let number = tally.withLockedValue { $0.pushed }
            let answer = try await Self.post(
                client, "/v1/lists/queue/push", #"{"side":"right","values":["\#(number)"]}"#, tally)
            if answer.status == 200 { tally.withLockedValue { $0.pushed += 1 } }
        }

        /// Moves one from a to b, if a is as it was read.
        private static func transfer(_ client: HTTP2TestClient, _ tally: Tally) async throws {
            let read = try await client.request("GET", "/v1/strings/a")
            guard let tag = read.fields["etag"]?.replacing("\"", with: "\\\"") else {
                return tally.withLockedValue { $0.wrong.append("GET: \(read.status) \(read.text)") }
            }
            let body = #"{"if_match":{"a":""# + tag + #""},"commands":[["DECR","a"],["INCR","b"]]}"#
            let answer = try await Self.post(client, "/v1/transactions", body, tally, [200, 409, 412])
            tally.withLockedValue { counts in
                if answer.status == 200 { counts.transferred += 1 } else { counts.conflicts += 1 }
            }
        }

        private static func batch(_ client: HTTP2TestClient, _ tally: Tally) async throws {
            let body = #"[["INCR","batches"],["GET","a"],["INCR","batches"],["INCR","batches"]]"#
            let answer = try await Self.post(client, "/v1/pipelines", body, tally)
            tally.withLockedValue { counts in
                counts.batches += 1
                if answer.text.contains("error") { counts.wrong.append(answer.text) }
            }
        }

        private static func scan(_ client: HTTP2TestClient, _ tally: Tally) async throws {
            let answer = try await client.request(
                "GET", "/v1/keys?match=scan%3A%2A&count=100", fields: [("accept", "application/x-ndjson")])
            let keys = Set(answer.text.split(separator: "\n"))
            tally.withLockedValue { counts in
                counts.scans += 1
                if keys.count != 2_000 { counts.wrong.append("a scan of \(keys.count): \(answer.text.suffix(200))") }
            }
        }

        private static func publish(_ client: HTTP2TestClient, _ tally: Tally) async throws {
            let number = tally.withLockedValue { $0.published }
            let answer = try await client.request("POST", "/v1/channels/c/messages", body: Array("\(number)".utf8))
            tally.withLockedValue { counts in
                if answer.status == 200 { counts.published += 1 } else { counts.wrong.append(answer.text) }
            }
        }

        private static func add(_ client: HTTP2TestClient, _ tally: Tally) async throws {
            let number = tally.withLockedValue { $0.added }
            let answer = try await Self.post(
                client, "/v1/streams/s/entries", #"{"fields":{"n":"\#(number)"}}"#, tally, [201])
            if answer.status == 201 { tally.withLockedValue { $0.added += 1 } }
        }
    }
}
