// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

/// Connections that carry one request at a time, for commands that block.
struct LeasePool {
    /// Ready and free, the newest last.
    var idle: [(handler: RedisConnectionHandler, since: NIODeadline)] = []
    var busy: [RequestTicket: RedisConnectionHandler] = [:]
    var dialing: [RedisConnectionHandler] = []
    var waiting = HoldQueue()
    var backoff: Backoff
    /// When to dial again after a failure; `distantFuture` when nothing is in the way of a dial.
    var redialAt: NIODeadline = .distantFuture
    /// When to look for connections that have been idle for too long.
    var reapAt: NIODeadline = .distantFuture

    init(_ configuration: RedisConfiguration) {
        self.backoff = Backoff(
            minimum: configuration.reconnectDelayMinimum, maximum: configuration.reconnectDelayMaximum)
    }

    var count: Int { self.idle.count + self.busy.count + self.dialing.count }
}
