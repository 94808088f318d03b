// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Glibc
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import RESP
import RedisCore
import Telemetry

/// The life of connections: dialled, ready, replaced, lost.
extension RedisUpstream {
    /// Not more often than this, a connection is replaced because its server turned out to be a replica.
    static let replacementInterval: TimeAmount = .seconds(1)

    /// Opens the lane's connection.
    func dial(lane index: Int) {
        guard case .running = self.phase, self.lanes[index].handler == nil else { return }
        let plan = self.handoff.plan(former: self.lanes[index].formerPeer, now: self.eventLoop.now)
        let handler = RedisConnectionHandler(role: .shared(lane: index), plan: plan, upstream: self)
        self.lanes[index].handler = handler
        self.open(handler)
    }

    /// Starts to connect. `replacing`: the connection whose place it is to take, by order of the handoff machine.
    func open(_ handler: RedisConnectionHandler, replacing old: ConnectionID? = nil) {
        self.connections[handler.id] = handler
        let role: ConnectionRole = handler.role == .leased ? .leased : .shared
        self.handoff.opened(handler.id, role: role, plan: handler.plan, replacing: old)
        handler.armConnectTimeout()
        self.updateConnectionGauges()
        self.connector.connect(handler).assumeIsolated().whenFailure { error in
            handler.dialFailed(error)
        }
    }

    /// A handshake is over.
    func connectionReady(_ handler: RedisConnectionHandler, now: NIODeadline) {
        self.logger.debug("redis connection ready")
        self.refusal = nil
        if let reply = handler.machine.optInReply { self.noteOptIn(reply, on: handler, now: now) }
        switch handler.role {
        case .shared(let lane):
            if self.lanes[lane].replacement === handler, !handler.awaitsSwitch, let old = self.lanes[lane].handler {
                self.lanes[lane].replacement = nil
                self.lanes[lane].handler = handler
                self.retire(old)
            }
            if !handler.awaitsSwitch { self.enterService(handler) }
        case .leased:
            self.leaseReady(handler, now: self.startTick())
        }
        self.perform(self.handoff.ready(handler.id, now: now))
        self.armTimer()
        self.updateConnectionGauges()
    }

    /// The connection takes requests from now on.
    func enterService(_ handler: RedisConnectionHandler) {
        handler.awaitsSwitch = false
        guard !self.isForSubscriptions(handler) else { return self.subscriptionsServed(by: handler) }
        self.ready.append(handler)
        if self.unusableSince != nil { self.logger.info("redis upstream usable") }
        self.unusableSince = nil
        self.lastError = nil
        self.drainHold(now: self.startTick())
        self.updateConnectionGauges()
    }

    /// The connection takes no more requests; it is closed when it has answered those that it was given.
    func retire(_ old: RedisConnectionHandler) {
        self.ready.removeAll { $0 === old }
        guard old.machine.state == .ready else { return old.close(.replaced) }
        old.flush()
        self.draining.append(old)
        old.drain()
    }

    /// A reply said that the server is not the primary (any more): dial again beside the connection, for the name may
    /// lead elsewhere by now, and change over when the new connection is ready.
    func replacementWanted(for handler: RedisConnectionHandler, now: NIODeadline) {
        guard case .running = self.phase else { return }
        guard case .shared(let lane) = handler.role else {
            handler.isSpent = true
            return
        }
        guard self.lanes[lane].handler === handler, self.lanes[lane].replacement == nil else { return }
        if let last = self.lanes[lane].replacedAt, now < last + Self.replacementInterval { return }
        let plan = self.handoff.plan(former: handler.peer, now: now)
        let replacement = RedisConnectionHandler(role: handler.role, plan: plan, upstream: self)
        self.lanes[lane].replacedAt = now
        self.lanes[lane].replacement = replacement
        self.open(replacement)
    }

