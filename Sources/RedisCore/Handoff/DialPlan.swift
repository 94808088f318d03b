// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Where a new connection goes, and because of which move.
package struct DialPlan: Sendable, Equatable {
    package var target: DialTarget
    /// Nil: none; the configured endpoint.
    package var move: HandoffIdentity?
    /// Whether the peer must answer a PING before the connection takes requests.
    package var probes: Bool

    package init(target: DialTarget = .configured, move: HandoffIdentity? = nil, probes: Bool = false) {
        self.target = target
        self.move = move
        self.probes = probes
    }
}
