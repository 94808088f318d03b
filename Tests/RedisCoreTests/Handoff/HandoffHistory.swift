// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP

@testable import RedisCore

/// One random history of a ``HandoffMachine``: a world of peers, names, faults and pushes, and a driver that follows every
/// order as the real one does. Whatever breaks a rule is told in ``violations``.
final class HandoffHistory {
    /// A connection as the driver knows it.
    struct Link {
        enum State { case dialing, handshaking, ready, draining }
        var id: ConnectionID
        var role: ConnectionRole
        var plan: DialPlan
        var state = State.dialing
        var peer: PeerAddress?
        var replaces: ConnectionID?
    }

    /// What the world will do, unless the connection is gone by then.
    enum Event: Equatable {
        case transport(ConnectionID)
        case handshaken(ConnectionID)
        case dialFails(ConnectionID, CloseCause)
        case drained(ConnectionID)
        case redial(former: PeerAddress?)
        case names
        case replay(ConnectionID, String)
    }

    /// What is wrong in this world.
    struct Faults {
        var dial = 0.0
        var refusal = 0.0
        var slow = 0.0
        var replay = 0.0
        var lateTimer = 0.0
    }

    let seed: UInt64
    let configuration: MaintenanceConfiguration
    let hasName: Bool
    /// Nothing fails, nothing is slow, and every MOVING names an endpoint that works: every move must succeed.
    let isCalm: Bool
    var machine: HandoffMachine
    var generator: SeededGenerator
    var now = NIODeadline.ms(1000)
    var faults = Faults()
    var links: [Link] = []
    var pending: [(at: NIODeadline, event: Event)] = []
    /// What the configured name leads to.
    var names = [IPAddress(ipv4: 10 << 24 | 1)]
    var oracle = HandoffOracle()
    var violations: [String] = []
    /// Filled when it is wanted.
    var trace: [String] = []
    let traces: Bool
    /// What was read from bytes before.
    var pushes: [String: MaintenancePush] = [:]
    var nextID: UInt32 = 0
    var sequence: Int64 = 0
    var orders: [HandoffAction] = []
    /// Steps since the second of ``firingsSince``, and firings of the timer.
    var firings = (since: NIODeadline.ms(0), timer: 0, others: 0)
    var hasStopped = false
    /// In a calm world: peers that were said to go. None of them comes back.
    var left: [PeerAddress?] = []

    init(seed: UInt64, traces: Bool = false) {
        var generator = SeededGenerator(seed: seed)
        self.seed = seed
        self.traces = traces
        self.isCalm = seed % 4 == 0
        let hasName = Bool.random(using: &generator)
        self.hasName = hasName
        self.configuration = Self.configuration(isCalm: self.isCalm, using: &generator)
        let policy = EndpointPolicy(
            self.configuration, host: hasName ? "redis.c1.example.com" : "10.0.0.1", port: 6379, isVerified: false)
        self.machine = HandoffMachine(self.configuration, policy: policy, hasName: hasName)
        if self.isCalm {
            self.faults.replay = 1
        } else {
            let levels = [0, 0, 0.1, 0.4, 0.9]
            self.faults.dial = levels.randomElement(using: &generator) ?? 0
            self.faults.refusal = [0, 0, 0.3].randomElement(using: &generator) ?? 0
            self.faults.slow = levels.randomElement(using: &generator) ?? 0
            self.faults.replay = levels.randomElement(using: &generator) ?? 0
            self.faults.lateTimer = levels.randomElement(using: &generator) ?? 0
        }
        self.generator = generator
    }

    static func configuration(
        isCalm: Bool, using generator: inout SeededGenerator
    ) -> MaintenanceConfiguration {
        var configuration = MaintenanceConfiguration()
        configuration.parallelDialsMaximum = Int.random(in: 1...3, using: &generator)
        configuration.jitterMaximum = .milliseconds(Int64.random(in: 0...1000, using: &generator))
        configuration.relaxedTail = .milliseconds([0, 500, 2000].randomElement(using: &generator) ?? 0)
        configuration.migrationWindowMaximum = .seconds(Int64.random(in: 1...600, using: &generator))
        configuration.failoverWindowMaximum = .seconds(Int64.random(in: 1...60, using: &generator))
        configuration.slotMigrationWindowMaximum = .seconds(Int64.random(in: 1...600, using: &generator))
        configuration.handoffMargin = .milliseconds([0, 500, 3000].randomElement(using: &generator) ?? 0)
        configuration.proactiveReconnect = isCalm || Int.random(in: 0..<8, using: &generator) > 0
        configuration.probesTarget = Bool.random(using: &generator)
        return configuration
    }