    /// A connection has ended, or could not be opened. `lost` is what it had not answered; slots with a number below
    /// `written` had been handed to the socket.
    func connectionClosed(_ handler: RedisConnectionHandler, cause: CloseCause, lost: SlotQueue, written: Int) {
        let now = self.eventLoop.now
        let cause = self.cause(cause, of: handler, now: now)
        self.logger.debug("redis connection ended", metadata: [LogKey.cause: "\(cause.label)"])
        self.shard.add(self.metrics.closed, Int(cause.rawValue))
        if cause == .dialFailed || cause == .dialTimedOut { self.refusal = nil }
        self.ready.removeAll { $0 === handler }
        self.draining.removeAll { $0 === handler }
        let outcome = self.settle(lost, written: written, cause: cause, now: now)
        if cause == .maintenance { self.account(outcome.resent, outcome.failed.count, of: handler) }
        let actions = self.handoff.closed(handler.id, cause: cause, now: now, using: &self.generator)
        switch handler.role {
        case .shared(let lane):
            if self.isForSubscriptions(handler) { self.subscriptionsLost(handler, now: now) }
            self.hold.prepend(outcome.again)
            self.noteUnusable(cause, now: now)
            self.laneLost(lane, handler: handler, cause: cause, now: now)
        case .leased:
            self.leases.waiting.prepend(outcome.again)
            self.leaseLost(handler, cause: cause, now: now)
        }
        self.updateConnectionGauges()
        for (ticket, failure) in outcome.failed {
            self.fail(ticket, failure)
        }
        self.perform(actions)
        self.drainHold(now: now)
        self.armTimer()
        // Not here: a connection may be lost inside a call of the source (a flush, a cancellation).
        if self.isBatchOpen { _ = self.startTick() }
    }

    /// M8: a connection that is lost in the course of announced maintenance was lost to it.
    private func cause(_ cause: CloseCause, of handler: RedisConnectionHandler, now: NIODeadline) -> CloseCause {
        switch cause {
        case .peerClosed, .ioError, .stalled:
            self.handoff.isMaintained(handler.peer, now: now) ? .maintenance : cause
        case .dialFailed, .dialTimedOut, .handshakeFailed, .refused, .badReply, .maintenance, .replaced, .abandoned,
            .idle, .shutdown:
            cause
        }
    }

    private func account(_ resent: Int, _ failed: Int, of handler: RedisConnectionHandler) {
        self.handoff.account(handler.id, resent: resent, failed: failed)
        self.shard.add(self.metrics.handoffRequests, RedisMetrics.HandoffFate.resent.rawValue, by: resent)
        self.shard.add(self.metrics.handoffRequests, RedisMetrics.HandoffFate.failed.rawValue, by: failed)
    }

    private func noteUnusable(_ cause: CloseCause, now: NIODeadline) {
        guard self.ready.isEmpty, self.unusableSince == nil else { return }
        self.unusableSince = now
        let level: Logger.Level = cause == .shutdown ? .debug : .warning
        self.logger.log(level: level, "redis upstream unusable", metadata: [LogKey.cause: "\(cause.label)"])
        if self.lastError == nil { self.lastError = "the connection was lost (\(cause.label))" }
    }

    private func laneLost(_ index: Int, handler: RedisConnectionHandler, cause: CloseCause, now: NIODeadline) {
        if self.lanes[index].replacement === handler {
            self.lanes[index].replacement = nil
            return
        }
        // A connection that was replaced has no lane any more.
        guard self.lanes[index].handler === handler else { return }
        if handler.plan.move == nil { self.lanes[index].formerPeer = handler.peer }
        let next = self.lanes[index].replacement
        self.lanes[index].handler = next
        self.lanes[index].replacement = nil
        if let next, next.awaitsSwitch {
            // There is nothing to switch from any more.
            next.awaitsSwitch = false
            if next.machine.state == .ready { self.enterService(next) }
        }
        guard case .running = self.phase, self.lanes[index].handler == nil else { return }
        let pause = self.lanes[index].pause(after: cause, of: handler, now: now, using: &self.generator)
        self.lanes[index].timer.arm(at: now + pause)
    }

