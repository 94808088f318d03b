// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// Latencies of requests: each is kept, so that percentiles are exact.
package struct LatencyRecord: Sendable {
    private var microseconds: [UInt32] = []

    package init() {}

    package var count: Int { self.microseconds.count }

    package mutating func note(_ latency: TimeAmount) {
        self.microseconds.append(UInt32(clamping: latency.nanoseconds / 1000))
    }

    package mutating func add(_ other: LatencyRecord) {
        self.microseconds += other.microseconds
    }

    /// The latency in milliseconds that a fraction (0...1) of the requests did not exceed (nearest rank); 0 without any.
    package func milliseconds(at fraction: Double) -> Double {
        guard !self.microseconds.isEmpty else { return 0 }
        let sorted = self.microseconds.sorted()
        let rank = Int((fraction * Double(sorted.count)).rounded(.up))
        return Double(sorted[min(max(rank, 1), sorted.count) - 1]) / 1000
    }
}
