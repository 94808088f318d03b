// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

extension UpstreamMaintenance {
    /// One picture of what the event loops see: the worst state, sums of connections and requests, the union of windows
    /// by kind and number, moves by identity.
    /// - Returns: nil without any picture.
    static func merged(_ pictures: [UpstreamMaintenance]) -> UpstreamMaintenance? {
        guard var sum = pictures.first else { return nil }
        sum.lastHandoff = nil
        for picture in pictures.dropFirst() {
            sum.notifications = former(sum.notifications, picture.notifications)
            sum.state = latter(sum.state, picture.state)
            sum.connections.ready += picture.connections.ready
            sum.connections.draining += picture.connections.draining
            sum.connections.dialing += picture.connections.dialing
            sum.effectiveTimeout = max(sum.effectiveTimeout, picture.effectiveTimeout)
            for window in picture.windows { sum.add(window) }
            for handoff in picture.handoffs { sum.add(handoff) }
            sum.counters.add(picture.counters)
        }
        sum.windows.sort { $0.openedAt < $1.openedAt }
        sum.handoffs.sort { $0.announcedAt < $1.announcedAt }
        for picture in pictures { if let last = picture.lastHandoff { sum.add(ended: last) } }
        return sum
    }

    private mutating func add(_ window: Window) {
        guard
            let index = self.windows.firstIndex(where: { $0.kind == window.kind && $0.sequence == window.sequence })
        else { return self.windows.append(window) }
        self.windows[index].openedAt = min(self.windows[index].openedAt, window.openedAt)
        self.windows[index].closesBy = max(self.windows[index].closesBy, window.closesBy)
    }

    private mutating func add(_ handoff: HandoffRecord) {
        guard let index = self.handoffs.firstIndex(where: { $0.identity == handoff.identity }) else {
            return self.handoffs.append(handoff)
        }
        self.handoffs[index].add(handoff)
    }

    /// A move that has ended on an event loop. It still goes on if it does so on another one, and is the last one if no
    /// other has ended later.
    private mutating func add(ended handoff: HandoffRecord) {
        if let index = self.handoffs.firstIndex(where: { $0.identity == handoff.identity }) {
            let phase = self.handoffs[index].phase
            self.handoffs[index].add(handoff)
            self.handoffs[index].phase = phase
            self.handoffs[index].endedAt = nil
        } else if self.lastHandoff?.identity == handoff.identity {
            self.lastHandoff?.add(handoff)
        } else if let last = self.lastHandoff?.endedAt, let end = handoff.endedAt, end < last {
            return
        } else {
            self.lastHandoff = handoff
        }
    }
}

extension HandoffRecord {
    /// Adds what another event loop has of the same move.
    fileprivate mutating func add(_ other: HandoffRecord) {
        self.announcedAt = min(self.announcedAt, other.announcedAt)
        self.deadline = max(self.deadline, other.deadline)
        self.phase = latter(self.phase, other.phase)
        self.moved += other.moved
        self.remaining += other.remaining
        self.held += other.held
        self.inFlight += other.inFlight
        self.resent += other.resent
        self.failed += other.failed
        self.failedDials += other.failedDials
        if let end = other.endedAt { self.endedAt = max(self.endedAt ?? end, end) }
    }
}

/// Of two cases the one that the enumeration names first.
private func former<Value: CaseIterable & Equatable>(_ left: Value, _ right: Value) -> Value {
    Value.allCases.first { $0 == left || $0 == right } ?? left
}

/// Of two cases the one that the enumeration names last: the worse one, or the one further on.
private func latter<Value: CaseIterable & Equatable>(_ left: Value, _ right: Value) -> Value {
    former(left, right) == left ? right : left
}
