// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// A peer whose migration is over, and which may leave the set of advertised addresses without a word.
struct WatchedPeer: Sendable {
    var peer: PeerAddress
    /// When to look the name up.
    var nextAt: NIODeadline
    /// When to stop.
    var until: NIODeadline
}
