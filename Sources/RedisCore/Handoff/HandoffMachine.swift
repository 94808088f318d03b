// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// What one upstream does about announced maintenance on one event loop: windows of relaxed timeouts, and moves of
/// connections to other endpoints, each made before the old connection breaks.
///
/// Pure: it is told of pushes, connections and time, and answers with orders (``HandoffAction``). The driver calls
/// ``timerFired(now:using:)`` not later than ``nextDeadline``, which may change with every call. Rules W1-W7 and M1-M14
/// are cited where they are kept.
package struct HandoffMachine: Sendable {
    let configuration: MaintenanceConfiguration
    let policy: EndpointPolicy
    /// Whether the configured host is a name, so that it may lead elsewhere.
    let hasName: Bool

    var connections: [ConnectionID: TrackedConnection] = [:]
    package internal(set) var windows: RelaxedWindows
    /// Moves until their deadline, finished ones among them, the oldest first.
    var moves: [HandoffOperation] = []
    /// Moves whose deadline has passed.
    var pastMoves = RecentKeys<HandoffIdentity>(lifetime: .minutes(2), countMaximum: 128)
    var retiring = RetiringPeers()
    /// Peers that may disappear from DNS without a word, after a migration.
    var watched: [WatchedPeer] = []
    /// When the newest moves began, within the last minute.
    var recentStarts: [NIODeadline] = []
    var nextOrdinal: UInt32 = 1
    var isStopped = false
    package var counters = MaintenanceCounters()
    package var lastHandoff: HandoffRecord?

    /// Moves at the same time.
    static let movesMaximum = 8
    /// Moves that may begin within a minute; what is over it is ignored.
    static let startsMaximum = 60
    /// The shortest time that a move is given, whatever the server says.
    static let graceMinimum: TimeAmount = .seconds(1)
    /// Between attempts that landed on the retiring node (M11), and between look-ups.
    static let retrySpacing: TimeAmount = .seconds(1)
    /// How long a replacement with a retiring address is watched before it takes requests (M11).
    static let settleTime: TimeAmount = .milliseconds(500)
    /// A connection that closes this long after its peer's deadline was closed by the maintenance.
    static let retiringTail: TimeAmount = .seconds(5)

    package init(_ configuration: MaintenanceConfiguration, policy: EndpointPolicy, hasName: Bool) {
        self.configuration = configuration
        self.policy = policy
        self.hasName = hasName
        self.windows = RelaxedWindows(tail: configuration.relaxedTail)
    }

    // MARK: - Questions

    /// How much longer than configured commands to the peer may take; zero when nothing is relaxed.
    package func isRelaxed(_ peer: PeerAddress?) -> Bool {
        peer.map { self.windows.relaxes($0) } ?? false
    }

    /// Whether commands that have no connection yet may take longer.
    package var isAnyRelaxed: Bool { self.windows.isAnyRelaxed }

    /// Whether a connection to the peer that closes now was closed by announced maintenance (M8).
    package func isMaintained(_ peer: PeerAddress?, now: NIODeadline) -> Bool {
        guard let peer else { return false }
        return self.windows.relaxes(peer) || self.retiring.contains(peer, now: now)
    }

    /// Where a connection is to be opened that replaces nothing: the target of a move while it lasts (M5), afterwards the
    /// configured endpoint (M6). `former` is the peer of the connection that was lost; one that is not moving keeps its
    /// endpoint (M2).
    package func plan(former: PeerAddress?, now: NIODeadline) -> DialPlan {
        let move = self.moves.last { move in
            guard now < move.record.deadline, !move.isRefused else { return false }
            guard move.target != nil || move.found != nil, move.redialFailures % 2 == 0 else { return false }
            return former.map { move.affected.contains($0) } ?? true
        }
        guard let move else { return DialPlan() }
        return DialPlan(target: move.dialTarget, move: move.identity)
    }

    /// Whether the address that a dial has led to may be spoken to: an announced name may lead anywhere.
    package func allowsConnection(_ id: ConnectionID, to peer: PeerAddress) -> Bool {
        guard let connection = self.connections[id], let identity = connection.plan.move, !identity.isOwn,
            case .announced = connection.plan.target, let move = self.moves.first(where: { $0.identity == identity })
        else { return true }
        return self.policy.allowsConnected(peer, insteadOf: move.affected.first)
    }

    /// When ``timerFired(now:using:)`` is due; `distantFuture` when there is nothing to wait for.
    package var nextDeadline: NIODeadline {
        var next = self.windows.nextDeadline
        for connection in self.connections.values {
            if case .draining(let until) = connection.state { next = min(next, until) }
        }
        let mayDial = self.mayDial
        for move in self.moves {
            next = min(next, move.record.deadline)
            guard !move.isFinished, !move.isPassive else { continue }
            if move.found == nil, move.resolveAt < move.startAt { next = min(next, move.resolveAt) }
            if move.members.isEmpty, !move.isCommitted { next = min(next, move.startAt) }
            for member in move.members {
                switch member.phase {
                case .waiting(let until): if mayDial, !move.isTooLate, until < move.drainBy { next = min(next, until) }
                case .settling(_, let until): next = min(next, until)
                case .dialing, .kept: break
                }
            }
        }
        for peer in self.watched { next = min(next, peer.nextAt) }
        return next
    }

    /// Whether one more replacement may be opened now (M12).
    var mayDial: Bool {
        let dialing = self.moves.reduce(0) { $0 + $1.members.count { $0.isDialing } }
        return dialing < max(1, self.configuration.parallelDialsMaximum)
    }

    /// Connections in the order in which they were opened.
    var sortedIDs: [ConnectionID] { self.connections.keys.sorted() }

    // MARK: - Pushes

    /// A push has come on a connection.
    package mutating func received(
        _ push: MaintenancePush, from id: ConnectionID, now: NIODeadline,
        using generator: inout some RandomNumberGenerator
    ) -> [HandoffAction] {
        guard let kind = push.kind else {
            self.counters.unknown += 1
            return []
        }
        self.counters[kind: kind] += 1
        if push.isMalformed { self.counters.malformed += 1 }
        guard let event = push.event, self.configuration.mode != .disabled, !self.isStopped else { return [] }
        return self.received(event, from: id, now: now, using: &generator)
    }

    /// An announcement has come on a connection.
    package mutating func received(
        _ event: MaintenanceEvent, from id: ConnectionID, now: NIODeadline,
        using generator: inout some RandomNumberGenerator
    ) -> [HandoffAction] {
        guard !self.isStopped, let connection = self.connections[id], let peer = connection.peer else { return [] }
        switch event {
        case .closed(let kind, let sequence):
            return self.close(kind, sequence: sequence, now: now)
        case .opened, .moving:
            // M13: what was buffered before the connection was given up concerns nobody any more.
            guard !connection.isDraining else {
                self.counters.ignored += 1
                return []
            }
        }
        switch event {
        case .opened(let kind, let sequence, let shards):
            return self.open(kind, sequence: sequence, shards: shards, peer: peer, now: now)
        case .moving(let sequence, let grace, let target):
            let identity = HandoffIdentity(sequence: sequence, target: target)
            return self.announced(identity, grace: grace, on: id, peer: peer, now: now, using: &generator)
        case .closed:
            return []
        }
    }

    private mutating func open(
        _ kind: WindowKind, sequence: Int64?, shards: String?, peer: PeerAddress, now: NIODeadline
    ) -> [HandoffAction] {
        let cap = self.configuration.windowMaximum(kind)
        switch self.windows.open(kind, sequence: sequence, shards: shards, peer: peer, cap: cap, now: now) {
        case .opened: return [.note(MaintenanceNote(.windowOpened(kind), sequence: sequence)), .retime]
        case .joined:
            self.counters.duplicates += 1
            return [.retime]
        case .duplicate: self.counters.duplicates += 1
        case .ignored: self.counters.ignored += 1
        }
        return []
    }

    private mutating func close(_ kind: WindowKind, sequence: Int64?, now: NIODeadline) -> [HandoffAction] {
        switch self.windows.close(kind, sequence: sequence, now: now) {
        case .closed(let window):
            if kind == .migration { self.watch(window.peers, now: now) }
            return [.note(MaintenanceNote(.windowClosed(kind), sequence: window.sequence)), .retime]
        case .duplicate: self.counters.duplicates += 1
        case .noWindow: self.counters.ignored += 1
        }
        return []
    }

    // MARK: - Time

    /// Does what is due.
    package mutating func timerFired(
        now: NIODeadline, using generator: inout some RandomNumberGenerator
    ) -> [HandoffAction] {
        guard !self.isStopped else { return [] }
        var actions: [HandoffAction] = []
        let wasRelaxed = self.windows.isAnyRelaxed
        for window in self.windows.expire(now: now) where window.move == nil {
            actions.append(.note(MaintenanceNote(.windowExpired(window.kind), sequence: window.sequence)))
        }
        for id in self.sortedIDs {
            if case .draining(let until)? = self.connections[id]?.state, until <= now {
                actions.append(.close(id, .maintenance))
            }
        }
        self.advanceMoves(now: now, into: &actions)
        self.lookForWatched(now: now, into: &actions)
        if wasRelaxed { actions.append(.retime) }
        return actions
    }

    /// Ends everything: the upstream is being shut down.
    package mutating func stop() {
        self.isStopped = true
        self.connections = [:]
        self.moves = []
        self.watched = []
        self.windows.removeAll()
        self.retiring.removeAll()
    }

    // MARK: - For people

    /// Fills in what the machine knows.
    package func describe(in picture: inout UpstreamMaintenance) {
        picture.windows = self.windows.open.filter { $0.move == nil }.map { window in
            UpstreamMaintenance.Window(
                kind: window.kind, sequence: window.sequence, shards: window.shards, openedAt: window.openedAt,
                closesBy: window.closesBy)
        }
        picture.handoffs = self.moves.filter { !$0.isFinished }.map { move in
            var record = move.record
            record.remaining = self.remaining(of: move)
            return record
        }
        picture.lastHandoff = self.lastHandoff
        picture.counters = self.counters
    }

    /// Connections that are still on the old peers of a move.
    func remaining(of move: HandoffOperation) -> Int {
        move.members.count + self.connections.values.count { $0.leaving == move.identity }
    }

    /// Whether connections are being replaced.
    package var isMoving: Bool { self.moves.contains { !$0.isFinished } }
}
