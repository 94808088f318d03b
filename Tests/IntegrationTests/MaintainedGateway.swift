// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import MaintenanceLab
import TestKit
import Testing

/// A gateway whose Redis is behind a lab that can announce maintenance, for one test.
struct MaintainedGateway {
    let redis: RedisServerProcess
    let lab: MaintenanceLab
    let endpoint: LabEndpoint
    let baton: BatonProcess

    private init(_ arguments: [String]) async throws {
        self.redis = try RedisServerProcess()
        self.lab = MaintenanceLab()
        self.endpoint = try await self.lab.open(backend: .unix(path: self.redis.socketPath))
        self.baton = try BatonProcess(["--redis", self.endpoint.url] + arguments)
        let port = self.baton.port
        #expect(Wait.until(seconds: 10) { HTTP1TestClient(port: port)?.request("GET", "/readyz")?.status == 200 })
    }

    /// Runs a test, and stops the lab.
    static func with(_ arguments: String..., body: (MaintainedGateway) async throws -> Void) async throws {
        let gateway = try await MaintainedGateway(arguments)
        do {
            try await body(gateway)
        } catch {
            try await gateway.lab.stop()
            throw error
        }
        try await gateway.lab.stop()
    }

    var backend: LabBackend { .unix(path: self.redis.socketPath) }

    func http2() async throws -> HTTP2TestClient { try await HTTP2TestClient(port: self.baton.port) }

    /// The sample of a metric, by its name with labels.
    func metric(_ name: String) throws -> Double {
        let client = try #require(HTTP1TestClient(port: self.baton.port))
        let text = try #require(client.request("GET", "/metrics")).text
        let line = text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
        return line.flatMap { Double($0.dropFirst(name.count + 1)) } ?? 0
    }

    /// Runs callers while `event` happens, and checks that none of them noticed: every GET right, every INCR acknowledged
    /// and counted once.
    func unnoticed(_ event: (Callers) async throws -> Void) async throws {
        let callers = try await self.callers(event)
        let counts = callers.counts
        #expect(counts.failures.isEmpty, "\(counts.failures.prefix(5)) of \(counts.failures.count)")
        #expect(counts.unknown == 0)
        #expect(counts.acknowledged > 100)
        #expect(self.counter == counts.acknowledged)
    }

    /// Runs callers while `event` happens.
    func callers(_ event: (Callers) async throws -> Void) async throws -> Callers {
        let callers = Callers(client: try await self.http2())
        try await callers.run { try await event(callers) }
        return callers
    }

    /// The counter that the callers increment, as Redis has it.
    var counter: Int {
        self.redis.command("GET", "counter").split(separator: "\r\n").last.flatMap { Int($0) } ?? -1
    }
}
