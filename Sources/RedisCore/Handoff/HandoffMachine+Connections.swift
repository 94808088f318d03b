// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// What the machine is told of connections.
extension HandoffMachine {
    /// A connection is being opened. `replacing`: the one whose place it is to take, for an order to replace it.
    package mutating func opened(
        _ id: ConnectionID, role: ConnectionRole, plan: DialPlan, replacing old: ConnectionID? = nil
    ) {
        guard !self.isStopped else { return }
        var connection = TrackedConnection(role: role, plan: plan)
        if let old, let (index, place) = self.place(of: old), self.moves[index].identity == plan.move {
            connection.replaces = old
            self.moves[index].members[place].phase = .dialing(id)
        }
        self.connections[id] = connection
    }

    /// An order to replace could not be followed: the connection has lost its place.
    package mutating func cannotReplace(_ old: ConnectionID, now: NIODeadline) -> [HandoffAction] {
        guard let (index, place) = self.place(of: old) else { return [] }
        var actions: [HandoffAction] = []
        self.moves[index].members.remove(at: place)
        self.refresh(index, now: now, into: &actions)
        self.advanceMoves(now: now, into: &actions)
        return actions
    }

    /// The transport is there.
    package mutating func connected(_ id: ConnectionID, peer: PeerAddress) {
        self.connections[id]?.peer = peer
    }

    /// The handshake, and the probe if one was wanted, are over.
    package mutating func ready(_ id: ConnectionID, now: NIODeadline) -> [HandoffAction] {
        guard let connection = self.connections[id], connection.state == .opening else { return [] }
        self.connections[id]?.state = .ready
        var actions: [HandoffAction] = []
        if let old = connection.replaces, let (index, place) = self.place(of: old) {
            let move = self.moves[index]
            let isRetiring = connection.peer.map { move.affected.contains($0) } ?? false
            if isRetiring, !move.identity.isOwn, now < move.drainBy {
                // M11: behind one address for all, only the server can say whether this is the old node again.
                let time = min(Self.settleTime, .nanoseconds((move.drainBy - now).nanoseconds / 2))
                self.moves[index].members[place].phase = .settling(id, until: now + time)
            } else {
                self.switchMember(index, place, to: id, now: now, into: &actions)
            }
        } else if let identity = connection.plan.move {
            if let index = self.moves.firstIndex(where: { $0.identity == identity }) {
                self.moves[index].redialFailures = 0
                self.relax(connection.peer, with: index, now: now, into: &actions)
                self.commit(index, now: now, into: &actions)
                self.refresh(index, now: now, into: &actions)
            }
        } else if connection.role == .leased, let peer = connection.peer,
            let move = self.moves.first(where: { $0.isCommitted && $0.affected.contains(peer) })
        {
            self.retire(id, for: move, now: now, into: &actions)
        }
        self.advanceMoves(now: now, into: &actions)
        return actions
    }

    /// A connection has ended, or could not be opened.
    package mutating func closed(
        _ id: ConnectionID, cause: CloseCause, now: NIODeadline, using generator: inout some RandomNumberGenerator
    ) -> [HandoffAction] {
        guard let connection = self.connections.removeValue(forKey: id) else { return [] }
        var actions: [HandoffAction] = []
        if let old = connection.replaces, let (index, place) = self.place(of: old) {
            self.dialFailed(index, place, cause: cause, now: now, using: &generator)
            self.refresh(index, now: now, into: &actions)
        } else if connection.state == .opening {
            self.redialFailed(connection.plan, cause: cause)
        }
        if let (index, place) = self.place(of: id) {
            // M8: it was lost before its replacement was ready. What is being opened will be the connection then.
            if let replacement = self.moves[index].members[place].replacement {
                self.connections[replacement]?.replaces = nil
                self.moves[index].record.moved += 1
            }
            self.moves[index].members.remove(at: place)
            self.refresh(index, now: now, into: &actions)
        }
        for index in self.moves.indices
        where self.moves[index].identity == connection.leaving || self.moves[index].identity == connection.plan.move {
            self.refresh(index, now: now, into: &actions)
        }
        self.advanceMoves(now: now, into: &actions)
        return actions
    }

    /// M7: another attempt after a pause, unless the target has refused us.
    private mutating func dialFailed(
        _ index: Int, _ place: Int, cause: CloseCause, now: NIODeadline,
        using generator: inout some RandomNumberGenerator
    ) {
        self.moves[index].record.failedDials += 1
        guard cause != .refused else {
            self.moves[index].isRefused = true
            self.moves[index].members[place].phase = .kept
            return
        }
        let pause = self.moves[index].backoff.next(using: &generator)
        self.moves[index].members[place].phase = .waiting(until: now + pause)
    }

    /// A connection that replaces nothing could not be opened: the target and the configured endpoint take turns.
    private mutating func redialFailed(_ plan: DialPlan, cause: CloseCause) {
        for index in self.moves.indices {
            if self.moves[index].identity == plan.move {
                self.moves[index].record.failedDials += 1
                self.moves[index].redialFailures &+= 1
                if cause == .refused { self.moves[index].isRefused = true }
            } else if plan.move == nil, self.moves[index].redialFailures % 2 == 1 {
                self.moves[index].redialFailures &+= 1
            }
        }
    }

    /// What the loss of a connection did to its requests, for the record of its move.
    package mutating func account(_ id: ConnectionID, resent: Int, failed: Int) {
        guard let connection = self.connections[id] else { return }
        let index = self.moves.firstIndex { move in
            move.identity == connection.leaving || (connection.peer.map { move.affected.contains($0) } ?? false)
        }
        guard let index else { return }
        self.moves[index].record.resent += resent
        self.moves[index].record.failed += failed
    }

    /// What there was at a switch, for the record of the move.
    package mutating func accountSwitch(of id: ConnectionID, held: Int, inFlight: Int) {
        guard let identity = self.connections[id]?.leaving,
            let index = self.moves.firstIndex(where: { $0.identity == identity })
        else { return }
        self.moves[index].record.held += held
        self.moves[index].record.inFlight += inFlight
    }

    /// Where a connection is a member of a move that goes on.
    func place(of id: ConnectionID) -> (move: Int, member: Int)? {
        for index in self.moves.indices where !self.moves[index].isFinished {
            if let place = self.moves[index].index(of: id) { return (index, place) }
        }
        return nil
    }
}
