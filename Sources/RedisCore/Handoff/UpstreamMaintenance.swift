// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// A picture of one upstream's maintenance on one event loop: a plain value for the documents that show it.
package struct UpstreamMaintenance: Sendable, Equatable {
    /// What the server said to our wish for notifications.
    package enum Notifications: String, Sendable, CaseIterable {
        /// It accepted.
        case on
        /// It does not know the command.
        case unsupported
        /// It knows the command and refused.
        case refused
        /// It was not asked (yet).
        case off
    }

    /// The upstream in one word.
    package enum State: String, Sendable, CaseIterable {
        case normal
        /// Timeouts are relaxed: a migration or failover goes on.
        case relaxed
        /// Connections are being replaced.
        case moving
        /// No connection is usable, and one is being opened.
        case reconnecting
        /// No connection is usable: the server refuses us, or the upstream is shut down.
        case down
    }

    /// Shared and leased connections.
    package struct Connections: Sendable, Equatable {
        package var ready: Int = 0
        package var draining: Int = 0
        package var dialing: Int = 0

        package init() {}
    }

    /// An open window.
    package struct Window: Sendable, Equatable {
        package var kind: WindowKind
        package var sequence: Int64?
        /// What the server said of the shards or slots, made harmless and cut to 256 bytes.
        package var shards: String?
        package var openedAt: NIODeadline
        /// It is closed by then, whatever the server says (W4).
        package var closesBy: NIODeadline

        package init(
            kind: WindowKind, sequence: Int64?, shards: String?, openedAt: NIODeadline, closesBy: NIODeadline
        ) {
            self.kind = kind
            self.sequence = sequence
            self.shards = shards
            self.openedAt = openedAt
            self.closesBy = closesBy
        }
    }

    package var mode: MaintenanceMode
    package var notifications: Notifications = .off
    package var state: State = .reconnecting
    package var connections = Connections()
    /// The timeout of a command whose caller asked for none, and what it is at the moment.
    package var configuredTimeout: TimeAmount
    package var effectiveTimeout: TimeAmount
    /// Open windows, the oldest first.
    package var windows: [Window] = []
    /// Moves that go on, the oldest first.
    package var handoffs: [HandoffRecord] = []
    package var lastHandoff: HandoffRecord?
    package var counters = MaintenanceCounters()

    package init(mode: MaintenanceMode, configuredTimeout: TimeAmount) {
        self.mode = mode
        self.configuredTimeout = configuredTimeout
        self.effectiveTimeout = configuredTimeout
    }
}
