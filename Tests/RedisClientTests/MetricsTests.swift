// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore
import Testing

@testable import RedisClient

@Suite("Metrics")
struct MetricsTests {
    @Test("round trips, hold times, pushes and loads are counted")
    func load() throws {
        let world = World(start: false)
        world.submit("GET", "a")
        try world.advance(.milliseconds(30))
        #expect(world.metrics["baton_redis_held"] == 1)
        world.upstream.start()
        try world.settle()
        #expect(world.metrics["baton_redis_in_flight"] == 1)
        #expect(world.metrics["baton_redis_held"] == 0)
        #expect(world.metrics["baton_redis_hold_seconds_sum"] == 0.03)
        try world.advance(.milliseconds(20))
        try world.peers[0].send(">1\r\n+x\r\n+v\r\n")
        let metrics = world.metrics
        #expect(metrics["baton_redis_in_flight"] == 0)
        #expect(metrics["baton_redis_pushes_total"] == 1)
        #expect(metrics[#"baton_redis_round_trip_seconds_count{connection="shared"}"#] == 1)
        #expect(metrics[#"baton_redis_round_trip_seconds_sum{connection="shared"}"#] == 0.02)
        #expect(metrics[#"baton_redis_connections{state="ready"}"#] == 1)
        try world.finish()
    }

    @Test("failures, retries and ends of connections are counted by cause")
    func causes() throws {
        let world = World { $0.inFlightMaximum = 3 }
        try world.settle()
        world.submit("GET", "a", class: .readOnly)
        world.submit("INCR", "a")
        world.submit("INCR", "b", timeout: .milliseconds(10))
        world.submit("INCR", "c")
        try world.advance(.milliseconds(10))
        world.peers[0].close()
        try world.settle()
        try world.peers[1].send("-BUSY x\r\n")
        try world.settle()
        let metrics = world.metrics
        #expect(metrics[#"baton_redis_failures_total{cause="overloaded"}"#] == 1)
        #expect(metrics[#"baton_redis_failures_total{cause="deadline_sent"}"#] == 1)
        #expect(metrics[#"baton_redis_failures_total{cause="connection_lost"}"#] == 1)
        #expect(metrics[#"baton_redis_retries_total{reason="connection_lost"}"#] == 1)
        #expect(metrics[#"baton_redis_retries_total{reason="busy"}"#] == 1)
        #expect(metrics[#"baton_redis_connections_closed_total{cause="peer_closed"}"#] == 1)
        try world.finish()
    }

    @Test("the labels of retries follow the order of the errors")
    func labels() {
        #expect(RedisMetrics.RetryReason.labels.count == TransientError.allCases.count + 2)
        for error in TransientError.allCases {
            let label = RedisMetrics.RetryReason.labels[RedisMetrics.RetryReason.index(error)]
            #expect(label.replacing("_", with: "") == "\(error)".lowercased())
        }
        #expect(RedisMetrics.RetryReason.labels[RedisMetrics.RetryReason.connectionLost] == "connection_lost")
        #expect(RedisMetrics.RetryReason.labels[RedisMetrics.RetryReason.notWritten] == "not_written")
        let failures: [RedisFailure] = [
            .deadlinePassed(written: false), .deadlinePassed(written: true), .connectionLost, .overloaded,
            .shuttingDown, .refused(reason: ""), .badReply, .leaseLost,
        ]
        #expect(failures.map(RedisMetrics.index(of:)) == Array(RedisMetrics.failureLabels.indices))
    }
}
