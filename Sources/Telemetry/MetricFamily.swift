// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// One declared metric: its name, its labels and where its series lie.
struct MetricFamily: Sendable {
    enum Kind: Sendable {
        case counter
        case gauge
        /// Upper bounds in seconds, ascending, without +Inf.
        case histogram(bounds: [Double])
    }

    var name: String
    var help: String
    var kind: Kind
    var labels: [MetricCatalog.Label]
    /// The first of the family's places in the shard's array.
    var base: Int

    /// Number of series.
    var seriesCount: Int {
        self.labels.reduce(1) { $0 * $1.values.count }
    }

    /// Places one series takes: buckets (with +Inf) and the sum for a histogram, one for others.
    var width: Int {
        if case .histogram(let bounds) = self.kind { bounds.count + 2 } else { 1 }
    }
}
