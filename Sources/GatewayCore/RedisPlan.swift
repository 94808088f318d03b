// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore
package import RESP
package import RedisCore

/// A request compiled for Redis. Copying it allocates nothing.
package struct RedisPlan: Sendable {
    /// How many replies ``encode(into:)``'s commands have.
    package var replyCount: Int { 1 }
    package var retryClass: RetryClass { .unsafe }
    package var needsLease: Bool { false }
    package var isTransaction: Bool { false }
    /// How long the request may take from its arrival.
    package var timeout: TimeAmount { .seconds(1) }

    /// Writes the commands; the same bytes each time.
    package func encode(into encoder: inout RESPEncoder) {}
}
