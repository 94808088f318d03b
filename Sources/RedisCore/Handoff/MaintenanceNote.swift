// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// One change of an upstream's maintenance, for log lines and history.
///
/// It holds no times: the same change as seen by two event loops is the same note, so that the owner can take them for
/// one.
package struct MaintenanceNote: Sendable, Hashable {
    /// What happened.
    package enum Change: Sendable, Hashable {
        /// The server's answer to our wish for notifications is another than before.
        case notifications(UpstreamMaintenance.Notifications)
        case windowOpened(WindowKind)
        /// The server said that it is over.
        case windowClosed(WindowKind)
        /// The cap came first (W4).
        case windowExpired(WindowKind)
        /// A move entered a phase; `waiting` is its announcement.
        case handoff(HandoffPhase)
        /// The policy forbids the announced target; it is moved as if none had been named.
        case targetRefused
        /// The configured name no longer leads to the peer.
        case peerNotAdvertised
        /// The upstream's state in one word is another than before.
        case state(UpstreamMaintenance.State)
    }

    package var change: Change
    /// The server's number of the event behind it.
    package var sequence: Int64?
    /// A move's target.
    package var target: MovingTarget?

    package init(_ change: Change, sequence: Int64? = nil, target: MovingTarget? = nil) {
        self.change = change
        self.sequence = sequence
        self.target = target
    }
}
