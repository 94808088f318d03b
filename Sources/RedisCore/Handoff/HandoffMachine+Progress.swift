// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// How moves go on: dials, switches, ends.
extension HandoffMachine {
    /// Does everything that is due for moves.
    mutating func advanceMoves(now: NIODeadline, into actions: inout [HandoffAction]) {
        for index in self.moves.indices.reversed() {
            if now >= self.moves[index].record.deadline {
                self.end(index, now: now, into: &actions)
            }
        }
        for index in self.moves.indices where !self.moves[index].isFinished {
            self.advance(index, now: now, into: &actions)
        }
    }

    private mutating func advance(_ index: Int, now: NIODeadline, into actions: inout [HandoffAction]) {
        guard !self.moves[index].isPassive else { return }
        if now >= self.moves[index].drainBy { self.moves[index].isTooLate = true }
        if self.moves[index].found == nil, self.moves[index].resolveAt < self.moves[index].startAt,
            now >= self.moves[index].resolveAt
        {
            self.moves[index].resolveAt = now + Self.retrySpacing
            actions.append(.resolve)
        }
        if now >= self.moves[index].startAt, self.moves[index].members.isEmpty, !self.moves[index].isCommitted {
            // There are leased connections only.
            self.commit(index, now: now, into: &actions)
            self.refresh(index, now: now, into: &actions)
        }
        for member in self.moves[index].members {
            guard let place = self.moves[index].index(of: member.id) else { continue }
            switch member.phase {
            case .waiting(let until):
                guard now >= until, now < self.moves[index].drainBy, self.mayDial else { continue }
                self.moves[index].members[place].phase = .dialing(nil)
                let move = self.moves[index]
                actions.append(
                    .replace(
                        member.id,
                        DialPlan(target: move.dialTarget, move: move.identity, probes: self.configuration.probesTarget))
                )
                self.refresh(index, now: now, into: &actions)
            case .settling(let id, let until):
                guard now >= until else { continue }
                self.switchMember(index, place, to: id, now: now, into: &actions)
            case .dialing, .kept:
                continue
            }
        }
    }

    /// M3: new requests go to the new connection; M4: the old one finishes what it was given.
    mutating func switchMember(
        _ index: Int, _ place: Int, to id: ConnectionID, now: NIODeadline, into actions: inout [HandoffAction]
    ) {
        let member = self.moves[index].members.remove(at: place)
        let move = self.moves[index]
        self.connections[member.id]?.state = .draining(until: move.drainEnd(now: now))
        self.connections[member.id]?.leaving = move.identity
        self.connections[id]?.replaces = nil
        self.moves[index].record.moved += 1
        self.moves[index].redialFailures = 0
        self.relax(self.connections[id]?.peer, with: index, now: now, into: &actions)
        actions.append(.switchRoutes(from: member.id, to: id))
        self.commit(index, now: now, into: &actions)
        self.refresh(index, now: now, into: &actions)
    }

    /// The new peer is as slow as the old one until the move is over.
    mutating func relax(
        _ peer: PeerAddress?, with index: Int, now: NIODeadline, into actions: inout [HandoffAction]
    ) {
        guard let peer, !self.moves[index].isFinished, !self.windows.relaxes(peer) else { return }
        let move = self.moves[index]
        let cap = move.record.deadline + self.configuration.relaxedTail
        self.windows.openMove(move.identity, peer: peer, closesBy: cap, now: now)
        actions.append(.retime)
    }

    /// The new endpoint works, or there is nothing to replace: leased connections to the old peers are let go.
    mutating func commit(_ index: Int, now: NIODeadline, into actions: inout [HandoffAction]) {
        guard !self.moves[index].isCommitted, !self.moves[index].isPassive else { return }
        self.moves[index].isCommitted = true
        let move = self.moves[index]
        for id in self.sortedIDs {
            guard let connection = self.connections[id], connection.role == .leased, connection.state == .ready,
                let peer = connection.peer, move.affected.contains(peer), connection.plan.move != move.identity
            else { continue }
            self.retire(id, for: move, now: now, into: &actions)
        }
    }

    mutating func retire(
        _ id: ConnectionID, for move: HandoffOperation, now: NIODeadline, into actions: inout [HandoffAction]
    ) {
        self.connections[id]?.state = .draining(until: move.drainEnd(now: now))
        self.connections[id]?.leaving = move.identity
        actions.append(.retire(id))
    }

    /// Works out the phase that a move is in, and finishes it when nothing is left.
    mutating func refresh(_ index: Int, now: NIODeadline, into actions: inout [HandoffAction]) {
        let move = self.moves[index]
        guard !move.isFinished, !move.isPassive else { return }
        let isDraining = self.connections.values.contains { $0.leaving == move.identity }
        let isOpening = self.connections.values.contains { $0.plan.move == move.identity && $0.state == .opening }
        if !move.members.isEmpty, move.members.allSatisfy({ $0.phase == .kept }), !isDraining, !isOpening {
            return self.finish(index, .failed, now: now, into: &actions)
        }
        var phase = HandoffPhase.waiting
        if move.isCommitted {
            if move.members.isEmpty, !isDraining, !isOpening {
                return self.finish(index, .done, now: now, into: &actions)
            }
            phase = move.members.isEmpty ? .draining : .switched
        } else if move.record.phase == .dialing
            || move.members.contains(where: { $0.replacement != nil || $0.isDialing })
        {
            phase = .dialing
        }
        guard phase != move.record.phase else { return }
        self.moves[index].record.phase = phase
        actions.append(.note(self.note(.handoff(phase), of: move)))
    }

    private func note(_ change: MaintenanceNote.Change, of move: HandoffOperation) -> MaintenanceNote {
        MaintenanceNote(change, sequence: move.identity.sequence, target: move.identity.target)
    }

    /// Nothing more will happen, except that new dials go to the target until the deadline.
    private mutating func finish(
        _ index: Int, _ phase: HandoffPhase, now: NIODeadline, into actions: inout [HandoffAction]
    ) {
        self.moves[index].record.remaining = self.remaining(of: self.moves[index])
        self.moves[index].isFinished = true
        self.moves[index].members = []
        self.moves[index].record.phase = phase
        self.moves[index].record.endedAt = now
        let move = self.moves[index]
        self.windows.closeMove(move.identity, now: now)
        self.lastHandoff = move.record
        if phase == .done { self.counters.handoffsDone += 1 } else { self.counters.handoffsFailed += 1 }
        actions.append(.note(self.note(.handoff(phase), of: move)))
        actions.append(.retime)
    }

    /// The deadline has come: dials are given up, and the configured endpoint is the only one again (M6).
    private mutating func end(_ index: Int, now: NIODeadline, into actions: inout [HandoffAction]) {
        if !self.moves[index].isFinished {
            let move = self.moves[index]
            for member in move.members { self.abandonDial(of: member, into: &actions) }
            let isDone = move.isPassive || (move.isCommitted && move.members.isEmpty)
            self.finish(index, isDone ? .done : .failed, now: now, into: &actions)
        }
        let move = self.moves.remove(at: index)
        self.pastMoves.insert(move.identity, now: now)
    }
}
