// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Where the parts of a request target lie in it.
struct TargetPlace: Sendable {
    /// The captured segment; empty where nothing is captured.
    var segment: Range<Int>
    /// The query without `?`; empty where there is none.
    var query: Range<Int>
    /// Whether the segment holds a `%`.
    var isEscaped: Bool = false
}
