// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What a request asks for beyond its route and method.
package enum Modifier: Sendable, Equatable {
    case none
    /// Write with a time to live of so many milliseconds, 1...
    case ttl(milliseconds: Int64)
    /// Write with an expiry at a Unix time in milliseconds, 1...
    case expireAt(milliseconds: Int64)
    /// Write and keep the time to live.
    case keepTTL
    /// Read a part: both bounds count from 0, inclusive; negative ones from the end (-1 is the last byte), as GETRANGE
    /// does.
    case range(first: Int64, last: Int64)
    /// The form of an answer on the Upstash-compatible surface.
    case upstash(UpstashFormat)
}
