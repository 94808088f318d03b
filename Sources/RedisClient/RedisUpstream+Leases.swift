// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
package import RedisCore

/// Connections of their own for commands that block.
extension RedisUpstream {
    /// Called inside ``submit(_:)``.
    func submitLeased(_ pending: PendingRequest, now: NIODeadline) {
        if self.leases.waiting.isEmpty, let free = self.leases.idle.popLast() {
            self.lease(free.handler, to: pending, now: now)
            self.updateConnectionGauges()
            return
        }
        if let refusal = self.refusal {
            return self.failLater(pending.request.ticket, .refused(reason: refusal.rawValue))
        }
        guard self.configuration.leasedConnectionsPerLoop > 0,
            self.leases.waiting.count < self.configuration.holdQueueMaximum
        else { return self.failLater(pending.request.ticket, .overloaded) }
        var pending = pending
        self.relaxIfNeeded(&pending)
        self.leases.waiting.append(pending)
        self.timer.arm(at: pending.request.deadline)
        self.dialLeases()
    }

    /// Sends a request on the connection that an earlier one with the same ticket has kept. Called inside ``submit(_:)``.
    func submitBound(_ pending: PendingRequest, now: NIODeadline) {
        let ticket = pending.request.ticket
        guard let handler = self.leases.busy[ticket], handler.machine.state == .ready else {
            return self.failLater(ticket, .leaseLost)
        }
        guard pending.request.deadline > now else {
            self.returnLease(of: ticket)
            return self.failLater(ticket, .deadlinePassed(written: false))
        }
        if !self.send(pending, on: handler, now: now) { self.returnLease(of: ticket) }
    }

    /// A request that has kept its connection needs it no more: what it watches is forgotten, and the next may use it. Does
    /// nothing if there is none.
    package func returnLease(of ticket: RequestTicket) {
        guard let handler = self.leases.busy[ticket], handler.machine.state == .ready else { return }
        let now = self.startTick()
        handler.encoder.raw("*1\r\n$7\r\nUNWATCH\r\n")
        handler.machine.appendedForgotten(now: now)
        self.noteDirty(handler)
        self.release(handler, from: ticket, now: now)
    }

    /// Sends a request on a connection of its own; if its caller has gone, the connection is free again.
    private func lease(_ handler: RedisConnectionHandler, to pending: PendingRequest, now: NIODeadline) {
        if self.send(pending, on: handler, now: now) {
            self.leases.busy[pending.request.ticket] = handler
            self.noteHoldTime(pending, now: now)
        } else {
            self.becameIdle(handler, now: now)
        }
    }

    /// Opens as many connections as there are requests waiting, within the limit.
    private func dialLeases() {
        guard case .running = self.phase, self.leases.redialAt == .distantFuture else { return }
        while self.leases.dialing.count < self.leases.waiting.count,
            self.leases.count < self.configuration.leasedConnectionsPerLoop
        {
            let plan = self.handoff.plan(former: nil, now: self.eventLoop.now)
            let handler = RedisConnectionHandler(role: .leased, plan: plan, upstream: self)
            self.leases.dialing.append(handler)
            self.open(handler)
            // A dial that fails at once has set a pause.
            guard self.leases.redialAt == .distantFuture else { return }
        }
    }

    func leaseReady(_ handler: RedisConnectionHandler, now: NIODeadline) {
        self.leases.dialing.removeAll { $0 === handler }
        self.leases.backoff.reset()
        self.leases.redialAt = .distantFuture
        self.serve(with: handler, now: now)
        self.dialLeases()
    }

    /// A leased connection's request has ended.
    func release(_ handler: RedisConnectionHandler, from ticket: RequestTicket, now: NIODeadline) {
        self.leases.busy[ticket] = nil
        guard handler.machine.state == .ready else { return }
        guard case .running = self.phase, !handler.isSpent else { return handler.close(.replaced) }
        self.serve(with: handler, now: now)
        self.updateConnectionGauges()
    }

    /// Gives a free connection to the next request that waits.
    private func serve(with handler: RedisConnectionHandler, now: NIODeadline) {
        let tick = self.startTick()
        while let pending = self.leases.waiting.popFirst() {
            guard pending.request.deadline > now else {
                self.expired(pending)
                continue
            }
            guard self.send(pending, on: handler, now: tick) else { continue }
            self.leases.busy[pending.request.ticket] = handler
            self.noteHoldTime(pending, now: now)
            return
        }
        self.becameIdle(handler, now: now)
    }

    private func becameIdle(_ handler: RedisConnectionHandler, now: NIODeadline) {
        guard self.leases.idle.count < self.configuration.idleLeasesMaximum else { return handler.close(.idle) }
        self.leases.idle.append((handler, now))
        self.leases.reapAt = min(self.leases.reapAt, now + self.configuration.idleLeaseTimeout)
        self.timer.arm(at: self.leases.reapAt)
    }

    func leaseLost(_ handler: RedisConnectionHandler, cause: CloseCause, now: NIODeadline) {
        self.leases.idle.removeAll { $0.handler === handler }
        if let ticket = self.leases.busy.first(where: { $0.value === handler })?.key {
            self.leases.busy[ticket] = nil
        }
        if self.leases.dialing.contains(where: { $0 === handler }) {
            self.leases.dialing.removeAll { $0 === handler }
            let pause =
                cause == .refused
                ? self.leases.backoff.longest(using: &self.generator)
                : self.leases.backoff.next(using: &self.generator)
            self.leases.redialAt = now + pause
            self.timer.arm(at: self.leases.redialAt)
        }
        self.dialLeases()
    }

    func leaseTimerFired(_ now: NIODeadline) {
        if now >= self.leases.redialAt { self.leases.redialAt = .distantFuture }
        // What comes out of a pause may find a free connection.
        while !self.leases.waiting.isEmpty, let free = self.leases.idle.popLast() {
            self.serve(with: free.handler, now: now)
        }
        self.dialLeases()
        guard now >= self.leases.reapAt else { return }
        let limit = self.configuration.idleLeaseTimeout
        let old = self.leases.idle.filter { $0.since + limit <= now }
        self.leases.idle.removeAll { $0.since + limit <= now }
        self.leases.reapAt = self.leases.idle.map { $0.since + limit }.min() ?? .distantFuture
        for entry in old {
            entry.handler.close(.idle)
        }
    }
}
