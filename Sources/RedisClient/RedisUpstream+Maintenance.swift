// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import DequeModule
package import NIOCore
import RESP
package import RedisCore
import Telemetry

/// Announced maintenance: what the upstream tells its ``HandoffMachine``, and how it follows the machine's orders.
extension RedisUpstream {
    /// A move by hand, for servers that announce nothing: every connection goes to `target` (nil: the configured endpoint
    /// anew) within `grace`, which is held to 1...120 s.
    /// - Returns: false if too many moves go on, or the upstream is being shut down.
    package func beginHandoff(target: MovingTarget?, grace: TimeAmount) -> Bool {
        guard case .running = self.phase,
            let actions = self.handoff.begin(target: target, grace: grace, now: self.eventLoop.now)
        else { return false }
        self.perform(actions)
        return true
    }

    /// An out-of-band message has come, and the next reply has not been looked at yet.
    func received(push: RESPValue, on handler: RedisConnectionHandler, now: NIODeadline) {
        if self.subscriptionLane != nil, self.receivedMessage(push, on: handler, now: now) { return }
        self.shard.add(self.metrics.pushes)
        let push = MaintenancePush(push)
        self.shard.add(self.metrics.announcements, RedisMetrics.index(of: push.kind))
        self.perform(self.handoff.received(push, from: handler.id, now: now, using: &self.generator))
    }

    /// The transport of a connection is there.
    /// - Returns: false if its address is not one to speak to; it is closed then.
    func connected(_ handler: RedisConnectionHandler, to peer: PeerAddress) -> Bool {
        guard self.handoff.allowsConnection(handler.id, to: peer) else {
            self.handoff.counters.refusedTargets += 1
            self.noteError("the announced name leads to an address that is not allowed")
            handler.close(.dialFailed)
            return false
        }
        self.handoff.connected(handler.id, peer: peer)
        handler.setRelaxed(
            self.handoff.isRelaxed(peer), timeout: self.configuration.maintenance.relaxedTimeout)
        return true
    }

    // MARK: - Orders

    /// Follows orders, in their order: what comes of one (a closed connection, say) is met after all of them.
    func perform(_ actions: [HandoffAction]) {
        self.orders.append(contentsOf: actions)
        guard !self.isPerforming else { return }
        self.isPerforming = true
        while let order = self.orders.popFirst() {
            self.perform(order)
        }
        self.isPerforming = false
        self.maintenanceUpdated()
        // Not for a past time: the machine would be asked in every tick.
        let next = self.handoff.nextDeadline
        if next < .distantFuture {
            self.handoffTimer.arm(at: max(next, self.eventLoop.now + .milliseconds(1)))
        }
        if self.isBatchOpen { _ = self.startTick() }
    }

    func handoffTimerFired(_ now: NIODeadline) {
        guard case .running = self.phase else { return }
        self.perform(self.handoff.timerFired(now: now, using: &self.generator))
    }

    private func perform(_ action: HandoffAction) {
        switch action {
        case .replace(let id, let plan):
            self.replace(id, plan: plan)
        case .switchRoutes(let old, let new):
            guard let old = self.connections[old], let new = self.connections[new] else { return }
            self.switchRoutes(from: old, to: new)
        case .retire(let id):
            self.connections[id].map { self.retire(leased: $0) }
        case .close(let id, let cause):
            self.connections[id]?.close(cause)
        case .retime:
            self.retime()
        case .resolve:
            self.resolve()
        case .note(let note):
            self.notes.append(note)
        }
    }

    /// M3: opens a connection beside the one that is to go.
    private func replace(_ id: ConnectionID, plan: DialPlan) {
        guard case .running = self.phase, let old = self.connections[id], case .shared(let lane) = old.role,
            self.lanes[lane].handler === old
        else {
            self.orders.append(contentsOf: self.handoff.cannotReplace(id, now: self.eventLoop.now))
            return
        }
        // One that was dialled for another reason leads where the configured name led, maybe to the peer that goes.
        self.lanes[lane].replacement?.close(.replaced)
        let new = RedisConnectionHandler(role: old.role, plan: plan, upstream: self)
        new.awaitsSwitch = true
        self.lanes[lane].replacement = new
        self.open(new, replacing: id)
    }

