// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// A handle of a counter family.
public struct Counter: Sendable {
    @usableFromInline let index: SeriesIndex
}
