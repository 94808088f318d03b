// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// One event loop's copy of every metric: plain integers, added to on that loop only.
///
/// `a`, `b` and `c` are positions in the family's first, second and third label; out of range counts nothing.
@safe public final class MetricShard {
    /// Safety: `count` initialised integers, allocated here and freed in `deinit`. A family's places lie inside, because the
    /// handles and the size come from the same catalog, which is checked.
    @usableFromInline let values: UnsafeMutablePointer<Int64>
    @usableFromInline let count: Int

    package init(catalog: MetricCatalog) {
        self.count = catalog.size
        unsafe self.values = UnsafeMutablePointer<Int64>.allocate(capacity: max(catalog.size, 1))
        unsafe self.values.initialize(repeating: 0, count: catalog.size)
    }

    deinit {
        unsafe self.values.deallocate()
    }

    @inlinable @inline(__always)
    func place(_ index: SeriesIndex, _ a: Int, _ b: Int, _ c: Int) -> Int? {
        guard let place = index.place(a, b, c), place &+ index.width <= self.count else { return nil }
        return place
    }

    /// Adds to a counter.
    @inlinable
    public func add(_ counter: Counter, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, by count: Int = 1) {
        guard let place = self.place(counter.index, a, b, c) else { return }
        unsafe self.values[place] &+= Int64(count)
    }

    /// Sets a gauge.
    @inlinable
    public func set(_ gauge: Gauge, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, to value: Int) {
        guard let place = self.place(gauge.index, a, b, c) else { return }
        unsafe self.values[place] = Int64(value)
    }

    /// Adds to a gauge, or takes from it.
    @inlinable
    public func adjust(_ gauge: Gauge, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, by change: Int) {
        guard let place = self.place(gauge.index, a, b, c) else { return }
        unsafe self.values[place] &+= Int64(change)
    }

    /// Counts one duration. Negative nanoseconds count as 0.
    @inlinable
    public func observe(_ histogram: Histogram, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, nanoseconds: Int64) {
        guard let place = self.place(histogram.index, a, b, c) else { return }
        let duration = max(nanoseconds, 0)
        let count = histogram.bounds.count
        var bucket = 0
        while bucket < count, duration > histogram.bounds[bucket] {
            bucket &+= 1
        }
        unsafe self.values[place &+ bucket] &+= 1
        unsafe self.values[place &+ count &+ 1] &+= duration
    }

    /// A copy that may leave the loop.
    package func snapshot() -> MetricSnapshot {
        unsafe MetricSnapshot(values: ContiguousArray(UnsafeBufferPointer(start: self.values, count: self.count)))
    }
}
