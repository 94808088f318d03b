// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Limits for what a Redis server may send. Each is checked before any arithmetic or reservation.
package struct RESPLimits: Sendable, Equatable {
    /// Largest bulk string, in bytes; Redis's own limit is 512 MiB.
    package var bulkBytes: Int = 512 * 1024 * 1024
    /// Largest complete reply, headers included, in bytes.
    package var replyBytes: Int = 512 * 1024 * 1024
    /// Most elements of one aggregate (a map's pairs count twice).
    package var elements: Int = 4_194_304
    /// Deepest nesting of aggregates, 1...32.
    package var depth: Int = 32
    /// Longest line (simple string, error, number, header), without CRLF.
    package var lineBytes: Int = 64 * 1024

    package init() {}
}
