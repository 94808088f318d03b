// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// The windows in which commands get more time, and for which peers.
///
/// Windows nest: each is open until its own end (W3), or its cap (W4). A repeated opening changes nothing (W6).
package struct RelaxedWindows: Sendable {
    /// One window.
    package struct Window: Sendable, Equatable {
        package var kind: WindowKind
        package var sequence: Int64?
        /// The move behind a window of the kind `move`.
        package var move: HandoffIdentity?
        package var shards: String?
        package var openedAt: NIODeadline
        package var closesBy: NIODeadline
        package var peers: [PeerAddress]
    }

    /// What an opening came to.
    package enum Opening: Sendable, Equatable {
        case opened
        /// It was open, for other peers.
        case joined
        case duplicate
        /// It has ended already, or there are too many.
        case ignored
    }

    /// What an end came to.
    package enum Closing: Sendable, Equatable {
        case closed(Window)
        case duplicate
        /// Nothing was open that it could end: a late joiner is told of an old one.
        case noWindow
    }

    private struct Key: Hashable, Sendable {
        var kind: WindowKind
        var sequence: Int64
    }

    private struct Tail: Sendable {
        var peers: [PeerAddress]
        var until: NIODeadline
    }

    package static let countMaximum = 32
    package static let peersMaximum = 32
    private static let memory: TimeAmount = .minutes(2)

    /// The open ones, the oldest first.
    package private(set) var open: [Window] = []
    private var tails: [Tail] = []
    private let tail: TimeAmount
    private var openings = RecentKeys<Key>(lifetime: Self.memory, countMaximum: 128)
    private var ends = RecentKeys<Key>(lifetime: Self.memory, countMaximum: 128)
    /// The highest number of an end that was seen, by kind: an opening below it is stale.
    private var newestEnd: [WindowKind: (sequence: Int64, at: NIODeadline)] = [:]

    package init(tail: TimeAmount) {
        self.tail = max(.zero, tail)
    }

    /// Whether commands on connections to the peer get more time.
    package func relaxes(_ peer: PeerAddress) -> Bool {
        self.open.contains { $0.peers.contains(peer) } || self.tails.contains { $0.peers.contains(peer) }
    }

    /// Whether any command does.
    package var isAnyRelaxed: Bool { !self.open.isEmpty || !self.tails.isEmpty }

    /// The time of the next ``expire(now:)``; `distantFuture` when nothing is open.
    package var nextDeadline: NIODeadline {
        var next = NIODeadline.distantFuture
        for window in self.open { next = min(next, window.closesBy) }
        for tail in self.tails { next = min(next, tail.until) }
        return next
    }

    /// An announcement opens a window.
    package mutating func open(
        _ kind: WindowKind, sequence: Int64?, shards: String?, peer: PeerAddress, cap: TimeAmount, now: NIODeadline
    ) -> Opening {
        if let index = self.open.firstIndex(where: { $0.kind == kind && $0.sequence == sequence }) {
            return self.join(index, peer)
        }
        if let sequence {
            // A late delivery of what has ended, or reached its cap, already.
            if let end = self.newestEnd[kind], now < end.at + Self.memory, end.sequence >= sequence { return .ignored }
            if self.openings.contains(Key(kind: kind, sequence: sequence), now: now) { return .duplicate }
        }
        guard self.open.count < Self.countMaximum else { return .ignored }
        if let sequence { self.openings.insert(Key(kind: kind, sequence: sequence), now: now) }
        self.open.append(
            Window(
                kind: kind, sequence: sequence, move: nil, shards: shards, openedAt: now, closesBy: now + cap,
                peers: [peer]))
        return .opened
    }

    private mutating func join(_ index: Int, _ peer: PeerAddress) -> Opening {
        guard !self.open[index].peers.contains(peer), self.open[index].peers.count < Self.peersMaximum else {
            return .duplicate
        }
        self.open[index].peers.append(peer)
        return .joined
    }

    /// An announcement ends the oldest window of its kind with a lower number (W3).
    package mutating func close(_ kind: WindowKind, sequence: Int64?, now: NIODeadline) -> Closing {
        if let sequence {
            guard self.ends.insert(Key(kind: kind, sequence: sequence), now: now) else { return .duplicate }
            let isNewer = self.newestEnd[kind].map { now >= $0.at + Self.memory || $0.sequence < sequence } ?? true
            if isNewer { self.newestEnd[kind] = (sequence, now) }
        }
        let index = self.open.firstIndex { window in
            guard window.kind == kind else { return false }
            guard let sequence, let opened = window.sequence else { return true }
            return opened < sequence
        }
        guard let index else { return .noWindow }
        let window = self.open.remove(at: index)
        self.addTail(window.peers, now: now)
        return .closed(window)
    }

    /// A move relaxes its peers until it is over (W7), or until `closesBy`.
    package mutating func openMove(
        _ identity: HandoffIdentity, peer: PeerAddress, closesBy: NIODeadline, now: NIODeadline
    ) {
        if let index = self.open.firstIndex(where: { $0.move == identity }) {
            _ = self.join(index, peer)
            return
        }
        self.open.append(
            Window(
                kind: .move, sequence: identity.sequence, move: identity, shards: nil, openedAt: now,
                closesBy: closesBy, peers: [peer]))
    }

    package mutating func closeMove(_ identity: HandoffIdentity, now: NIODeadline) {
        guard let index = self.open.firstIndex(where: { $0.move == identity }) else { return }
        self.addTail(self.open.remove(at: index).peers, now: now)
    }

    /// Ends what has reached its cap.
    /// - Returns: those windows.
    package mutating func expire(now: NIODeadline) -> [Window] {
        self.tails.removeAll { $0.until <= now }
        let expired = self.open.filter { $0.closesBy <= now }
        if !expired.isEmpty { self.open.removeAll { $0.closesBy <= now } }
        return expired
    }

    package mutating func removeAll() {
        self.open = []
        self.tails = []
    }

    private mutating func addTail(_ peers: [PeerAddress], now: NIODeadline) {
        guard self.tail > .zero else { return }
        self.tails.append(Tail(peers: peers, until: now + self.tail))
        if self.tails.count > Self.countMaximum { self.tails.removeFirst() }
    }
}
