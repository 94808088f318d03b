// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import RedisCore
package import Telemetry

/// The client's metrics, declared once per process before any shard exists.
package struct RedisMetrics: Sendable {
    /// States of a connection, as the gauge's label.
    enum ConnectionState: Int, CaseIterable {
        case connecting
        case ready
        case draining
        case leaseBusy
        case leaseIdle

        var label: String {
            switch self {
            case .connecting: "connecting"
            case .ready: "ready"
            case .draining: "draining"
            case .leaseBusy: "lease_busy"
            case .leaseIdle: "lease_idle"
            }
        }
    }

    /// Why requests were sent again; the transient errors come first, by raw value.
    enum RetryReason {
        static let labels =
            ["loading", "readonly", "masterdown", "tryagain", "busy", "clusterdown", "noreplicas", "too_many_clients"]
            + ["connection_lost", "not_written"]

        static func index(_ error: TransientError) -> Int { Int(error.rawValue) }
        static let connectionLost = 8
        static let notWritten = 9
    }

    let roundTrip: Histogram
    let holdTime: Histogram
    let inFlight: Gauge
    let held: Gauge
    let connections: Gauge
    let closed: Counter
    let retries: Counter
    let pushes: Counter
    let failures: Counter

    package init(catalog: inout MetricCatalog) {
        self.roundTrip = catalog.histogram(
            "baton_redis_round_trip_seconds",
            help: "Time from a command's place in the write buffer to its last reply.", bounds: Self.bounds,
            labels: [.init("connection", ["shared", "leased"])])
        self.holdTime = catalog.histogram(
            "baton_redis_hold_seconds", help: "Time that requests waited for a connection.", bounds: Self.bounds)
        self.inFlight = catalog.gauge(
            "baton_redis_in_flight", help: "Requests on a connection and not answered.")
        self.held = catalog.gauge("baton_redis_held", help: "Requests that wait for a connection.")
        self.connections = catalog.gauge(
            "baton_redis_connections", help: "Connections to Redis by state.",
            labels: [.init("state", ConnectionState.allCases.map(\.label))])
        self.closed = catalog.counter(
            "baton_redis_connections_closed_total", help: "Connections that ended or could not be opened, by cause.",
            labels: [.init("cause", CloseCause.allCases.map(\.label))])
        self.retries = catalog.counter(
            "baton_redis_retries_total", help: "Requests that were sent again, by reason.",
            labels: [.init("reason", RetryReason.labels)])
        self.pushes = catalog.counter("baton_redis_pushes_total", help: "Out-of-band messages of the server.")
        self.failures = catalog.counter(
            "baton_redis_failures_total", help: "Requests that ended without a reply, by cause.",
            labels: [.init("cause", Self.failureLabels)])
    }

    /// 50 us to 10 s.
    static let bounds = [
        0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
    ]

    static let failureLabels = [
        "deadline_not_sent", "deadline_sent", "connection_lost", "overloaded", "shutting_down", "refused", "bad_reply",
    ]

    /// The place of a failure in ``failureLabels``.
    static func index(of failure: RedisFailure) -> Int {
        switch failure {
        case .deadlinePassed(written: false): 0
        case .deadlinePassed(written: true): 1
        case .connectionLost: 2
        case .overloaded: 3
        case .shuttingDown: 4
        case .refused: 5
        case .badReply: 6
        }
    }
}
