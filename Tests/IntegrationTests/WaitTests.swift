// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import TestKit
import Testing

extension Integration {
    @Suite("Waits")
    struct WaitTests {
        /// Waits for an element of a list of its own.
        private static func pop(_ client: HTTP2TestClient, _ number: Int) async throws -> String {
            let fields = [("content-type", "application/json")]
            let body = Gateway.json(["BLPOP", "queue\(number)", "8"])
            return try await client.request("POST", "/v1/commands", fields: fields, body: body).text
        }

        @Test("Request-Timeout-Ms shortens a wait so that the answer comes before the deadline")
        func deadline() async throws {
            let gateway = try Gateway()
            let fields = [("content-type", "application/json"), ("request-timeout-ms", "1000")]
            for _ in 0..<2 {
                try await withThrowingTaskGroup(of: String.self) { tasks in
                    for number in 0..<10 {
                        tasks.addTask {
                            // A connection each, and more of them than Baton keeps to Redis: some are closed with the answer.
                            let client = try await gateway.http2()
                            defer { client.close() }
                            let body = Gateway.json(["BLPOP", "none\(number)", "5"])
                            return try await client.request("POST", "/v1/commands", fields: fields, body: body).text
                        }
                    }
                    for try await text in tasks { #expect(text == #"{"result":null}"#) }
                }
            }
        }

        @Test("the answers of connections that are closed with them are not kept back")
        func closing() async throws {
            let gateway = try Gateway()
            try await withThrowingTaskGroup(of: String.self) { tasks in
                for number in 0..<10 {
                    tasks.addTask {
                        let client = try await gateway.http2()
                        defer { client.close() }
                        return try await Self.pop(client, number)
                    }
                }
                #expect(
                    Wait.until(seconds: 7) {
                        gateway.redis.command("INFO", "clients").contains("blocked_clients:10\r")
                    })
                let start = Wait.now()
                let push = "for n = 0, 9 do redis.call('RPUSH', 'queue' .. n, 'x') end"
                #expect(gateway.redis.command("EVAL", push, "0") == "$-1\r\n")
                for try await text in tasks { #expect(text.contains(#","x"]}"#)) }
                #expect(Wait.now() - start < 2)
            }
        }

        @Test("those that wait keep nothing else of their connection back")
        func sideBySide() async throws {
            let gateway = try Gateway()
            let client = try await gateway.http2()
            try await withThrowingTaskGroup(of: String.self) { tasks in
                for number in 0..<10 {
                    tasks.addTask {
                        return try await Self.pop(client, number)
                    }
                }
                #expect(
                    Wait.until(seconds: 7) {
                        gateway.redis.command("INFO", "clients").contains("blocked_clients:10\r")
                    })
                #expect(try await client.request("GET", "/v1/strings/none").status == 404)
                for number in 0..<10 { _ = gateway.redis.command("RPUSH", "queue\(number)", "x") }
                for try await text in tasks { #expect(text.contains(#","x"]}"#)) }
            }
            client.close()
        }
    }
}
