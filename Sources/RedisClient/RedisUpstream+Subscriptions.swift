// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
package import RedisCore
import Telemetry

/// Subscriptions: a connection of their own, since what is published to a slow reader makes Redis end it. It is opened for the first
/// subscription, and has a lane as the shared connections have, so that it is dialled anew and moved as they are.
extension RedisUpstream {
    /// One more listens to the key. What comes of it is told by ``subscriptionEvent``.
    package func subscribe(_ key: SubscriptionKey) {
        guard case .running = self.phase else { return }
        if self.subscriptionLane == nil {
            let index = self.lanes.count
            self.subscriptionLane = index
            let timer = LoopTimer(eventLoop: self.eventLoop) { _ in self.dial(lane: index) }
            self.lanes.append(ConnectionLane(self.configuration, timer: timer))
            self.follow(self.subscriptions.subscribe(key))
            return self.dial(lane: index)
        }
        self.follow(self.subscriptions.subscribe(key))
    }

    /// One less does.
    package func unsubscribe(_ key: SubscriptionKey) {
        self.follow(self.subscriptions.unsubscribe(key))
    }

    /// Whether messages of the key come.
    package func isSubscribed(_ key: SubscriptionKey) -> Bool {
        self.subscriptions.isConfirmed(key)
    }

    /// Whether the connection is the one of the subscriptions, or is to become it.
    func isForSubscriptions(_ handler: RedisConnectionHandler) -> Bool {
        guard case .shared(let lane) = handler.role else { return false }
        return lane == self.subscriptionLane
    }

    /// Takes a push that is about subscriptions.
    /// - Returns: false if it is about something else.
    func receivedMessage(_ push: RESPValue, on handler: RedisConnectionHandler, now: NIODeadline) -> Bool {
        guard self.isForSubscriptions(handler), let push = SubscriptionPush(push) else { return false }
        self.follow(self.subscriptions.received(push, from: handler.id, now: now))
        return true
    }

    func subscriptionsServed(by handler: RedisConnectionHandler) {
        self.follow(self.subscriptions.ready(handler.id))
    }

    /// The old connection is retired when the new one has confirmed everything.
    func subscriptionsMoved(to handler: RedisConnectionHandler) {
        self.follow(self.subscriptions.moved(to: handler.id, now: self.eventLoop.now))
    }

    func subscriptionsLost(_ handler: RedisConnectionHandler, now: NIODeadline) {
        self.follow(self.subscriptions.closed(handler.id, now: now))
    }

    func fenced(_ handler: RedisConnectionHandler) {
        self.follow(self.subscriptions.fenced(handler.id, now: self.eventLoop.now))
    }

    private func follow(_ orders: [SubscriptionOrder]) {
        for order in orders {
            switch order {
            case .send(let id, let isSubscribe, let key):
                guard let handler = self.connections[id] else { continue }
                handler.appendSubscription(isSubscribe: isSubscribe, key)
                self.noteDirty(handler)
            case .fence(let id):
                guard let handler = self.connections[id] else { continue }
                handler.appendFence(now: self.eventLoop.now)
                self.noteDirty(handler)
            case .retire(let id): self.connections[id].map { self.retire($0) }
            case .confirmed, .deliver, .gap: self.subscriptionEvent?(order)
            }
        }
    }
}
