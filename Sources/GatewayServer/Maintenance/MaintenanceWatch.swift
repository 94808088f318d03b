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

    /// Tells the other loops; nil before the start is complete.
    var board: MaintenanceBoard?
    /// The loop's number on the board.
    var loop = 0
    /// What to answer with; nil before the start is complete.
    var publication: MaintenancePublication?
    var waiters: ContiguousArray<Waiter> = []
    /// The timer of the first deadline.
    var timer: Scheduled<Void>?
    var timerDeadline = NIODeadline.distantFuture
}