    // MARK: - The course of it

    /// Lives through all of it.
    func run() {
        for _ in 0..<Int.random(in: 1...4, using: &self.generator) { self.dial(former: nil) }
        if Int.random(in: 0..<3, using: &self.generator) == 0 { self.dial(role: .leased, former: nil) }
        let steps = Int.random(in: 4...14, using: &self.generator)
        for _ in 0..<steps where self.violations.isEmpty {
            self.pass(.milliseconds(Self.pauses.randomElement(using: &self.generator) ?? 1))
            self.act()
            if self.hasStopped { return }
        }
        // No more pushes, no more faults: everything must come to rest.
        self.faults = Faults(replay: self.faults.replay)
        self.pass(.minutes(25), untilQuiet: true)
        if self.violations.isEmpty { self.checkRest() }
    }

    private static let pauses: [Int64] = [0, 0, 1, 5, 20, 100, 300, 700, 1000, 2500, 8000, 40_000]

    func check(_ isRight: Bool, _ rule: @autoclosure () -> String) {
        if !isRight { self.violations.append("\(self.now.uptimeNanoseconds / 1_000_000) ms: \(rule())") }
    }

    func note(_ text: @autoclosure () -> String) {
        if self.traces { self.trace.append("\(Double(self.now.uptimeNanoseconds) / 1e6) ms: \(text())") }
    }

    func chance(_ share: Double) -> Bool {
        share > 0 && Double.random(in: 0..<1, using: &self.generator) < share
    }

    /// Time goes on; what is due happens.
    func pass(_ time: TimeAmount, untilQuiet: Bool = false) {
        let end = self.now + time
        while self.violations.isEmpty, !self.hasStopped {
            let due = self.machine.nextDeadline
            let index = self.pending.indices.min { self.pending[$0].at < self.pending[$1].at }
            let eventAt = index.map { self.pending[$0].at } ?? .distantFuture
            guard min(due, eventAt) <= end else { break }
            if due <= eventAt {
                self.fire(due)
            } else if let index {
                self.now = max(self.now, eventAt)
                self.happen(self.pending.remove(at: index).event)
            }
        }
        if untilQuiet {
            self.check(self.machine.nextDeadline == .distantFuture, "a timer is left long after everything")
        } else {
            self.now = max(self.now, end)
        }
    }

    func fire(_ due: NIODeadline) {
        var at = max(self.now, due)
        if self.chance(self.faults.lateTimer) {
            at = at + .milliseconds([1, 30, 400, 2000].randomElement(using: &self.generator) ?? 0)
            // The world does not wait for a late timer.
            while let index = self.pending.indices.min(by: { self.pending[$0].at < self.pending[$1].at }),
                self.pending[index].at <= at, self.violations.isEmpty
            {
                self.now = max(self.now, self.pending[index].at)
                self.happen(self.pending.remove(at: index).event)
            }
        }
        self.now = max(self.now, at)
        self.count(isTimer: true)
        self.note("timer")
        self.tell { $0.timerFired(now: $1, using: &$2) }
        self.check(self.machine.nextDeadline > self.now, "the timer is due again at once")
        self.check(self.machine.moves.allSatisfy { $0.record.deadline > self.now }, "a move is older than its deadline")
        self.check(self.machine.windows.open.allSatisfy { $0.closesBy > self.now }, "W4: a window is over its cap")
    }

    /// No busy loop: the timer fires not much more often than things happen.
    func count(isTimer: Bool) {
        if self.now >= self.firings.since + .seconds(1) { self.firings = (self.now, 0, 0) }
        if isTimer { self.firings.timer += 1 } else { self.firings.others += 1 }
        self.check(self.firings.timer <= 20 + 4 * self.firings.others, "the timer fires again and again")
    }

    func later(_ milliseconds: ClosedRange<Int64>, _ event: Event) {
        let pause = Int64.random(in: milliseconds, using: &self.generator)
        self.pending.append((self.now + .milliseconds(pause), event))
    }

    // MARK: - The driver

    func index(of id: ConnectionID) -> Int? { self.links.firstIndex { $0.id == id } }

    func dial(role: ConnectionRole = .shared, former: PeerAddress?) {
        let plan = self.machine.plan(former: former, now: self.now)
        if former != nil, plan.move != nil {
            self.check(self.oracle.isLeaving(former, now: self.now), "M2: a redial of another peer goes elsewhere")
        }
        self.open(role: role, plan: plan, replacing: nil)
    }

