// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
import RedisCore
import Telemetry

/// What waits: for a connection, for the end of a pause, for its deadline.
extension RedisUpstream {
    /// Called inside ``submit(_:)``.
    func hold(_ pending: PendingRequest) {
        if self.ready.isEmpty, let refusal = self.refusal {
            return self.failLater(pending.request.ticket, .refused(reason: refusal.rawValue))
        }
        guard self.hold.count + self.wave.count < self.configuration.holdQueueMaximum else {
            return self.failLater(pending.request.ticket, .overloaded)
        }
        var pending = pending
        self.relaxIfNeeded(&pending)
        self.hold.append(pending)
        self.timer.arm(at: pending.request.deadline)
    }

    /// Sends what waits, as far as there is room.
    func drainHold(now: NIODeadline) {
        while !self.hold.isEmpty, !self.ready.isEmpty, let connection = self.connectionWithRoom(),
            let pending = self.hold.popFirst()
        {
            guard pending.request.deadline > now else {
                self.expired(pending)
                continue
            }
            let tick = self.startTick()
            if self.send(pending, on: connection, now: tick) { self.noteHoldTime(pending, now: now) }
        }
    }

    func noteHoldTime(_ pending: PendingRequest, now: NIODeadline) {
        self.shard.observe(self.metrics.holdTime, nanoseconds: (now - pending.since).nanoseconds)
    }

    /// One read of a connection is over.
    func readCompleted(on handler: RedisConnectionHandler, now: NIODeadline) {
        if !self.hold.isEmpty { self.drainHold(now: now) }
        if let duration = handler.timeToFirstReply(now: now) {
            self.shard.observe(self.metrics.firstReply, nanoseconds: duration.nanoseconds)
        }
        self.updateLoadGauges()
        self.batchEnded()
    }

    /// The last reply of a request was delivered.
    func completed(_ delivery: Delivery, on handler: RedisConnectionHandler, now: NIODeadline) {
        let isLeased = handler.role == .leased
        self.shard.observe(
            self.metrics.roundTrip, isLeased ? 1 : 0, nanoseconds: (now - delivery.sentAt).nanoseconds)
        if delivery.attempts > 0 { self.transients[delivery.ticket] = nil }
        if isLeased, !delivery.keepsLease { self.release(handler, from: delivery.ticket, now: now) }
    }

    // MARK: - Transient errors

    /// A request was answered with a transient error: it is sent again after a pause, or, when no time or room is left,
    /// the error is its reply.
    func sendAgain(
        _ pending: PendingRequest, reason: TransientError, reply: RESPValue, from handler: RedisConnectionHandler,
        now: NIODeadline
    ) {
        let ticket = pending.request.ticket
        defer {
            if pending.request.keepsLease {
                self.returnLease(of: ticket)
            } else if handler.role == .leased {
                self.release(handler, from: ticket, now: now)
            }
        }
        let hasRoom = self.hold.count + self.wave.count < self.configuration.holdQueueMaximum
        guard case .running = self.phase, hasRoom, now < pending.request.deadline else {
            self.transients[ticket] = nil
            self.source.received(reply, ordinal: pending.request.replyCount - 1, for: ticket)
            return
        }
        self.shard.add(self.metrics.retries, RedisMetrics.RetryReason.index(reason))
        // The text is copied: a slice would keep the whole read buffer.
        self.transients[ticket] = RESPValue(
            kind: reply.kind, payload: ByteBuffer(bytes: reply.payload.readableBytesView))
        if self.wave.isEmpty {
            self.waveDue = now + RetryPolicy.pause(attempts: pending.attempts, using: &self.generator)
        }
        var waiting = pending
        waiting.since = now
        self.relaxIfNeeded(&waiting)
        self.wave.append(waiting)
        self.timer.arm(at: min(self.waveDue, waiting.request.deadline))
    }

    /// Takes everything out of the pause.
    func removeWave() -> [PendingRequest] {
        self.waveDue = .distantFuture
        return self.wave.removeAll()
    }

    private func releaseWave() {
        let released = self.removeWave()
        self.hold.prepend(released.filter { !$0.request.needsLease })
        self.leases.waiting.prepend(released.filter(\.request.needsLease))
    }

    // MARK: - Timer

    /// The next time at which something has to be done for what waits.
    func armTimer() {
        var next = min(self.hold.earliestDeadline, self.wave.earliestDeadline, self.waveDue)
        next = min(next, self.leases.waiting.earliestDeadline, self.leases.redialAt, self.leases.reapAt)
        if case .stopping = self.phase { next = min(next, self.stopDeadline) }
        if case .running = self.phase { next = min(next, self.reprobeAt) }
        self.timer.arm(at: next)
    }

    func timerFired(_ now: NIODeadline) {
        if case .stopping = self.phase, now >= self.stopDeadline { self.closeEverything() }
        let expired = self.hold.expire(now: now) + self.wave.expire(now: now) + self.leases.waiting.expire(now: now)
        if self.wave.isEmpty { self.waveDue = .distantFuture }
        for pending in expired {
            self.expired(pending)
        }
        if now >= self.waveDue { self.releaseWave() }
        self.drainHold(now: now)
        self.leaseTimerFired(now)
        self.reprobeIfDue(now)
        self.armTimer()
        self.updateLoadGauges()
        self.batchEnded()
    }

    /// The deadline of a waiting request has come. If it was answered with a transient error and has not been sent since,
    /// that error is what the caller gets: it says more than "too late".
    func expired(_ pending: PendingRequest) {
        let ticket = pending.request.ticket
        guard !pending.mayHaveRun, let last = self.transients.removeValue(forKey: ticket) else {
            return self.fail(ticket, .deadlinePassed(written: pending.mayHaveRun))
        }
        self.isBatchOpen = true
        self.source.received(last, ordinal: pending.request.replyCount - 1, for: ticket)
    }
}
