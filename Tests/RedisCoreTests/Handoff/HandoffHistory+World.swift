// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP

@testable import RedisCore

/// What happens to the driver: pushes, losses, names, the operator, the end.
extension HandoffHistory {
    /// Something happens that nobody asked for.
    func act() {
        self.count(isTimer: false)
        guard !self.isCalm else { return self.announceCalm() }
        switch Int.random(in: 0..<100, using: &self.generator) {
        case 0..<58: self.pushSomething()
        case 58..<66:
            let wide = self.oracle.lastWires
            if let wire = wide.randomElement(using: &self.generator),
                let link = self.links.randomElement(using: &self.generator)
            {
                self.deliver(wire, on: link.id)
            }
        case 66..<76: self.lose()
        case 76..<84: self.rename()
        case 84..<92: self.beginByHand()
        case 92..<96: self.dial(role: .leased, former: nil)
        case 96..<97: self.stop()
        default:
            self.machine.ready(ConnectionID(9999), now: self.now).isEmpty ? () : self.check(false, "a ghost is ready")
        }
    }

    /// As a server does it: whoever is connected to the peer is told, and who comes later too.
    func announceCalm() {
        guard let first = self.links.filter({ $0.state == .ready }).randomElement(using: &self.generator) else {
            return
        }
        self.sequence += 1
        self.left.append(first.peer)
        let wire = HandoffWire.moving(self.sequence, 12, "10.0.0.\(1 + self.sequence):6379")
        for link in self.links where link.peer == first.peer { self.deliver(wire, on: link.id) }
    }

    func pushSomething() {
        self.sequence += Int64.random(in: 0...2, using: &self.generator)
        let wire = HandoffWire.random(self.sequence, using: &self.generator)
        guard let first = self.links.randomElement(using: &self.generator) else { return }
        self.deliver(wire, on: first.id)
        // As a server does it: every connection to the peer is told, or all of them, or some.
        let width = Int.random(in: 0..<4, using: &self.generator)
        for link in self.links where link.id != first.id && self.violations.isEmpty {
            if width == 0 || (width == 1 && link.peer == first.peer) { self.deliver(wire, on: link.id) }
        }
    }

    func lose() {
        guard let link = self.links.randomElement(using: &self.generator) else { return }
        let isMaintained = self.machine.isMaintained(link.peer, now: self.now)
        let isOpening = link.state == .dialing || link.state == .handshaking
        self.close(link.id, isOpening ? .dialFailed : (isMaintained ? .maintenance : .peerClosed))
    }

    func rename() {
        let count = Int.random(in: 1...2, using: &self.generator)
        self.names = (0..<count).map { _ in IPAddress(ipv4: 10 << 24 | UInt32.random(in: 1...4, using: &self.generator))
        }
        self.note("the name leads to \(self.names)")
    }

    func beginByHand() {
        let target = HandoffWire.targets.randomElement(using: &self.generator).flatMap { $0 }.flatMap {
            MovingTarget($0)
        }
        let grace = TimeAmount.milliseconds(Int64.random(in: 0...20_000, using: &self.generator))
        let peers = self.links.filter { $0.state != .draining }.compactMap(\.peer)
        self.oracle.begun(peers, target: target, grace: min(max(grace, .seconds(1)), .seconds(120)), now: self.now)
        self.note("by hand to \(target?.description ?? "-") within \(grace.nanoseconds / 1_000_000) ms")
        let before = self.machine.moves.count
        self.tell { machine, now, _ in
            let actions = machine.begin(target: target, grace: grace, now: now)
            return actions ?? []
        }
        self.check(before <= HandoffMachine.movesMaximum, "too many moves")
    }

    func stop() {
        self.note("stop")
        self.hasStopped = true
        self.machine.stop()
        let ids = self.links.map(\.id)
        self.check(self.machine.nextDeadline == .distantFuture, "a timer is left after the stop")
        for id in ids {
            self.deliver(HandoffWire.moving(self.sequence + 1, 15, "10.0.0.3:6379"), on: id)
            self.check(
                self.machine.closed(id, cause: .shutdown, now: self.now, using: &self.generator).isEmpty,
                "an order after the stop")
        }
        self.check(self.machine.begin(target: nil, grace: .seconds(5), now: self.now) == nil, "a move after the stop")
        self.check(
            self.machine.timerFired(now: self.now + .minutes(3), using: &self.generator).isEmpty,
            "an order after the stop")
        self.check(
            self.machine.resolved(self.names, now: self.now, using: &self.generator).isEmpty, "an order after the stop")
        self.check(
            self.machine.nextDeadline == .distantFuture && self.machine.connections.isEmpty
                && self.machine.plan(former: nil, now: self.now) == DialPlan() && !self.machine.isAnyRelaxed
                && !self.machine.isMoving, "something is left after the stop")
    }

    /// A push comes on a connection: its outcome is exactly one of those that there are.
    func deliver(_ wire: String, on id: ConnectionID) {
        guard let push = self.push(wire), let link = self.index(of: id).map({ self.links[$0] }) else { return }
        self.note("push on \(id.number): \(wire.debugDescription)")
        self.oracle.delivered(
            push, wire: wire, on: link, links: self.links, moves: self.machine.moves.map(\.identity), now: self.now)
        let before = self.machine
        self.tell { machine, now, generator in
            let actions = machine.received(push, from: id, now: now, using: &generator)
            let answered =
                (machine.counters.duplicates - before.counters.duplicates)
                + (machine.counters.ignored - before.counters.ignored)
            let isHeard = push.event != nil && link.peer != nil && !self.hasStopped
            let acted = actions.count { $0.isOutcome(of: push) }
            self.check(answered + acted == (isHeard ? 1 : 0), "a push had \(answered) + \(acted) outcomes")
            self.check(isHeard || actions.isEmpty, "an order without cause")
            return actions
        }
        self.checkDelivery(push, on: link, before: before)
    }

    func push(_ wire: String) -> MaintenancePush? {
        if let push = self.pushes[wire] { return push }
        let push = HandoffWire.read(wire)
        self.pushes[wire] = push
        return push
    }
}

extension HandoffAction {
    /// Whether it says that the push was acted upon.
    fileprivate func isOutcome(of push: MaintenancePush) -> Bool {
        guard case .note(let note) = self, let event = push.event else { return false }
        switch (event, note.change) {
        case (.moving, .handoff(.waiting)): return true
        case (.opened(let kind, _, _), .windowOpened(let opened)): return kind == opened
        case (.closed(let kind, _), .windowClosed(let closed)): return kind == closed
        default: return false
        }
    }
}
