// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
import RedisCore

/// What the connection of the subscriptions sends besides.
extension RedisConnectionHandler {
    /// SUBSCRIBE, UNSUBSCRIBE and their kin are answered by pushes, not by replies. The upstream flushes.
    func appendSubscription(isSubscribe: Bool, _ key: SubscriptionKey) {
        guard self.machine.state == .ready else { return }
        self.encoder.array(count: 2)
        switch (key.kind, isSubscribe) {
        case (.channel, true): self.encoder.bulk("SUBSCRIBE")
        case (.channel, false): self.encoder.bulk("UNSUBSCRIBE")
        case (.pattern, true): self.encoder.bulk("PSUBSCRIBE")
        case (.pattern, false): self.encoder.bulk("PUNSUBSCRIBE")
        case (.shardChannel, true): self.encoder.bulk("SSUBSCRIBE")
        case (.shardChannel, false): self.encoder.bulk("SUNSUBSCRIBE")
        }
        self.encoder.bulk(key.name)
    }

    /// A PING whose reply is told to the upstream, which flushes.
    func appendFence(now: NIODeadline) {
        guard self.machine.state == .ready else { return }
        self.encoder.array(count: 1)
        self.encoder.bulk("PING")
        self.machine.appendedFence(now: now)
        self.timer.arm(at: now + self.stallTimeout)
    }
}
