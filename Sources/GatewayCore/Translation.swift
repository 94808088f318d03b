// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
package import NIOCore
package import RedisCore

/// What a complete request comes to.
package enum Translation {
    /// Commands for Redis, and how to render their replies.
    case redis(RedisPlan)
    /// The same, but what is sent is one command (in its wire form) that runs the others once and keeps their replies.
    case idempotent(RedisPlan, ByteBuffer)
    /// An answer that many requests to Redis make, one after the other.
    case feed(Feed)
    /// An answer that needs nobody (OPTIONS, `QUIT` by /v1/commands).
    case response(Response)
    /// An answer that the server makes from its own memory (health, metrics); the match's route says which.
    case local
    /// An answer that the server begins from its own memory, and Redis completes: ``Gateway/description(_:section:own:)``.
    case describe(section: ByteBuffer)
    /// A move of the upstream's connections, asked for by an operator.
    case handoff(HandoffOrder)
    /// A stream of what is published to any of these.
    case subscribe([SubscriptionKey], SubscriptionStyle)
    case refused(Problem)
}
