// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

/// What one event loop knows of the upstream's maintenance, and which of its requests wait for news of it.
struct MaintenanceWatch {
    /// A request that is answered when there is a new revision, or when its time is over.
    struct Waiter {
        var ticket: RequestTicket
        var deadline: NIODeadline
        /// What the caller asked for, as far as it is granted.
        var seconds: Int
    }

    /// A request whose response is a stream of events.
    struct Subscriber {
        var ticket: RequestTicket
        /// The last revision that it was sent.
        var revision: Int
    }

    /// Tells the other loops; nil before the start is complete.
    var board: MaintenanceBoard?
    /// The loop's number on the board.
    var loop = 0
    /// What has happened on this loop and was not told yet.
    var notes: [MaintenanceNote] = []
    /// What to answer with; nil before the start is complete.
    var publication: MaintenancePublication?
    var waiters: ContiguousArray<Waiter> = []
    var subscribers: ContiguousArray<Subscriber> = []
    /// The next sign of life for subscribers; nil without any.
    var heartbeat: Scheduled<Void>?
    /// The timer of the first deadline.
    var timer: Scheduled<Void>?
    var timerDeadline = NIODeadline.distantFuture

    /// Requests that wait or subscribe, those whose callers have gone among them.
    var watchers: Int { self.waiters.count + self.subscribers.count }
}
