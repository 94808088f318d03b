// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// What the configured name leads to: for moves without a named target, and for peers that leave without a word.
extension HandoffMachine {
    /// How long a peer is watched after its migration, how often, and how long it is given when it has gone.
    static let watchTime: TimeAmount = .seconds(30)
    static let watchInterval: TimeAmount = .seconds(2)
    static let unadvertisedGrace: TimeAmount = .seconds(10)
    private static let watchedMaximum = 16

    /// A migration is over: its peers may be taken out of the name without a MOVING.
    mutating func watch(_ peers: [PeerAddress], now: NIODeadline) {
        guard self.hasName, self.configuration.proactiveReconnect else { return }
        for peer in peers where peer.ip != nil {
            self.watched.removeAll { $0.peer == peer }
            guard self.watched.count < Self.watchedMaximum else { return }
            self.watched.append(WatchedPeer(peer: peer, nextAt: now + Self.watchInterval, until: now + Self.watchTime))
        }
    }

    mutating func lookForWatched(now: NIODeadline, into actions: inout [HandoffAction]) {
        var isDue = false
        for index in self.watched.indices where self.watched[index].nextAt <= now {
            self.watched[index].nextAt = now + Self.watchInterval
            isDue = true
        }
        self.watched.removeAll { $0.until <= now }
        if isDue, !actions.contains(.resolve) { actions.append(.resolve) }
    }

    /// The addresses of the configured name; none if it could not be looked up.
    package mutating func resolved(
        _ addresses: [IPAddress], now: NIODeadline, using generator: inout some RandomNumberGenerator
    ) -> [HandoffAction] {
        guard !self.isStopped, !addresses.isEmpty else { return [] }
        var actions: [HandoffAction] = []
        for index in self.moves.indices {
            let move = self.moves[index]
            guard !move.isFinished, !move.isPassive, move.target == nil, move.found == nil, now < move.startAt else {
                continue
            }
            let fresh = addresses.filter { address in !move.affected.contains { $0.ip == address } }
            guard let found = fresh.randomElement(using: &generator) else { continue }
            self.moves[index].found = found
            self.moves[index].startAt = now
            for place in move.members.indices {
                if case .waiting(let until) = move.members[place].phase {
                    self.moves[index].members[place].phase = .waiting(until: min(until, now))
                }
            }
        }
        self.leaveUnadvertised(addresses, now: now, using: &generator, into: &actions)
        self.advanceMoves(now: now, into: &actions)
        return actions
    }

    /// A peer that the name no longer leads to is left before it closes.
    private mutating func leaveUnadvertised(
        _ addresses: [IPAddress], now: NIODeadline, using generator: inout some RandomNumberGenerator,
        into actions: inout [HandoffAction]
    ) {
        let gone = self.watched.map(\.peer).filter { peer in peer.ip.map { !addresses.contains($0) } ?? false }
        guard !gone.isEmpty else { return }
        self.watched.removeAll { gone.contains($0.peer) }
        let isMoving = self.moves.contains { move in gone.contains { move.affected.contains($0) } }
        let isUsed = self.connections.values.contains { $0.peer.map { gone.contains($0) } ?? false }
        guard !isMoving, isUsed, self.mayBegin(now: now) else { return }
        actions.append(.note(MaintenanceNote(.peerNotAdvertised)))
        var move = self.makeMove(self.nextIdentity(nil), target: nil, grace: Self.unadvertisedGrace, now: now)
        move.found = addresses.randomElement(using: &generator)
        self.begin(move, on: gone, origin: nil, now: now, into: &actions)
    }
}
