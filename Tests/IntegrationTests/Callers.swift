// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import NIOConcurrencyHelpers
import Synchronization
import TestKit
import Testing

/// Callers that read and increment without a pause, and keep account of every answer.
final class Callers: Sendable {
    struct Counts {
        var acknowledged = 0
        var unknown = 0
        /// Increments that were answered with `not-executed`, and reads that failed.
        var failures: [String] = []
        var longest = 0.0
    }

    private let client: HTTP2TestClient
    private let tally = NIOLockedValueBox(Counts())
    private let isOver = Synchronization.Atomic<Bool>(false)
    static let count = 16

    init(client: HTTP2TestClient) {
        self.client = client
    }

    var counts: Counts { self.tally.withLockedValue { $0 } }

    func run(_ event: () async throws -> Void) async throws {
        let answer = try await self.client.request("PUT", "/v1/strings/known", body: Array("value".utf8))
        try #require([200, 201, 204].contains(answer.status))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for _ in 0..<Self.count {
                tasks.addTask {
                    while !self.isOver.load(ordering: .relaxed) { await self.step() }
                }
            }
            defer { self.isOver.store(true, ordering: .relaxed) }
            await self.progress()
            try await event()
            await self.progress()
        }
        self.client.close()
    }

    /// Waits until the callers have made some way from here.
    func progress(_ steps: Int = 200) async {
        let goal = self.counts.acknowledged + steps
        let deadline = Wait.now() + 20
        // Whoever waits is a caller as well.
        while self.counts.acknowledged < goal, Wait.now() < deadline { await self.step() }
        #expect(self.counts.acknowledged >= goal, "the callers make no progress: \(self.counts.failures.suffix(3))")
    }

    private func step() async {
        await self.timed {
            let json = [("content-type", "application/json")]
            let body = Gateway.json(["INCR", "counter"])
            guard let answer = try? await self.client.request("POST", "/v1/commands", fields: json, body: body) else {
                return self.tally.withLockedValue { $0.failures.append("INCR: no answer") }
            }
            self.tally.withLockedValue { counts in
                switch (answer.status, answer.member("outcome")) {
                case (200, _): counts.acknowledged += 1
                case (_, "unknown"): counts.unknown += 1
                default: counts.failures.append("INCR: \(answer.status) \(answer.text)")
                }
            }
        }
        await self.timed {
            guard let answer = try? await self.client.request("GET", "/v1/strings/known") else {
                return self.tally.withLockedValue { $0.failures.append("GET: no answer") }
            }
            if answer.status != 200 || answer.text != "value" {
                self.tally.withLockedValue { $0.failures.append("GET: \(answer.status) \(answer.text)") }
            }
        }
    }

    private func timed(_ body: () async -> Void) async {
        let start = Wait.now()
        await body()
        let time = Wait.now() - start
        self.tally.withLockedValue { $0.longest = max($0.longest, time) }
    }
}