    /// M3, M4: new requests, and those whose bytes have not left, go to the new connection; the old one finishes what it
    /// was given.
    private func switchRoutes(from old: RedisConnectionHandler, to new: RedisConnectionHandler) {
        guard case .shared(let lane) = old.role, self.lanes[lane].replacement === new, new.machine.state == .ready
        else {
            return
        }
        if self.isForSubscriptions(old) {
            self.lanes[lane].replacement = nil
            self.lanes[lane].handler = new
            new.awaitsSwitch = false
            self.handoff.accountSwitch(of: old.id, held: 0, inFlight: 0)
            return self.subscriptionsMoved(to: new)
        }
        let unwritten = old.takeUnwritten()
        let held = unwritten.count + self.hold.count
        self.handoff.accountSwitch(of: old.id, held: held, inFlight: old.machine.inFlight)
        self.shard.add(self.metrics.handoffRequests, RedisMetrics.HandoffFate.held.rawValue, by: held)
        self.shard.add(
            self.metrics.handoffRequests, RedisMetrics.HandoffFate.inFlight.rawValue, by: old.machine.inFlight)
        self.lanes[lane].replacement = nil
        self.lanes[lane].handler = new
        if old.plan.move != new.plan.move { self.lanes[lane].formerPeer = old.peer }
        new.hasTakenOver(now: self.eventLoop.now)
        self.hold.prepend(unwritten)
        // First the new one: there is always one that is usable.
        self.ready.removeAll { $0 === old }
        self.enterService(new)
        self.retire(old)
        self.armTimer()
    }

    private func retire(leased handler: RedisConnectionHandler) {
        handler.isSpent = true
        if self.leases.idle.contains(where: { $0.handler === handler }) { handler.close(.replaced) }
    }

    // MARK: - Time

    /// W1, W2: which peers are relaxed has changed.
    private func retime() {
        let timeout = self.configuration.maintenance.relaxedTimeout
        for handler in self.connections.values {
            handler.setRelaxed(self.handoff.isRelaxed(handler.peer), timeout: timeout)
        }
        guard self.handoff.isAnyRelaxed else { return }
        self.hold.relax(timeout: timeout)
        self.wave.relax(timeout: timeout)
        self.leases.waiting.relax(timeout: timeout)
    }

    /// A request that begins to wait while timeouts are relaxed has more time.
    func relaxIfNeeded(_ pending: inout PendingRequest) {
        guard pending.request.hasSoftDeadline, self.handoff.isAnyRelaxed else { return }
        pending.relax(timeout: self.configuration.maintenance.relaxedTimeout)
    }

    // MARK: - Names

    private func resolve() {
        guard !self.isResolving, case .tcp(let host, _) = self.configuration.endpoint.address else { return }
        self.isResolving = true
        self.connector.resolve(host).assumeIsolated().whenComplete { result in
            self.isResolving = false
            guard case .running = self.phase, case .success(let addresses) = result else { return }
            self.perform(self.handoff.resolved(addresses, now: self.eventLoop.now, using: &self.generator))
        }
    }

    // MARK: - Opt-in

    /// Whether a new connection is to ask its server for notifications.
    func asksForNotifications(_ plan: DialPlan, now: NIODeadline) -> Bool {
        self.optIns.asks(plan.target.endpointName, now: now)
    }

    /// Keeps what a server said to our wish for notifications.
    func noteOptIn(_ reply: OptInReply, on handler: RedisConnectionHandler, now: NIODeadline) {
        if reply != .accepted {
            self.reprobeAt = min(self.reprobeAt, now + self.configuration.maintenance.reprobeInterval)
        }
        let isNews = self.optIns.answered(reply, by: handler.plan.target.endpointName, now: now)
        guard isNews || self.notifications != reply.notifications else { return }
        self.notifications = reply.notifications
        self.notes.append(MaintenanceNote(.notifications(reply.notifications)))
    }

    /// A server has answered our repeated wish.
    func optedIn(_ reply: OptInReply, on handler: RedisConnectionHandler, now: NIODeadline) {
        self.noteOptIn(reply, on: handler, now: now)
        self.maintenanceUpdated()
        self.armTimer()
    }

    /// Asks again on connections whose server has refused: it may have been upgraded.
    func reprobeIfDue(_ now: NIODeadline) {
        guard now >= self.reprobeAt else { return }
        self.reprobeAt = .distantFuture
        for handler in self.ready where handler.machine.optInReply != .accepted { handler.optInAgain(now: now) }
    }
}

extension DialTarget {
    /// The endpoint as its answers are remembered: an address of the configured name is the configured endpoint.
    fileprivate var endpointName: String {
        switch self {
        case .configured, .resolved: "configured"
        case .announced(let target): target.description
        }
    }
}
