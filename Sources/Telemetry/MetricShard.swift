// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// One event loop's copy of every metric: plain integers, added to on that loop only.
///
/// `a`, `b` and `c` are positions in the family's first, second and third label; out of range counts nothing.
package final class MetricShard {
    private var values: ContiguousArray<Int64>

    package init(catalog: MetricCatalog) {
        self.values = ContiguousArray(repeating: 0, count: catalog.size)
    }

    package func add(_ counter: Counter, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, by count: Int = 1) {
        guard let place = counter.index.place(a, b, c) else { return }
        self.values[place] &+= Int64(count)
    }

    package func set(_ gauge: Gauge, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, to value: Int) {
        guard let place = gauge.index.place(a, b, c) else { return }
        self.values[place] = Int64(value)
    }

    package func adjust(_ gauge: Gauge, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, by change: Int) {
        guard let place = gauge.index.place(a, b, c) else { return }
        self.values[place] &+= Int64(change)
    }

    /// Counts one duration. Negative nanoseconds count as 0.
    package func observe(_ histogram: Histogram, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, nanoseconds: Int64) {
        guard let place = histogram.index.place(a, b, c) else { return }
        let duration = max(nanoseconds, 0)
        var bucket = 0
        while bucket < histogram.bounds.count, duration > histogram.bounds[bucket] {
            bucket += 1
        }
        self.values[place + bucket] &+= 1
        self.values[place + histogram.bounds.count + 1] &+= duration
    }

    /// A copy that may leave the loop.
    package func snapshot() -> MetricSnapshot {
        MetricSnapshot(values: self.values)
    }
}
