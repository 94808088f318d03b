// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTPCore
package import Telemetry

/// The server's metrics, declared once per process before any shard exists.
package struct ServerMetrics: Sendable {
    let requests: Counter
    let duration: Histogram
    let cancelled: Counter
    let refusedCommands: Counter
    let inFlight: Gauge
    let connections: Gauge
    let connectionsAccepted: Counter
    let streams: Counter
    let limits: Counter
    let sharedReads: Counter
    let subscribers: Gauge
    let deliveries: Counter
    let gaps: Counter

    /// The statuses that Baton sends; any other counts as `other`.
    static let statuses: [Int] = [
        200, 201, 202, 204, 206, 304, 400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 414, 415, 416, 422, 429, 431,
        500,
        501,
        502, 503, 504, 505, 507,
    ]

    /// Status code -> position of the label's value.
    private let statusPositions: InlineArray<600, UInt8>

    package init(catalog: inout MetricCatalog) {
        let routes = MetricCatalog.Label("route", Route.allCases.map { $0.template.description })
        let versions = MetricCatalog.Label("version", HTTPVersion.allCases.map(\.label))
        self.requests = catalog.counter(
            "baton_http_requests_total", help: "HTTP requests answered, by route template, method and status code.",
            labels: [
                routes, .init("method", Method.allCases.map(\.name)),
                .init("status", Self.statuses.map(String.init) + ["other"]),
            ])
        self.duration = catalog.histogram(
            "baton_http_request_duration_seconds",
            help: "Time from the end of the header section to the response, by route template.",
            bounds: [
                0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
            ],
            labels: [routes])
        self.cancelled = catalog.counter(
            "baton_http_requests_cancelled_total", help: "Requests whose caller went away before the response.",
            labels: [routes])
        self.refusedCommands = catalog.counter(
            "baton_refused_commands_total", help: "Requests refused by the command policy.", labels: [routes])
        self.inFlight = catalog.gauge("baton_http_requests_in_flight", help: "HTTP requests being worked on.")
        self.connections = catalog.gauge(
            "baton_http_connections", help: "Open HTTP connections by protocol version.", labels: [versions])
        self.connectionsAccepted = catalog.counter(
            "baton_http_connections_total", help: "HTTP connections by protocol version.", labels: [versions])
        self.streams = catalog.counter("baton_http2_streams_total", help: "HTTP/2 request streams.")
        self.limits = catalog.counter(
            "baton_http_limit_hits_total", help: "How often a limit ended a request or a connection.",
            labels: [.init("limit", Limit.allCases.map(\.label))])
        self.sharedReads = catalog.counter(
            "baton_shared_reads_total",
            help: "GET requests of a string that were answered by the replies to another one for the same key.")
        self.subscribers = catalog.gauge(
            "baton_channel_subscribers", help: "Callers that listen to channels, patterns or shard channels.")
        self.deliveries = catalog.counter(
            "baton_channel_deliveries_total", help: "Messages handed to subscribers.")
        self.gaps = catalog.counter(
            "baton_channel_gaps_total", help: "Times that subscribers were told of messages they may have missed.")
        var positions = InlineArray<600, UInt8>(repeating: UInt8(Self.statuses.count))
        for (position, status) in Self.statuses.enumerated() {
            positions[status] = UInt8(position)
        }
        self.statusPositions = positions
    }

    /// The position of a status code in the `status` label.
    func position(ofStatus status: Int) -> Int {
        status >= 0 && status < 600 ? Int(self.statusPositions[status]) : Self.statuses.count
    }
}