    /// Decides about everything a lost connection had not answered.
    private func settle(
        _ lost: SlotQueue, written: Int, cause: CloseCause, now: NIODeadline
    ) -> (again: [PendingRequest], failed: [(RequestTicket, RedisFailure)], resent: Int) {
        var again: [PendingRequest] = []
        var resent = 0
        var failed: [(RequestTicket, RedisFailure)] = []
        for number in lost.head..<lost.tail {
            let slot = lost[number]
            guard case .request(let ticket) = slot.owner, var pending = slot.pending(since: now) else { continue }
            let wasWritten = number < written
            switch self.verdict(on: slot, isHead: number == lost.head, written: wasWritten, cause: cause, now: now) {
            case .fail(let failure):
                failed.append((ticket, failure))
            case .sendAgain(let mayHaveRun):
                if wasWritten {
                    pending.losses &+= 1
                    resent += 1
                }
                pending.mayHaveRun = mayHaveRun
                again.append(pending)
                let reason = wasWritten ? RedisMetrics.RetryReason.connectionLost : RedisMetrics.RetryReason.notWritten
                self.shard.add(self.metrics.retries, reason)
            }
        }
        return (again, failed, resent)
    }

    private func verdict(
        on slot: CommandSlot, isHead: Bool, written: Bool, cause: CloseCause, now: NIODeadline
    ) -> RetryVerdict {
        // It was the reply to the oldest command that could not be read; another attempt would bring the same reply.
        if cause == .badReply, isHead, written { return .fail(.badReply) }
        guard case .running = self.phase else { return .fail(written ? .connectionLost : .shuttingDown) }
        return RetryPolicy.afterLoss(of: slot, written: written, now: now)
    }

    /// The channel of a connection is closed for good.
    func channelEnded(_ handler: RedisConnectionHandler) {
        self.connections[handler.id] = nil
        self.finishIfStopped()
    }

    /// The upstream does not want us: waiting would not help.
    func refused(_ refusal: Refusal) {
        guard self.ready.isEmpty else { return }
        if self.refusal != refusal {
            self.logger.warning("redis refuses the gateway", metadata: [LogKey.cause: "\(refusal.rawValue)"])
        }
        self.lastError = refusal.rawValue
        self.refusal = refusal
        for pending in self.hold.removeAll() + self.removeWave() + self.leases.waiting.removeAll() {
            self.fail(pending.request.ticket, .refused(reason: refusal.rawValue))
        }
        self.maintenanceUpdated()
    }

    // MARK: - Errors as text

    /// Keeps why the last attempt failed, for health checks: no addresses, no credentials.
    func noteError(_ error: any Error) {
        self.noteError(Self.describe(error))
    }

    func noteError(_ text: String) {
        if self.ready.isEmpty { self.lastError = text }
    }

    private static func describe(_ error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError:
            if let first = error.connectionErrors.first { return self.describe(first.error) }
            return "the host name could not be resolved"
        case let error as IOError:
            return self.describe(errno: error.errnoCode)
        case ChannelError.connectTimeout:
            return "connect timed out"
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            return "the TLS handshake failed"
        default:
            return "connect failed"
        }
    }

    private static func describe(errno code: CInt) -> String {
        switch code {
        case ECONNREFUSED: "connection refused"
        case ENOENT: "the socket does not exist"
        case EACCES: "no permission for the socket"
        case EHOSTUNREACH, ENETUNREACH: "no route to the host"
        case ECONNRESET, EPIPE: "connection reset"
        case ETIMEDOUT: "connect timed out"
        case EMFILE, ENFILE: "too many open files"
        default: "connect failed"
        }
    }

    // MARK: - Gauges

    func updateConnectionGauges() {
        let gauge = self.metrics.connections
        let connecting = self.lanes.count { $0.handler?.machine.state != .ready } + self.leases.dialing.count
        let counts: [(RedisMetrics.ConnectionState, Int)] = [
            (.connecting, connecting), (.ready, self.ready.count), (.draining, self.draining.count),
            (.leaseBusy, self.leases.busy.count), (.leaseIdle, self.leases.idle.count),
        ]
        for (state, count) in counts {
            self.shard.set(gauge, state.rawValue, to: count)
        }
    }
}
