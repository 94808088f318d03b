// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// How far a move has come.
package enum HandoffPhase: String, Sendable, CaseIterable {
    /// For its random delay, for half of the grace, or for the name to lead elsewhere. -> dialing, done, failed
    case waiting
    /// Connections to the target are being opened. -> switched, done, failed
    case dialing
    /// The first new connection takes requests; others are still being opened. -> draining, done, failed
    case switched
    /// Every connection has been replaced; old ones wait for their last replies. -> done
    case draining
    /// Nothing is left on the old peer.
    case done
    /// The deadline came, or the target refused us, before everything had moved.
    case failed
}
