// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import TestKit
import Testing

extension Integration {
    @Suite("Waits")
    struct WaitTests {
        @Test("Request-Timeout-Ms shortens a wait so that the answer comes before the deadline")
        func deadline() async throws {
            let gateway = try Gateway()
            let client = try await gateway.http2()
            let fields = [("content-type", "application/json"), ("request-timeout-ms", "1000")]
            for _ in 0..<2 {
                try await withThrowingTaskGroup(of: String.self) { tasks in
                    for number in 0..<10 {
                        tasks.addTask {
                            let body = Gateway.json(["BLPOP", "none\(number)", "5"])
                            return try await client.request("POST", "/v1/commands", fields: fields, body: body).text
                        }
                    }
                    for try await text in tasks { #expect(text == #"{"result":null}"#) }
                }
            }
            client.close()
        }
    }
}
