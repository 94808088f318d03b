// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What makes two deliveries the same move (M1): sequence number and target, never the remaining time.
package struct HandoffIdentity: Sendable, Hashable {
    /// The server's number of the event; nil if it gave none, or for a move by hand.
    package var sequence: Int64?
    /// Where to; nil: the server named no endpoint.
    package var target: MovingTarget?
    /// 0 for announced moves; moves that the gateway itself begins are numbered, so that one may follow the other.
    package var ordinal: UInt32

    package init(sequence: Int64?, target: MovingTarget?, ordinal: UInt32 = 0) {
        self.sequence = sequence
        self.target = target
        self.ordinal = ordinal
    }

    /// Whether the gateway began it: by hand, or because the peer was no longer advertised.
    package var isOwn: Bool { self.ordinal != 0 }
}
