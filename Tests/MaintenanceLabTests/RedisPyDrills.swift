// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import MaintenanceLab
import NIOCore
import TestKit
import Testing

/// redis-py and Baton under the same drills, for a comparison: `Tests/Benchmarks/redis-py` runs it.
@Suite(
    "Drills with redis-py", .serialized,
    .enabled(
        if: ProcessInfo.processInfo.environment["TEST_DRILLS"] != nil,
        "a comparison, and no test: Tests/Benchmarks/redis-py runs it"))
struct RedisPyDrills {
    enum Drill: String, CaseIterable {
        case moving
        case movingNull = "moving-null"
        case migrating
        case failingOver = "failing-over"
        case failingOverReset = "failing-over-reset"
        /// The control: what is too long if nobody has announced it.
        case unannouncedStall = "unannounced-stall"
    }

    /// Who stands between the callers and the lab.
    enum Client: String, CaseIterable {
        case redisPy = "redis-py"
        case redisPyWithoutRetries = "redis-py, retries off"
        /// The same callers, over HTTP/1.1.
        case baton
    }

    /// One line of the output.
    struct Row: Encodable {
        var client: String
        var drill: String
        var calls: Int
        var failed: Int
        /// Acknowledged increments that the counter does not hold.
        var lost: Int
        /// Increments that the counter holds beyond the acknowledged and the failed ones.
        var doubled: Int
        /// Increments that ran although their caller was told that they had failed.
        var ranAlthoughFailed: Int
        var errors: [String: Int]
        var phases: [String: RedisPy.Answer.Phase]
    }

    @Test("32 callers, 1,000 calls a second, a timeout of 1 s", arguments: Drill.allCases, Client.allCases)
    func drill(_ drill: Drill, by client: Client) async throws {
        try await Bench.with { bench in
            let second = try RedisServerProcess()
            let baton = try client == .baton ? Self.gateway(bench) : nil
            let process = try RedisPy(
                bench.endpoint, host: "127.0.0.1", port: baton?.port, of: bench.lab, arguments: Self.arguments(client))
            // The endpoint that a name leads to after a move is another node: nobody is told again.
            try await bench.lab.setReplays([.openers])
            if baton == nil { _ = try await process.ask("open 32") }
            _ = try await process.ask("load 32 1000")
            try await bench.lab.pause(.seconds(3))
            _ = try await process.ask("phase event")
            let holder = try await Self.happen(drill, bench: bench, second: second)
            _ = try await process.ask("phase after")
            try await bench.lab.pause(.seconds(3))
            let answer = try await process.ask("finish")
            try Self.report(drill, answer, counter: Self.number(holder, "drill:count"), by: client)
            #expect(answer.calls ?? 0 > 5000)
        }
    }

    private static func arguments(_ client: Client) -> [String] {
        switch client {
        case .redisPy: ["--timeout", "1"]
        case .redisPyWithoutRetries: ["--timeout", "1", "--no-retry"]
        case .baton: ["--http"]
        }
    }

    private static func gateway(_ bench: Bench) throws -> BatonProcess {
        let baton = try BatonProcess(["--redis", bench.endpoint.url, "--command-timeout", "1s"])
        let port = baton.port
        #expect(Wait.until(seconds: 10) { HTTP1TestClient(port: port)?.request("GET", "/readyz")?.status == 200 })
        return baton
    }

    /// What the drill is about. Returns the server that holds the data afterwards.
    private static func happen(
        _ drill: Drill, bench: Bench, second: RedisServerProcess
    ) async throws -> RedisServerProcess {
        let lab = bench.lab
        switch drill {
        case .moving:
            let target = try await lab.open(host: "127.0.0.2", port: bench.endpoint.port, backend: bench.backend)
            try await lab.push(.moving(sequence: 1, time: 5, target: target.address), to: .optedIn(bench.endpoint))
            try await lab.pause(.seconds(5))
            try await lab.close(.all(bench.endpoint))
        case .movingNull:
            let old = Set(try await lab.connections(.all).map(\.id))
            try await lab.push(.moving(sequence: 1, time: 5, target: nil))
            try await lab.pause(.seconds(5))
            try await lab.close(.connections(old))
        case .migrating:
            try await lab.push(.migrating(sequence: 1))
            try await lab.stallReplies()
            try await lab.pause(.milliseconds(2500))
            try await lab.releaseReplies()
            try await lab.push(.migrated(sequence: 2))
        case .unannouncedStall:
            try await lab.stallReplies()
            try await lab.pause(.milliseconds(2500))
            try await lab.releaseReplies()
        case .failingOver, .failingOverReset:
            try await lab.push(.failingOver(sequence: 1))
            try await lab.pause(.milliseconds(200))
            try await lab.pauseCommands()
            try await lab.pause(.seconds(2))
            for key in ["drill:value", "drill:count"] {
                _ = second.command("SET", key, Self.text(bench.redis, key))
            }
            if drill == .failingOverReset { try await lab.close(.all, .reset) }
            try await lab.switchBackend(to: .unix(path: second.socketPath))
            try await lab.resumeCommands()
            try await lab.push(.failedOver(sequence: 2))
            return second
        }
        return bench.redis
    }

    private static func text(_ server: RedisServerProcess, _ key: String) -> String {
        let lines = server.command("GET", key).split(separator: "\r\n", omittingEmptySubsequences: false)
        return lines.count > 1 ? String(lines[1]) : ""
    }

    private static func number(_ server: RedisServerProcess, _ key: String) throws -> Int {
        try #require(Int(Self.text(server, key)))
    }

    private static func report(_ drill: Drill, _ answer: RedisPy.Answer, counter: Int, by client: Client) throws {
        let acknowledged = try #require(answer.acknowledged)
        let unknown = try #require(answer.failedIncrements)
        let row = Row(
            client: client.rawValue, drill: drill.rawValue,
            calls: answer.calls ?? 0, failed: answer.failed ?? 0, lost: max(0, acknowledged - counter),
            doubled: max(0, counter - acknowledged - unknown),
            ranAlthoughFailed: min(unknown, max(0, counter - acknowledged)), errors: answer.errors ?? [:],
            phases: answer.phases ?? [:])
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = .sortedKeys
        print("drill: \(String(decoding: try encoder.encode(row), as: UTF8.self))")
    }
}
