// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// The life of a move: announced or begun, started, joined, superseded, finished.
extension HandoffMachine {
    /// A MOVING has come on a connection to `peer`.
    mutating func announced(
        _ identity: HandoffIdentity, grace: TimeAmount, on id: ConnectionID, peer: PeerAddress, now: NIODeadline,
        using generator: inout some RandomNumberGenerator
    ) -> [HandoffAction] {
        guard !self.pastMoves.contains(identity, now: now) else {
            self.counters.duplicates += 1
            return []
        }
        if let index = self.moves.firstIndex(where: { $0.identity == identity }) {
            self.counters.duplicates += 1
            return self.repeated(index, on: id, peer: peer, now: now)
        }
        guard self.mayBegin(now: now) else {
            self.counters.ignored += 1
            return []
        }
        var actions: [HandoffAction] = []
        var target = identity.target
        if let announced = target, !self.policy.allows(announced, peer: peer) {
            self.counters.refusedTargets += 1
            actions.append(.note(MaintenanceNote(.targetRefused, sequence: identity.sequence, target: announced)))
            target = nil
        }
        var move = self.makeMove(identity, target: target, grace: grace, now: now)
        if target != nil {
            // M12: a fleet must not move in step.
            let most = min(grace.nanoseconds / 10, self.configuration.jitterMaximum.nanoseconds)
            move.startAt = now + .nanoseconds(Int64.random(in: 0...max(0, most), using: &generator))
        } else {
            // M10: half of the grace, unless the name leads elsewhere earlier.
            move.startAt = now + .nanoseconds(grace.nanoseconds / 2)
            if self.hasName, !move.isPassive {
                move.resolveAt = now + min(Self.retrySpacing, .nanoseconds(grace.nanoseconds / 8))
            }
        }
        self.begin(move, on: [peer], origin: id, now: now, into: &actions)
        return actions
    }

    /// A move by hand: every connection goes to the target (nil: the configured endpoint anew) within `grace`, which is
    /// held to 1...120 s. The policy is not asked: it is the operator's own word. New connections go to the target until
    /// the time is over.
    /// - Returns: nil if too many moves go on.
    package mutating func begin(target: MovingTarget?, grace: TimeAmount, now: NIODeadline) -> [HandoffAction]? {
        guard !self.isStopped, self.mayBegin(now: now) else { return nil }
        let peers = self.sortedIDs.compactMap { id in
            self.connections[id].flatMap { $0.isDraining ? nil : $0.peer }
        }
        var actions: [HandoffAction] = []
        let time = min(max(grace, Self.graceMinimum), .seconds(MaintenancePush.graceMaximum))
        var move = self.makeMove(self.nextIdentity(target), target: target, grace: time, now: now)
        move.isPassive = false
        self.begin(move, on: peers, origin: nil, now: now, into: &actions)
        return actions
    }

    mutating func nextIdentity(_ target: MovingTarget?) -> HandoffIdentity {
        let identity = HandoffIdentity(sequence: nil, target: target, ordinal: self.nextOrdinal)
        self.nextOrdinal = self.nextOrdinal == .max ? 1 : self.nextOrdinal + 1
        return identity
    }

    /// Limits for a server that announces without end.
    func mayBegin(now: NIODeadline) -> Bool {
        self.moves.count { !$0.isFinished } < Self.movesMaximum
            && self.recentStarts.count { now < $0 + .minutes(1) } < Self.startsMaximum
    }

    func makeMove(
        _ identity: HandoffIdentity, target: MovingTarget?, grace: TimeAmount, now: NIODeadline
    ) -> HandoffOperation {
        let time = max(grace, Self.graceMinimum)
        let margin = min(self.configuration.handoffMargin, .nanoseconds(time.nanoseconds / 4))
        let record = HandoffRecord(identity: identity, announcedAt: now, deadline: now + time, phase: .waiting)
        return HandoffOperation(
            record: record, target: target, startAt: now, drainBy: record.deadline - margin,
            isPassive: !self.configuration.proactiveReconnect)
    }

    mutating func begin(
        _ move: HandoffOperation, on peers: [PeerAddress], origin: ConnectionID?, now: NIODeadline,
        into actions: inout [HandoffAction]
    ) {
        self.recentStarts.removeAll { $0 + .minutes(1) <= now }
        self.recentStarts.append(now)
        if self.moves.count == Self.movesMaximum, let index = self.moves.firstIndex(where: \.isFinished) {
            // The oldest that is over makes room: new connections do not go to its target any more.
            self.pastMoves.insert(self.moves.remove(at: index).identity, now: now)
        }
        let identity = move.identity
        actions.append(.note(MaintenanceNote(.handoff(.waiting), sequence: identity.sequence, target: identity.target)))
        self.moves.append(move)
        self.enlist(peers, origin: origin, since: move.startAt, in: self.moves.count - 1, now: now, into: &actions)
        actions.append(.retime)
        self.advanceMoves(now: now, into: &actions)
    }

