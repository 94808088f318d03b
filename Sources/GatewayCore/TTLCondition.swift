// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// When a time to live is to be set (the options of PEXPIRE, Redis 7.0).
package enum TTLCondition: UInt8, Sendable {
    case always
    /// Only if the key has none.
    case nx
    /// Only if the key has one.
    case xx
    /// Only if it grows; no time to live counts as endless.
    case gt
    /// Only if it shrinks.
    case lt
}
