// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// A handle of a gauge family.
public struct Gauge: Sendable {
    @usableFromInline let index: SeriesIndex
}
