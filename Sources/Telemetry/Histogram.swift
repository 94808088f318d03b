// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// A handle of a histogram family.
public struct Histogram: Sendable {
    @usableFromInline let index: SeriesIndex
    /// Upper bounds in nanoseconds, ascending, without +Inf.
    @usableFromInline let bounds: [Int64]
}