    func open(role: ConnectionRole, plan: DialPlan, replacing old: ConnectionID?) {
        let id = ConnectionID(self.nextID)
        self.nextID += 1
        self.links.append(Link(id: id, role: role, plan: plan, replaces: old))
        self.note("dial \(id.number) \(role) \(plan.target) for \(old.map { "\($0.number)" } ?? "-")")
        self.machine.opened(id, role: role, plan: plan, replacing: old)
        let isTarget = plan.target != .configured
        if self.chance(self.faults.slow) {
            self.later(1000...9000, self.chance(0.5) ? .transport(id) : .dialFails(id, .dialTimedOut))
        } else if self.chance(isTarget ? self.faults.dial : self.faults.dial / 3) {
            self.later(0...30, .dialFails(id, self.chance(self.faults.refusal) ? .refused : .dialFailed))
        } else {
            self.later(0...20, .transport(id))
        }
    }

    func happen(_ event: Event) {
        self.count(isTimer: false)
        switch event {
        case .transport(let id): self.transport(id)
        case .handshaken(let id):
            guard let index = self.index(of: id), self.links[index].state == .handshaking else { return }
            self.links[index].state = .ready
            self.note("ready \(id.number)")
            self.tell { machine, now, _ in machine.ready(id, now: now) }
        case .dialFails(let id, let cause):
            guard let index = self.index(of: id), self.links[index].state != .ready else { return }
            self.close(id, cause)
        case .drained(let id):
            guard let index = self.index(of: id), self.links[index].state == .draining else { return }
            self.close(id, .replaced)
        case .redial(let former): self.dial(former: former)
        case .names: self.look()
        case .replay(let id, let wire): self.deliver(wire, on: id)
        }
    }

    func transport(_ id: ConnectionID) {
        guard let index = self.index(of: id), self.links[index].state == .dialing else { return }
        let peer = self.peer(for: self.links[index].plan)
        guard self.machine.allowsConnection(id, to: peer) else { return self.close(id, .dialFailed) }
        self.links[index].state = .handshaking
        self.links[index].peer = peer
        self.note("connected \(id.number) to \(peer.ip.map { "\($0)" } ?? "?"):\(peer.port)")
        self.machine.connected(id, peer: peer)
        if self.chance(self.faults.replay), let wire = self.oracle.replay(to: peer, now: self.now) {
            self.later(0...200, .replay(id, wire))
        }
        if self.chance(self.faults.dial / 4) {
            self.later(0...50, .dialFails(id, self.chance(self.faults.refusal) ? .refused : .handshakeFailed))
        } else {
            self.later(0...50, .handshaken(id))
        }
    }

    func peer(for plan: DialPlan) -> PeerAddress {
        switch plan.target {
        case .configured:
            let name = self.names.randomElement(using: &self.generator)
            return PeerAddress(ip: self.hasName ? name : IPAddress(ipv4: 10 << 24 | 1), port: 6379)
        case .resolved(let address): return PeerAddress(ip: address, port: 6379)
        case .announced(let target):
            if let address = IPAddress(target.host) { return PeerAddress(ip: address, port: target.port ?? 6379) }
            // A name of an announcement leads anywhere, even where nobody may be sent.
            if self.chance(self.faults.refusal) { return PeerAddress(ip: IPAddress("127.0.0.1"), port: 1) }
            return PeerAddress(ip: IPAddress(ipv4: 10 << 24 | 77), port: target.port ?? 6379)
        }
    }

    /// The end of a connection, as the driver meets it.
    func close(_ id: ConnectionID, _ cause: CloseCause) {
        guard let index = self.index(of: id) else { return }
        let link = self.links.remove(at: index)
        self.note("closed \(id.number) \(cause)")
        if link.state == .ready || link.state == .draining { self.machine.account(id, resent: 1, failed: 1) }
        self.tell({ $0.closed(id, cause: cause, now: $1, using: &$2) }) {
            guard link.role == .shared, link.state != .draining, link.replaces == nil else { return }
            if let heir = self.links.firstIndex(where: { $0.replaces == id }) {
                self.links[heir].replaces = nil
            } else {
                self.later(cause == .maintenance ? 0...0 : 20...600, .redial(former: link.peer))
            }
        }
    }

    func look() {
        let isFound = !self.chance(self.faults.dial / 2)
        let addresses = isFound ? self.names : []
        self.oracle.unadvertised(
            self.links.compactMap(\.peer).filter { peer in !addresses.contains { $0 == peer.ip } }, now: self.now)
        self.note("resolved \(addresses)")
        self.tell { $0.resolved(addresses, now: $1, using: &$2) }
    }

