// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

/// The place of one shared connection: the connection of the moment, and when to dial the next.
struct ConnectionLane {
    /// The connection that is being opened, is in use, or was lost (nil: the timer runs).
    var handler: RedisConnectionHandler?
    /// A connection that is being opened to take the place of ``handler``, which serves until then.
    var replacement: RedisConnectionHandler?
    /// Where the connection led that was lost or replaced last, other than to the target of a move.
    var formerPeer: PeerAddress?
    /// When a replacement was last asked for.
    var replacedAt: NIODeadline?
    var backoff: Backoff
    /// Whether the last loss was answered with a dial without a pause.
    var hasRedialled = false
    let timer: LoopTimer

    init(_ configuration: RedisConfiguration, timer: LoopTimer) {
        self.backoff = Backoff(
            minimum: configuration.reconnectDelayMinimum, maximum: configuration.reconnectDelayMaximum)
        self.timer = timer
    }

    /// The pause before the next dial, after `handler` was lost.
    mutating func pause(
        after cause: CloseCause, of handler: RedisConnectionHandler, now: NIODeadline,
        using generator: inout SeededGenerator
    ) -> TimeAmount {
        if cause == .refused { return self.backoff.longest(using: &generator) }
        guard handler.readySince != .distantFuture else { return self.backoff.next(using: &generator) }
        if handler.hasLived(now: now) {
            self.backoff.reset()
            self.hasRedialled = false
        }
        guard self.hasRedialled else {
            self.hasRedialled = true
            return .zero
        }
        return self.backoff.next(using: &generator)
    }
}
