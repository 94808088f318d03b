// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// One event loop's copy of every metric: plain integers, added to on that loop only.
///
/// `a`, `b` and `c` are positions in the family's first, second and third label; out of range counts nothing.
package final class MetricShard {
    package init(catalog: MetricCatalog) {}

    package func add(_ counter: Counter, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, by count: Int = 1) {}
    package func set(_ gauge: Gauge, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, to value: Int) {}
    package func adjust(_ gauge: Gauge, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, by change: Int) {}
    /// Negative nanoseconds count as 0.
    package func observe(_ histogram: Histogram, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, nanoseconds: Int64) {}

    /// A copy that may leave the loop.
    package func snapshot() -> MetricSnapshot { MetricSnapshot() }
}
