// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import NIOConcurrencyHelpers
import TestKit
import Testing

extension Integration {
    @Suite("Conditional requests")
    struct ConditionTests {
        /// Successful updates of the race; 10,000 with `TEST_ROUNDS=10000`.
        private static let rounds = Int(ProcessInfo.processInfo.environment["TEST_ROUNDS"] ?? "") ?? 100

        @Test("64 writers that read, add and write with If-Match lose no update")
        func race() async throws {
            let gateway = try Gateway()
            let client = try await gateway.http2()
            #expect(try await client.request("PUT", "/v1/strings/n", body: Array("0".utf8)).status == 201)
            let tally = NIOLockedValueBox((written: 0, refused: 0, wrong: [String]()))
            let started = Wait.now()
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<64 {
                    tasks.addTask { try await Self.write(client, tally) }
                }
                try await tasks.waitForAll()
            }
            let seconds = Wait.now() - started
            let counts = tally.withLockedValue { $0 }
            #expect(counts.wrong.isEmpty, "\(counts.wrong.prefix(3))")
            #expect(counts.written >= Self.rounds && counts.refused > 0)
            #expect(gateway.redis.command("GET", "n").hasSuffix("\r\n\(counts.written)\r\n"))
            print("race: \(counts.written) updates, \(counts.refused) refused, \(Int(seconds * 1000)) ms")
            client.close()
        }

        private static func write(
            _ client: HTTP2TestClient, _ tally: NIOLockedValueBox<(written: Int, refused: Int, wrong: [String])>
        ) async throws {
            while tally.withLockedValue({ $0.written }) < Self.rounds {
                let read = try await client.request("GET", "/v1/strings/n")
                guard let number = Int(read.text), let tag = read.fields["etag"] else {
                    return tally.withLockedValue { $0.wrong.append("GET: \(read.status) \(read.text)") }
                }
                let put = try await client.request(
                    "PUT", "/v1/strings/n", fields: [("if-match", tag)], body: Array("\(number + 1)".utf8))
                tally.withLockedValue { counts in
                    switch put.status {
                    case 204: counts.written += 1
                    case 412: counts.refused += 1
                    default: counts.wrong.append("PUT: \(put.status) \(put.text)")
                    }
                }
            }
        }

        @Test("one of many that create with If-None-Match: * succeeds")
        func creation() async throws {
            let gateway = try Gateway()
            let client = try await gateway.http2()
            for round in 0..<20 {
                let statuses = try await withThrowingTaskGroup(of: Int.self) { tasks in
                    for number in 0..<32 {
                        tasks.addTask {
                            try await client.request(
                                "PUT", "/v1/strings/c\(round)", fields: [("if-none-match", "*")],
                                body: Array("\(number)".utf8)
                            ).status
                        }
                    }
                    return try await tasks.reduce(into: [Int]()) { $0.append($1) }
                }
                #expect(statuses.filter { $0 == 201 }.count == 1 && statuses.filter { $0 == 412 }.count == 31)
            }
            client.close()
        }

        @Test("a value, its tag, and what follows from it, over HTTP/1.1, binary and large")
        func tour() throws {
            let gateway = try Gateway()
            let client = try gateway.http1()
            let target = "/v1/strings/a%2Fb%00%FF"
            for size in [0, 5, 3_000_000] {
                let value = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
                let put = try #require(client.request("PUT", target, body: value))
                let tag = try #require(put.fields["etag"])
                let read = try #require(client.request("GET", target))
                #expect(read.body == value && read.fields["etag"] == tag)
                let same = try #require(client.request("GET", target, fields: ["If-None-Match": tag]))
                #expect(same.status == 304 && same.body.isEmpty && same.fields["etag"] == tag)
                #expect(client.request("HEAD", target, fields: ["If-None-Match": tag])?.status == 304)
                #expect(client.request("PUT", target, fields: ["If-Match": "\"x\""], body: [1])?.status == 412)
                let written = try #require(client.request("PUT", target, fields: ["If-Match": tag], body: value + [1]))
                #expect(written.status == 204 && written.fields["etag"] != tag)
                #expect(client.request("GET", target)?.body == value + [1])
                #expect(client.request("DELETE", target, fields: ["If-Match": tag])?.status == 412)
                let present = try #require(written.fields["etag"])
                #expect(client.request("DELETE", target, fields: ["If-Match": present])?.status == 204)
            }
        }
    }
}
