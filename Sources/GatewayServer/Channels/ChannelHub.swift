// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

/// The subscribers of one event loop. Those whose callers have gone are found when something is published, and at the next sign of
/// life.
struct ChannelHub {
    /// A request that is answered as soon as Redis has confirmed its subscription, or when its time is over.
    struct Waiter {
        var ticket: RequestTicket
        var audience: ChannelAudience
        var deadline: NIODeadline
    }

    /// By what they listen to; a key that is here is subscribed to.
    var subscribers: [ChannelAudience: ContiguousArray<RequestTicket>] = [:]
    var waiters: ContiguousArray<Waiter> = []
    /// All of them, those who wait included.
    var count = 0
    /// The next sign of life; nil without subscribers.
    var heartbeat: Scheduled<Void>?
    /// The timer of the first waiter.
    var timer: Scheduled<Void>?
}
