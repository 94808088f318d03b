// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// Peers that a server has said goodbye for, each until a while after its deadline: a connection to one of them that
/// closes was closed by maintenance. Bounded; the oldest entry makes room.
package struct RetiringPeers: Sendable {
    private static let countMaximum = 64
    private var entries: [(peer: PeerAddress, until: NIODeadline)] = []

    package init() {}

    package mutating func insert(_ peer: PeerAddress, until: NIODeadline, now: NIODeadline) {
        self.entries.removeAll { $0.until <= now || ($0.peer == peer && $0.until <= until) }
        if self.entries.count == Self.countMaximum { self.entries.removeFirst() }
        self.entries.append((peer, until))
    }

    package func contains(_ peer: PeerAddress, now: NIODeadline) -> Bool {
        self.entries.contains { $0.peer == peer && now < $0.until }
    }

    package mutating func removeAll() {
        self.entries = []
    }
}
