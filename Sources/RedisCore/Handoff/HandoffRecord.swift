// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// One move, as operators see it.
package struct HandoffRecord: Sendable, Equatable {
    package var identity: HandoffIdentity
    package var announcedAt: NIODeadline
    /// When the server will close the old connections.
    package var deadline: NIODeadline
    package var phase: HandoffPhase
    /// Connections that were replaced.
    package var moved: Int = 0
    /// Connections on the old peer.
    package var remaining: Int = 0
    /// Requests that waited for a connection when it switched, unwritten ones of the old connections among them.
    package var held: Int = 0
    /// Requests that were in flight on the old connections at the switch.
    package var inFlight: Int = 0
    /// Requests that were sent a second time because an old connection closed under them.
    package var resent: Int = 0
    /// Requests that failed because an old connection closed under them.
    package var failed: Int = 0
    /// Dials that failed.
    package var failedDials: Int = 0
    /// When it ended; nil while it goes on.
    package var endedAt: NIODeadline?

    package init(identity: HandoffIdentity, announcedAt: NIODeadline, deadline: NIODeadline, phase: HandoffPhase) {
        self.identity = identity
        self.announcedAt = announcedAt
        self.deadline = deadline
        self.phase = phase
    }

    /// From the announcement to the end; nil while it goes on.
    package var duration: TimeAmount? { self.endedAt.map { $0 - self.announcedAt } }
}
