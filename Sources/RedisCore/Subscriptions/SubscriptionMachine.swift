// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// The subscriptions of one upstream on one event loop: each key once, on one connection, whatever the number of those who listen.
///
/// A connection that is lost leaves a gap, which is told once its successor has confirmed. A move leaves none: the new connection
/// subscribes while the old one still serves. When it has confirmed everything, a PING on the old one proves that all has come which
/// was published before, and one on the new that all has come which both have brought. Then what the new one has beyond the old
/// one is delivered: in order, and once.
package struct SubscriptionMachine: Sendable {
    private struct Entry {
        var listeners = 1
        var isConfirmed = false
        /// Since when messages may have been missed; nil: nothing was.
        var lostAt: NIODeadline?
        /// In a move: whether the new connection has confirmed.
        var hasMoved = false
        /// In a move: what both connections have brought.
        var overlap = Overlap()
    }

    private var entries: [SubscriptionKey: Entry] = [:]
    /// The connection that serves; nil while there is none.
    package private(set) var current: ConnectionID?
    /// In a move: the connection that is to go.
    private var old: ConnectionID?
    /// Whether the old connection was asked for its PING.
    private var isFenced = false
    /// Whether the new one was: what it brings is still kept back.
    private var isSettling = false

    package init() {}

    /// Whether nothing is subscribed to.
    package var isEmpty: Bool { self.entries.isEmpty }

    /// Whether the key is subscribed to and served.
    package func isConfirmed(_ key: SubscriptionKey) -> Bool {
        self.entries[key]?.isConfirmed ?? false
    }

    /// One more listens to the key.
    package mutating func subscribe(_ key: SubscriptionKey) -> [SubscriptionOrder] {
        if self.entries[key] != nil {
            self.entries[key]?.listeners += 1
            return []
        }
        self.entries[key] = Entry()
        guard let current = self.current else { return [] }
        return [.send(current, isSubscribe: true, key)]
    }

    /// One less does.
    package mutating func unsubscribe(_ key: SubscriptionKey) -> [SubscriptionOrder] {
        guard let entry = self.entries[key] else { return [] }
        guard entry.listeners <= 1 else {
            self.entries[key]?.listeners -= 1
            return []
        }
        self.entries[key] = nil
        var orders: [SubscriptionOrder] = []
        if let current = self.current { orders.append(.send(current, isSubscribe: false, key)) }
        return orders + self.fenceIfMoved()
    }

    /// A connection takes the place of the one that was lost, or of none.
    package mutating func ready(_ id: ConnectionID) -> [SubscriptionOrder] {
        self.current = id
        self.old = nil
        self.isSettling = false
        return self.entries.keys.map { .send(id, isSubscribe: true, $0) }
    }

    /// A connection takes the place of the one that serves, which goes on until the new one has confirmed everything.
    package mutating func moved(to id: ConnectionID, now: NIODeadline) -> [SubscriptionOrder] {
        guard let current = self.current else { return self.ready(id) }
        // A second move: the first one ends where it is.
        let isSecond = self.old != nil
        var orders = self.settle(now: now)
        if let old = self.old { orders.append(.retire(old)) }
        self.old = current
        self.current = id
        self.isFenced = false
        for (key, entry) in self.entries {
            // The connection that is to go serves it only if it has confirmed it.
            if entry.isConfirmed, isSecond, !entry.hasMoved {
                self.entries[key]?.isConfirmed = false
                self.entries[key]?.lostAt = now
            }
            self.entries[key]?.hasMoved = false
            self.entries[key]?.overlap = Overlap()
            orders.append(.send(id, isSubscribe: true, key))
        }
        return orders + self.fenceIfMoved()
    }

    /// A connection has ended.
    package mutating func closed(_ id: ConnectionID, now: NIODeadline) -> [SubscriptionOrder] {
        if id == self.old { return self.oldClosed(now: now) }
        guard id == self.current else { return [] }
        var orders: [SubscriptionOrder] = []
        if self.old == nil { orders = self.settle(now: now) }
        self.current = self.old
        self.old = nil
        self.isSettling = false
        guard self.current == nil else { return orders }
        for (key, entry) in self.entries where entry.isConfirmed {
            self.entries[key]?.isConfirmed = false
            self.entries[key]?.lostAt = now
        }
        return orders
    }

    /// The old connection has gone before it had brought everything.
    private mutating func oldClosed(now: NIODeadline) -> [SubscriptionOrder] {
        self.old = nil
        var orders: [SubscriptionOrder] = []
        for (key, entry) in self.entries where entry.isConfirmed {
            if entry.hasMoved {
                orders.append(.gap(key, from: now, to: now))
            } else {
                self.entries[key]?.isConfirmed = false
                self.entries[key]?.lostAt = now
            }
        }
        return orders + self.settle(now: now)
    }

    /// A push has come.
    package mutating func received(
        _ push: SubscriptionPush, from id: ConnectionID, now: NIODeadline
    ) -> [SubscriptionOrder] {
        switch push {
        case .subscribed(let key): return self.confirmed(key, by: id, now: now)
        case .unsubscribed: return []
        case .message(let key, let channel, let payload):
            guard self.entries[key] != nil else { return [] }
            let message = Overlap.Message(channel: channel, payload: payload)
            if id == self.old {
                self.entries[key]?.overlap.noteOld(message)
            } else if id == self.current {
                if self.old != nil || self.isSettling {
                    self.entries[key]?.overlap.noteNew(message)
                    return []
                }
            } else {
                return []
            }
            return [.deliver(key, channel: channel, payload: payload)]
        }
    }

    /// The PING of ``SubscriptionOrder/fence(_:)`` was answered.
    package mutating func fenced(_ id: ConnectionID, now: NIODeadline) -> [SubscriptionOrder] {
        if id == self.old, let current = self.current {
            self.old = nil
            self.isSettling = true
            return [.retire(id), .fence(current)]
        }
        guard id == self.current, self.isSettling else { return [] }
        return self.settle(now: now)
    }

    /// Ends a move: delivers what was kept back.
    private mutating func settle(now: NIODeadline) -> [SubscriptionOrder] {
        self.isSettling = false
        var orders: [SubscriptionOrder] = []
        for (key, entry) in self.entries {
            if entry.overlap.isIncomplete { orders.append(.gap(key, from: now, to: now)) }
            for message in entry.overlap.rest {
                orders.append(.deliver(key, channel: message.channel, payload: message.payload))
            }
            self.entries[key]?.overlap = Overlap()
        }
        return orders
    }

    private mutating func confirmed(
        _ key: SubscriptionKey, by id: ConnectionID, now: NIODeadline
    ) -> [SubscriptionOrder] {
        guard let entry = self.entries[key], id == self.current else { return [] }
        self.entries[key]?.isConfirmed = true
        self.entries[key]?.hasMoved = true
        self.entries[key]?.lostAt = nil
        var orders: [SubscriptionOrder] = []
        if let lostAt = entry.lostAt { orders.append(.gap(key, from: lostAt, to: now)) }
        if !entry.isConfirmed { orders.append(.confirmed(key)) }
        return orders + self.fenceIfMoved()
    }

    private mutating func fenceIfMoved() -> [SubscriptionOrder] {
        guard let old = self.old, !self.isFenced, self.entries.values.allSatisfy(\.hasMoved) else { return [] }
        self.isFenced = true
        return [.fence(old)]
    }
}
