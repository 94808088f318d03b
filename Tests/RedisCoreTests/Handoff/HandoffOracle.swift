// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

@testable import RedisCore

/// What a history knows by itself of what was announced: the other half of its comparisons.
struct HandoffOracle {
    /// Until when connections to a peer may be moved at the latest.
    private var leavingUntil: [PeerAddress: NIODeadline] = [:]
    private var hasMigrated: Set<PeerAddress> = []
    /// The first time that each MOVING was heard while it was not going on, and the time that it gave.
    private var heard: [HandoffIdentity: (at: NIODeadline, grace: TimeAmount, half: TimeAmount)] = [:]
    /// M11: when a connection may be replaced again for a move.
    private var notBefore: [HandoffIdentity: [ConnectionID: NIODeadline]] = [:]
    /// The newest MOVING on each peer.
    private var wires: [PeerAddress: String] = [:]
    /// Where an operator has sent us, the server may send us to the neighbours.
    private var wasSentByHand = false
    private(set) var lastWires: [String] = []
    private(set) var pushes = Array(repeating: 0, count: MaintenanceKind.allCases.count)
    private(set) var malformed = 0
    private(set) var unknown = 0
    private(set) var refused = 0
    private(set) var done = 0
    private(set) var failed = 0

    /// Timers come late in some histories, and what was ready before they did is still used.
    private static let slack: TimeAmount = .seconds(3)

    func isLeaving(_ peer: PeerAddress?, now: NIODeadline) -> Bool {
        peer.flatMap { self.leavingUntil[$0] }.map { now <= $0 + Self.slack } ?? false
    }

    private mutating func leaves(_ peer: PeerAddress, until: NIODeadline) {
        self.leavingUntil[peer] = max(self.leavingUntil[peer] ?? until, until)
    }

    mutating func begun(_ peers: [PeerAddress], target: MovingTarget?, grace: TimeAmount, now: NIODeadline) {
        if target != nil { self.wasSentByHand = true }
        for peer in peers { self.leaves(peer, until: now + grace) }
    }

    /// The name has been looked up, and these peers were not there.
    mutating func unadvertised(_ peers: [PeerAddress], now: NIODeadline) {
        for peer in peers where self.hasMigrated.contains(peer) {
            self.leaves(peer, until: now + HandoffMachine.unadvertisedGrace)
        }
    }

    /// A push is about to be told to the machine, which has these moves.
    mutating func delivered(
        _ push: MaintenancePush, wire: String, on link: HandoffHistory.Link, links: [HandoffHistory.Link],
        moves: [HandoffIdentity], now: NIODeadline
    ) {
        if self.lastWires.count == 6 { self.lastWires.removeFirst() }
        self.lastWires.append(wire)
        guard let kind = push.kind else {
            self.unknown += 1
            return
        }
        self.pushes[Int(kind.rawValue)] += 1
        if push.isMalformed { self.malformed += 1 }
        guard let event = push.event, let peer = link.peer else { return }
        switch event {
        case .opened(let kind, _, _):
            if kind == .migration { self.hasMigrated.insert(peer) }
        case .closed: break
        case .moving(let sequence, let grace, let target):
            guard link.state != .draining else { return }
            let identity = HandoffIdentity(sequence: sequence, target: target)
            let half = TimeAmount.nanoseconds(grace.nanoseconds / 2)
            let grace = max(grace, .seconds(1))
            if !moves.contains(identity) { self.heard[identity] = (now, grace, half) }
            let until = max(now + grace, self.heard[identity].map { $0.at + $0.grace } ?? now)
            self.leaves(peer, until: until)
            self.wires[peer] = wire
            if let old = link.replaces {
                if let oldPeer = links.first(where: { $0.id == old })?.peer { self.leaves(oldPeer, until: until) }
                if link.plan.move == identity { self.notBefore[identity, default: [:]][old] = now + .seconds(1) }
            }
        }
    }

    /// - Returns: the rule that a replacement breaks.
    func mayReplace(_ id: ConnectionID, plan: DialPlan, now: NIODeadline) -> String? {
        guard let identity = plan.move else { return "a replacement without a move" }
        if case .announced(let target) = plan.target {
            if target != identity.target { return "another target than the announced one" }
            let isForbidden = target.host == "8.8.8.8" || target.host == "127.0.0.1"
            if isForbidden, !identity.isOwn, !self.wasSentByHand {
                return "a target that the policy forbids"
            }
        }
        guard !identity.isOwn else { return nil }
        if let until = self.notBefore[identity]?[id], now < until { return "M11: replaced twice within a second" }
        guard let first = self.heard[identity] else { return "a move that nobody announced" }
        let half = first.at + first.half
        if plan.target == .configured, half > now { return "M10: before half of the time" }
        if now >= first.at + first.grace { return "a replacement after the deadline" }
        return nil
    }

    /// What a server tells a connection that has just come to a peer which goes.
    func replay(to peer: PeerAddress, now: NIODeadline) -> String? {
        guard let until = self.leavingUntil[peer], now < until else { return nil }
        return self.wires[peer]
    }

    /// - Returns: false if a move's phases come in no possible order.
    mutating func noted(_ note: MaintenanceNote) -> Bool {
        if note.change == .targetRefused { self.refused += 1 }
        guard case .handoff(let phase) = note.change else { return true }
        if phase == .done { self.done += 1 }
        if phase == .failed { self.failed += 1 }
        return true
    }
}
