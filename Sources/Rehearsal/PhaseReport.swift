// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What callers saw in one phase.
package struct PhaseReport: Sendable {
    package var requests = 0
    /// Requests that failed although they need not have, or were answered wrongly.
    package var failed = 0
    /// Increments whose outcome the gateway did not know, and said so.
    package var unknown = 0
    /// From the time when a request was due to its response.
    package var latencies = LatencyRecord()

    package init() {}

    package mutating func add(_ other: PhaseReport) {
        self.requests += other.requests
        self.failed += other.failed
        self.unknown += other.unknown
        self.latencies.add(other.latencies)
    }
}
