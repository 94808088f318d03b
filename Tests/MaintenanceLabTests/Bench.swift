// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import MaintenanceLab
import TestKit

/// A lab with one endpoint in front of a Redis of its own, for one test.
struct Bench {
    let redis: RedisServerProcess
    let lab: MaintenanceLab
    let endpoint: LabEndpoint

    init(host: String = "127.0.0.1") async throws {
        self.redis = try RedisServerProcess()
        self.lab = MaintenanceLab()
        self.endpoint = try await self.lab.open(host: host, backend: .unix(path: self.redis.socketPath))
    }

    var backend: LabBackend { .unix(path: self.redis.socketPath) }

    /// Runs a test on a bench, and stops the lab.
    static func with(host: String = "127.0.0.1", _ body: (Bench) async throws -> Void) async throws {
        let bench = try await Bench(host: host)
        do {
            try await body(bench)
        } catch {
            try await bench.lab.stop()
            throw error
        }
        try await bench.lab.stop()
    }
}
