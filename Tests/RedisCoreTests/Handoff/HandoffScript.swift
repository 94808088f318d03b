// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP

@testable import RedisCore

func peer(_ last: UInt32, port: Int = 6379) -> PeerAddress {
    PeerAddress(ip: IPAddress(ipv4: 10 << 24 | last), port: port)
}

func target(_ text: String) -> MovingTarget? { MovingTarget(text) }

/// A machine with its time, in a form that the testing macros can look into.
final class HandoffScript {
    private(set) var machine: HandoffMachine
    private var generator = SeededGenerator(seed: 5)
    private(set) var now: NIODeadline = .ms(0)
    /// Everything that was ordered, the newest last; without notes.
    private(set) var orders: [HandoffAction] = []
    private(set) var notes: [MaintenanceNote] = []
    private var nextID: UInt32 = 0

    /// `hasName`: the configured endpoint is a name. Without jitter, so that times are exact.
    init(hasName: Bool = false, configure: (inout MaintenanceConfiguration) -> Void = { _ in }) {
        var configuration = MaintenanceConfiguration()
        configuration.jitterMaximum = .zero
        configuration.relaxedTail = .zero
        configure(&configuration)
        let host = hasName ? "redis.c1.example.com" : "10.0.0.1"
        let policy = EndpointPolicy(configuration, host: host, port: 6379, isVerified: false)
        self.machine = HandoffMachine(configuration, policy: policy, hasName: hasName)
    }

    /// Opens a connection that works.
    func connect(_ address: PeerAddress, role: ConnectionRole = .shared, plan: DialPlan = DialPlan()) -> ConnectionID {
        let id = self.dial(role: role, plan: plan)
        self.machine.connected(id, peer: address)
        self.take(self.machine.ready(id, now: self.now))
        return id
    }

    func dial(role: ConnectionRole = .shared, plan: DialPlan, replacing old: ConnectionID? = nil) -> ConnectionID {
        let id = ConnectionID(self.nextID)
        self.nextID += 1
        self.machine.opened(id, role: role, plan: plan, replacing: old)
        return id
    }

    /// Follows the newest order to replace `old`: the new connection is there, but not ready.
    func follow(_ old: ConnectionID, to address: PeerAddress) -> ConnectionID? {
        let plan = self.orders.last { if case .replace(old, _) = $0 { true } else { false } }
        guard case .replace(_, let plan)? = plan else { return nil }
        let id = self.dial(plan: plan, replacing: old)
        self.machine.connected(id, peer: address)
        return id
    }

    func machineConnected(_ id: ConnectionID, _ address: PeerAddress) { self.machine.connected(id, peer: address) }

    func stop() { self.machine.stop() }

    /// Time passes, and the timer fires once: what it orders is not followed.
    func passOnce(to end: NIODeadline) {
        self.now = end
        self.take(self.machine.timerFired(now: end, using: &self.generator))
    }

    func ready(_ id: ConnectionID) { self.take(self.machine.ready(id, now: self.now)) }

    func close(_ id: ConnectionID, _ cause: CloseCause = .peerClosed) {
        self.take(self.machine.closed(id, cause: cause, now: self.now, using: &self.generator))
    }

    func moving(_ sequence: Int64?, _ seconds: Int64, _ text: String?, on id: ConnectionID) {
        self.receive(
            .moving(sequence: sequence, grace: .seconds(seconds), target: text.flatMap { MovingTarget($0) }), on: id)
    }

    func receive(_ event: MaintenanceEvent, on id: ConnectionID) {
        self.take(self.machine.received(event, from: id, now: self.now, using: &self.generator))
    }

    func resolved(_ addresses: [IPAddress]) {
        self.take(self.machine.resolved(addresses, now: self.now, using: &self.generator))
    }

    func begin(_ text: String, grace: TimeAmount) -> Bool {
        guard let actions = self.machine.begin(target: MovingTarget(text), grace: grace, now: self.now) else {
            return false
        }
        self.take(actions)
        return true
    }

    /// Lets time pass to a point, and every timer fire on its way.
    func pass(to end: NIODeadline) {
        var rounds = 0
        while self.machine.nextDeadline <= end, rounds < 10_000 {
            rounds += 1
            self.now = max(self.now, self.machine.nextDeadline)
            self.take(self.machine.timerFired(now: self.now, using: &self.generator))
        }
        self.now = end
    }

    func plan(former: PeerAddress? = nil) -> DialPlan { self.machine.plan(former: former, now: self.now) }
    func isRelaxed(_ address: PeerAddress) -> Bool { self.machine.isRelaxed(address) }

    var picture: UpstreamMaintenance {
        var picture = UpstreamMaintenance(mode: .auto, configuredTimeout: .seconds(1))
        self.machine.describe(in: &picture)
        return picture
    }

    /// Takes the orders so far away.
    func drain() -> [HandoffAction] {
        defer { self.orders = [] }
        return self.orders
    }

    /// How many replacements were ordered and are still in ``orders``.
    var replaceCount: Int { self.orders.count { if case .replace = $0 { true } else { false } } }

    private func take(_ actions: [HandoffAction]) {
        for action in actions {
            if case .note(let note) = action {
                self.notes.append(note)
            } else if action != .retime {
                self.orders.append(action)
            }
        }
    }
}

extension HandoffScript {
    /// A target that the policy allows.
    static let named = "10.0.0.2:6380"
    static func plan(_ sequence: Int64, _ text: String = named) -> DialPlan {
        let target = MovingTarget(text)
        return DialPlan(
            target: target.map { .announced($0) } ?? .configured,
            move: HandoffIdentity(sequence: sequence, target: target), probes: true)
    }
    static func null(_ sequence: Int64) -> DialPlan {
        DialPlan(target: .configured, move: HandoffIdentity(sequence: sequence, target: nil), probes: true)
    }
}
