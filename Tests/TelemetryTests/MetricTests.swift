// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import NIOCore
import Testing

@testable import Telemetry

@Suite("Metrics")
struct MetricTests {
    struct Fixture {
        var catalog = MetricCatalog()
        let plain: Counter
        let requests: Counter
        let open: Gauge
        let duration: Histogram

        init() {
            self.plain = self.catalog.counter("baton_starts_total", help: "Starts.")
            self.requests = self.catalog.counter(
                "baton_requests_total", help: "Requests \\ lines\nhere.",
                labels: [.init("route", ["/a", "/b\"\\"]), .init("method", ["GET", "PUT", "POST"])])
            self.open = self.catalog.gauge("baton_open", help: "Open.", labels: [.init("kind", ["x", "y"])])
            self.duration = self.catalog.histogram(
                "baton_duration_seconds", help: "Time.", bounds: [0.001, 0.01, 1],
                labels: [.init("route", ["/a", "/b"])])
        }
    }

    static let golden = """
        # HELP baton_starts_total Starts.
        # TYPE baton_starts_total counter
        baton_starts_total 0
        # HELP baton_requests_total Requests \\\\ lines\\nhere.
        # TYPE baton_requests_total counter
        baton_requests_total{route="/a",method="GET"} 2
        baton_requests_total{route="/b\\"\\\\",method="PUT"} 5
        # HELP baton_open Open.
        # TYPE baton_open gauge
        baton_open{kind="y"} 3
        # HELP baton_duration_seconds Time.
        # TYPE baton_duration_seconds histogram
        baton_duration_seconds_bucket{route="/b",le="0.001"} 2
        baton_duration_seconds_bucket{route="/b",le="0.01"} 2
        baton_duration_seconds_bucket{route="/b",le="1.0"} 3
        baton_duration_seconds_bucket{route="/b",le="+Inf"} 4
        baton_duration_seconds_sum{route="/b"} 2.501
        baton_duration_seconds_count{route="/b"} 4

        """

    private func filled() -> (Fixture, MetricSnapshot) {
        let fixture = Fixture()
        var sum = MetricSnapshot(catalog: fixture.catalog)
        for _ in 0..<1 {
            let first = MetricShard(catalog: fixture.catalog)
            first.add(fixture.requests, 0, 0)
            first.adjust(fixture.open, 1, by: 5)
            first.observe(fixture.duration, 1, nanoseconds: 1_000_000)
            first.observe(fixture.duration, 1, nanoseconds: -7)
            first.observe(fixture.duration, 1, nanoseconds: 500_000_000)
            sum.merge(first.snapshot())
            let second = MetricShard(catalog: fixture.catalog)
            second.add(fixture.requests, 0, 0)
            second.add(fixture.requests, 1, 1, by: 5)
            second.set(fixture.open, 1, to: 1)
            second.adjust(fixture.open, 1, by: -3)
            second.observe(fixture.duration, 1, nanoseconds: 2_000_000_000)
            sum.merge(second.snapshot())
        }
        return (fixture, sum)
    }

    @Test("the text of several shards is the sum, in Prometheus format 0.0.4")
    func goldenText() {
        let (fixture, sum) = self.filled()
        #expect(String(buffer: sum.prometheusText(catalog: fixture.catalog)) == Self.golden)
    }

    @Test(
        "a position out of range counts nothing and harms no neighbour",
        arguments: [(-1, 0), (2, 0), (0, 3), (0, -1), (.max, .max)])
    func outOfRange(first: Int, second: Int) {
        let fixture = Fixture()
        let shard = MetricShard(catalog: fixture.catalog)
        shard.add(fixture.requests, first, second)
        shard.adjust(fixture.open, first < 0 ? first : 2, by: 1)
        shard.observe(fixture.duration, first < 0 ? first : 2, nanoseconds: 1)
        let text = String(buffer: shard.snapshot().prometheusText(catalog: fixture.catalog))
        #expect(text == "# HELP baton_starts_total Starts.\n# TYPE baton_starts_total counter\nbaton_starts_total 0\n")
    }

    @Test(
        "names follow Prometheus's rules",
        arguments: [("a", true), ("_a1", true), ("1a", false), ("", false), ("a-b", false), ("aé", false)])
    func names(name: String, isName: Bool) {
        #expect(MetricCatalog.isName(name) == isName)
    }
}