    /// Tells the machine something, does what the driver does at once, and follows the orders.
    func tell(
        _ event: (inout HandoffMachine, NIODeadline, inout SeededGenerator) -> [HandoffAction], first: () -> Void = {}
    ) {
        let peers = self.relaxable
        let before = peers.map { self.machine.isRelaxed($0) }
        let actions = event(&self.machine, self.now, &self.generator)
        first()
        if !self.hasStopped, !actions.contains(.retime) {
            self.check(peers.map { self.machine.isRelaxed($0) } == before, "W2: relaxed or not, and nobody was told")
        }
        self.orders.append(contentsOf: actions)
        guard self.orders.count == actions.count, !self.isPerforming else { return }
        self.isPerforming = true
        var place = 0
        while place < self.orders.count, self.violations.isEmpty {
            self.follow(self.orders[place])
            place += 1
            self.check(place < 500, "orders without end")
        }
        self.orders.removeAll(keepingCapacity: true)
        self.isPerforming = false
        self.checkBounds()
    }

    var isPerforming = false

    var relaxable: [PeerAddress] {
        var peers: [PeerAddress] = []
        for link in self.links {
            if let peer = link.peer, !peers.contains(peer) { peers.append(peer) }
        }
        return peers
    }

    func follow(_ order: HandoffAction) {
        if self.traces, order != .retime { self.note("  order \(order)") }
        switch order {
        case .replace(let id, let plan): self.replace(id, plan)
        case .switchRoutes(let old, let new): self.switchRoutes(old, new)
        case .retire(let id):
            guard let index = self.index(of: id) else {
                return self.check(false, "a connection that is gone is retired")
            }
            let link = self.links[index]
            self.check(link.role == .leased && link.state == .ready, "what is retired is no leased connection in use")
            self.check(self.oracle.isLeaving(link.peer, now: self.now), "M2: a connection to another peer is retired")
            self.links[index].state = .draining
            self.later(0...4000, .drained(id))
        case .close(let id, let cause):
            guard let index = self.index(of: id) else {
                return self.check(false, "a connection that is gone is closed")
            }
            let link = self.links[index]
            if cause == .maintenance {
                self.check(link.state == .draining, "M4: a connection in use is closed")
            } else {
                self.check(link.replaces != nil && link.state != .draining, "what is given up was no replacement")
            }
            self.close(id, cause)
        case .resolve:
            self.check(self.hasName, "an address is looked up as a name")
            if !self.pending.contains(where: { $0.event == .names }) { self.later(0...100, .names) }
        case .retime: break
        case .note(let note): self.check(self.oracle.noted(note), "the notes of a move are in no order: \(note)")
        }
    }

    func replace(_ id: ConnectionID, _ plan: DialPlan) {
        guard let index = self.index(of: id), !self.chance(self.faults.slow / 10) else {
            self.note("cannot replace \(id.number)")
            return self.tell { machine, now, _ in machine.cannotReplace(id, now: now) }
        }
        let link = self.links[index]
        self.check(link.role == .shared && link.state != .draining, "what is replaced is not in use")
        self.check(!self.links.contains { $0.replaces == id }, "two replacements of one connection")
        self.check(self.oracle.isLeaving(link.peer, now: self.now), "M2: a connection to another peer is replaced")
        self.check(plan.probes == self.configuration.probesTarget, "probe or not")
        if let rule = self.oracle.mayReplace(id, plan: plan, now: self.now) { self.check(false, rule) }
        self.open(role: .shared, plan: plan, replacing: id)
        let dials = self.links.count { $0.replaces != nil && ($0.state == .dialing || $0.state == .handshaking) }
        self.check(dials <= self.configuration.parallelDialsMaximum, "M12: \(dials) dials at a time")
    }

    func switchRoutes(_ old: ConnectionID, _ new: ConnectionID) {
        guard let from = self.index(of: old), let to = self.index(of: new) else {
            return self.check(false, "a switch between connections that are gone")
        }
        self.check(self.links[from].state != .draining, "a second switch from one connection")
        self.check(
            self.links[to].state == .ready && self.links[to].replaces == old, "M3: a switch to what is not ready")
        self.check(
            self.oracle.isLeaving(self.links[from].peer, now: self.now), "M2: a switch from a peer that does not go")
        self.machine.accountSwitch(of: old, held: 1, inFlight: 1)
        self.links[to].replaces = nil
        let wasReady = self.links[from].state == .ready
        self.links[from].state = .draining
        // Nothing is in flight on what never was ready.
        guard wasReady else { return self.close(old, .replaced) }
        self.later(
            self.isCalm ? 0...500 : [0...0, 0...500, 0...30_000].randomElement(using: &self.generator) ?? 0...0,
            .drained(old))
    }
}
