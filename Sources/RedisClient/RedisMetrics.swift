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
    let announcements: Counter
    let discarded: Counter
    let refusedTargets: Counter
    let windows: Gauge
    let relaxed: Gauge
    let handoffs: Counter
    let handoffDuration: Histogram
    let handoffRequests: Counter
    let firstReply: Histogram

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
        self.announcements = catalog.counter(
            "baton_maintenance_pushes_total", help: "Announcements of maintenance by kind.",
            labels: [.init("kind", MaintenanceKind.allCases.map(\.label) + ["other"])])
        self.discarded = catalog.counter(
            "baton_maintenance_pushes_discarded_total",
            help:
                "Announcements that changed nothing: known already, malformed in part or whole, stale or over a limit.",
            labels: [.init("reason", ["duplicate", "malformed", "ignored"])])
        self.refusedTargets = catalog.counter(
            "baton_handoff_refused_targets_total", help: "Announced endpoints that the allow-list or policy forbids.")
        self.windows = catalog.gauge(
            "baton_maintenance_windows", help: "Open windows of relaxed timeouts by kind, summed over event loops.",
            labels: [.init("kind", WindowKind.allCases.map(\.label))])
        self.relaxed = catalog.gauge(
            "baton_redis_timeouts_relaxed", help: "Event loops on which commands have more time at the moment.")
        self.handoffs = catalog.counter(
            "baton_handoffs_total", help: "Moves that ended, by outcome, summed over event loops.",
            labels: [.init("outcome", ["done", "failed"])])
        self.handoffDuration = catalog.histogram(
            "baton_handoff_duration_seconds", help: "From the announcement of a move to its end.",
            bounds: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60, 120])
        self.handoffRequests = catalog.counter(
            "baton_handoff_requests_total",
            help: "Requests that met a move: moved before they were sent, in flight at the switch, sent again, failed.",
            labels: [.init("fate", HandoffFate.allCases.map(\.label))])
        self.firstReply = catalog.histogram(
            "baton_handoff_first_reply_seconds", help: "From the switch to the first reply on the new connection.",
            bounds: Self.bounds)
    }

    /// What became of requests that met a move, as the counter's label.
    enum HandoffFate: Int, CaseIterable {
        case held
        case inFlight
        case resent
        case failed

        var label: String { self == .inFlight ? "in_flight" : "\(self)" }
    }

    static func index(of kind: MaintenanceKind?) -> Int {
        kind.map { Int($0.rawValue) } ?? MaintenanceKind.allCases.count
    }

    /// Adds what a machine has counted since `old`.
    func note(_ new: MaintenanceCounters, since old: MaintenanceCounters, on shard: MetricShard) {
        shard.add(self.discarded, 0, by: new.duplicates - old.duplicates)
        shard.add(self.discarded, 1, by: new.malformed - old.malformed)
        shard.add(self.discarded, 2, by: new.ignored - old.ignored)
        shard.add(self.refusedTargets, by: new.refusedTargets - old.refusedTargets)
        shard.add(self.handoffs, 0, by: new.handoffsDone - old.handoffsDone)
        shard.add(self.handoffs, 1, by: new.handoffsFailed - old.handoffsFailed)
    }

    /// 50 us to 10 s.
    static let bounds = [
        0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
    ]

    static let failureLabels = [
        "deadline_not_sent", "deadline_sent", "connection_lost", "overloaded", "shutting_down", "refused", "bad_reply",
        "lease_lost",
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
        case .leaseLost: 7
        }
    }
}
