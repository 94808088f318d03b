// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// A connection as a ``HandoffMachine`` sees it.
struct TrackedConnection: Sendable {
    enum State: Sendable, Equatable {
        /// No transport, or no handshake yet. -> ready, draining
        case opening
        /// It takes requests, or could. -> draining
        case ready
        /// It takes none any more, and is closed by then at the latest.
        case draining(until: NIODeadline)
    }

    var role: ConnectionRole
    var state: State = .opening
    /// Nil before the transport is there.
    var peer: PeerAddress?
    /// Where it was dialled to, and because of which move.
    var plan: DialPlan
    /// The connection whose place it is to take; nil once it has, and for those that were opened for other reasons.
    var replaces: ConnectionID?
    /// The move that it is drained for.
    var leaving: HandoffIdentity?

    var isDraining: Bool {
        switch self.state {
        case .opening, .ready: false
        case .draining: true
        }
    }
}