    /// Makes every shared connection to the peers a member (M2), and takes them away from older moves (M9).
    private mutating func enlist(
        _ peers: [PeerAddress], origin: ConnectionID?, since: NIODeadline, in index: Int, now: NIODeadline,
        into actions: inout [HandoffAction]
    ) {
        let identity = self.moves[index].identity
        var peers = peers
        // A replacement that is sent on before it has taken its place: what it was to replace moves on as well.
        if let origin, let old = self.connections[origin]?.replaces, let peer = self.connections[old]?.peer {
            peers.append(peer)
        }
        for peer in peers where !self.moves[index].affected.contains(peer) {
            guard self.moves[index].affected.count + self.moves[index].passedOn.count < HandoffOperation.affectedMaximum
            else {
                break
            }
            self.moves[index].affected.append(peer)
            let deadline = self.moves[index].record.deadline
            self.retiring.insert(peer, until: deadline + Self.retiringTail, now: now)
            let cap = deadline + self.configuration.relaxedTail
            self.windows.openMove(identity, peer: peer, closesBy: cap, now: now)
        }
        self.supersede(peers, by: identity, now: now, into: &actions)
        // Superseded moves may be gone.
        guard let index = self.moves.firstIndex(where: { $0.identity == identity }), !self.moves[index].isPassive else {
            return
        }
        for id in self.sortedIDs {
            guard let connection = self.connections[id], connection.role == .shared, !connection.isDraining,
                connection.replaces == nil, let peer = connection.peer, peers.contains(peer)
            else { continue }
            // Behind one address for all, a replacement looks as if it were to be replaced.
            guard connection.plan.move != identity || id == origin else { continue }
            guard self.moves[index].index(of: id) == nil else { continue }
            self.moves[index].members.append(HandoffOperation.Member(id: id, phase: .waiting(until: since)))
        }
    }

    /// The members of older moves on these peers that have not moved yet belong to the newer move (M9).
    private mutating func supersede(
        _ peers: [PeerAddress], by identity: HandoffIdentity, now: NIODeadline, into actions: inout [HandoffAction]
    ) {
        for index in self.moves.indices.reversed() where self.moves[index].identity != identity {
            guard !self.moves[index].isFinished, self.moves[index].affected.contains(where: peers.contains) else {
                continue
            }
            for member in self.moves[index].members {
                guard let peer = self.connections[member.id]?.peer, peers.contains(peer) else { continue }
                self.abandonDial(of: member, into: &actions)
            }
            self.moves[index].members.removeAll { member in
                self.connections[member.id]?.peer.map { peers.contains($0) } ?? true
            }
            self.moves[index].passedOn += self.moves[index].affected.filter { peers.contains($0) }
            self.moves[index].affected.removeAll { peers.contains($0) }
            guard self.remaining(of: self.moves[index]) == 0 else { continue }
            let old = self.moves.remove(at: index)
            self.windows.closeMove(old.identity, now: now)
            self.pastMoves.insert(old.identity, now: now)
        }
    }

    /// Gives up the connection that was to take a member's place, and forgets it.
    mutating func abandonDial(of member: HandoffOperation.Member, into actions: inout [HandoffAction]) {
        guard let id = member.replacement else { return }
        self.connections[id] = nil
        actions.append(.close(id, .replaced))
    }

    /// The same MOVING again (M1).
    private mutating func repeated(
        _ index: Int, on id: ConnectionID, peer: PeerAddress, now: NIODeadline
    ) -> [HandoffAction] {
        let move = self.moves[index]
        guard let connection = self.connections[id], move.index(of: id) == nil else { return [] }
        // M9: it was late on this connection, and the newer move goes on.
        guard !move.passedOn.contains(peer) else { return [] }
        var actions: [HandoffAction] = []
        if connection.plan.move == move.identity, let old = connection.replaces, let place = move.index(of: old) {
            // M11: the replacement has landed on the node that is being retired.
            self.abandonDial(of: move.members[place], into: &actions)
            self.moves[index].members[place].phase = .waiting(until: now + Self.retrySpacing)
            self.refresh(index, now: now, into: &actions)
            return actions
        }
        // Another peer of the same move; or a connection that has come to a retiring peer since, and is not to be
        // replaced more often than once a second.
        let isKnown = move.affected.contains(peer)
        let since = isKnown ? max(move.startAt, now + Self.retrySpacing) : max(move.startAt, now)
        guard since < move.drainBy, !isKnown || (connection.role == .shared && !move.isPassive) else { return [] }
        if move.isFinished { self.revive(index) }
        self.enlist([peer], origin: id, since: since, in: index, now: now, into: &actions)
        actions.append(.retime)
        self.advanceMoves(now: now, into: &actions)
        return actions
    }

    private mutating func revive(_ index: Int) {
        self.moves[index].isFinished = false
        self.moves[index].record.endedAt = nil
        self.moves[index].record.phase = .waiting
    }
}
