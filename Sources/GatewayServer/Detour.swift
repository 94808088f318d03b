// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import NIOCore
import RESP

/// Where the replies of a request go if not to its plan's own rendering.
enum Detour {
    /// What is sent runs the plan's commands once, and has one reply; and what that has come to.
    case idempotent(ByteBuffer, IdempotentReply?)
    /// One request of many; and what its reply has brought.
    case feed(Feed, FeedStep?)

    /// The same with a reply.
    /// - Parameters:
    ///   - reply: The one that has come.
    ///   - count: How many replies the plan's commands have.
    /// - Returns: What holds its outcome.
    func taking(_ reply: RESPValue, count: Int) -> Detour {
        switch self {
        case .idempotent(let commands, _): return .idempotent(commands, IdempotentReply(reply, count: count))
        case .feed(var feed, _):
            let step = feed.take(reply)
            return .feed(feed, step)
        }
    }
}
