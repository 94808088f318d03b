// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import DequeModule
package import NIOCore

/// Requests that wait, in order, with an eye on the earliest deadline among them.
package struct HoldQueue: Sendable {
    private var requests: Deque<PendingRequest> = []
    /// Not later than any deadline in the queue; `distantFuture` when it is empty.
    package private(set) var earliestDeadline: NIODeadline = .distantFuture

    package init() {}

    package var count: Int { self.requests.count }
    package var isEmpty: Bool { self.requests.isEmpty }
    package var first: PendingRequest? { self.requests.first }

    package mutating func append(_ pending: PendingRequest) {
        self.requests.append(pending)
        self.earliestDeadline = min(self.earliestDeadline, pending.request.deadline)
    }

    /// Puts requests, in their order, before all others: they are older.
    package mutating func prepend(_ older: [PendingRequest]) {
        self.requests.prepend(contentsOf: older)
        for pending in older {
            self.earliestDeadline = min(self.earliestDeadline, pending.request.deadline)
        }
    }

    package mutating func popFirst() -> PendingRequest? {
        let first = self.requests.popFirst()
        if self.requests.isEmpty { self.earliestDeadline = .distantFuture }
        return first
    }

    /// Gives every request with a soft deadline more time (W2).
    package mutating func relax(timeout: TimeAmount) {
        for index in self.requests.indices { self.requests[index].relax(timeout: timeout) }
    }

    /// Takes everything.
    package mutating func removeAll() -> [PendingRequest] {
        guard !self.requests.isEmpty else { return [] }
        let all = Array(self.requests)
        self.requests.removeAll()
        self.earliestDeadline = .distantFuture
        return all
    }

    /// Takes the requests whose deadline has come, in order.
    package mutating func expire(now: NIODeadline) -> [PendingRequest] {
        guard self.earliestDeadline <= now else { return [] }
        var expired: [PendingRequest] = []
        var earliest = NIODeadline.distantFuture
        self.requests.removeAll { pending in
            guard pending.request.deadline > now else {
                expired.append(pending)
                return true
            }
            earliest = min(earliest, pending.request.deadline)
            return false
        }
        self.earliestDeadline = earliest
        return expired
    }
}
