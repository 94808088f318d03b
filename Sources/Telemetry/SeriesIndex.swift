// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Finds a series by the positions of its label values: row-major, at most three labels.
public struct SeriesIndex: Sendable {
    @usableFromInline let base: Int
    @usableFromInline let width: Int
    @usableFromInline let first: Int
    @usableFromInline let second: Int
    @usableFromInline let third: Int

    init(_ family: MetricFamily) {
        let counts = family.labels.map(\.values.count)
        self.base = family.base
        self.width = family.width
        self.first = counts.count > 0 ? counts[0] : 1
        self.second = counts.count > 1 ? counts[1] : 1
        self.third = counts.count > 2 ? counts[2] : 1
    }

    /// The series' first place; nil when a position is out of range.
    @inlinable @inline(__always)
    public func place(_ a: Int, _ b: Int, _ c: Int) -> Int? {
        guard a >= 0, a < self.first, b >= 0, b < self.second, c >= 0, c < self.third else { return nil }
        return self.base &+ ((a &* self.second &+ b) &* self.third &+ c) &* self.width
    }
}
