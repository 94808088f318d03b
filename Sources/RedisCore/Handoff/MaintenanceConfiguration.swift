// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// How announced maintenance is met. Each value is a setting; the ranges are enforced there.
package struct MaintenanceConfiguration: Sendable {
    /// Whether notifications are asked for.
    package var mode: MaintenanceMode = .auto
    /// In which form the server is to name new endpoints.
    package var movingEndpointType: MovingEndpointType = .auto
    /// Whether connections are replaced when a MOVING says so. Without, a MOVING only relaxes timeouts.
    package var proactiveReconnect: Bool = true
    /// What a command's timeout becomes while a window is open, if it is not longer anyway (W1). 0: nothing is relaxed.
    package var relaxedTimeout: TimeAmount = .seconds(10)
    /// How long timeouts stay relaxed after the end of a window (W5).
    package var relaxedTail: TimeAmount = .seconds(2)
    /// The longest that a window stays open without its end being announced (W4), by kind.
    package var migrationWindowMaximum: TimeAmount = .minutes(10)
    package var failoverWindowMaximum: TimeAmount = .minutes(1)
    package var slotMigrationWindowMaximum: TimeAmount = .minutes(10)
    /// How long before the server's deadline an old connection is closed, whatever it waits for (M4).
    package var handoffMargin: TimeAmount = .milliseconds(500)
    /// Replacements that are opened at the same time, per event loop (M12).
    package var parallelDialsMaximum: Int = 2
    /// The longest random delay before a move is acted upon; a tenth of its grace at most (M12).
    package var jitterMaximum: TimeAmount = .seconds(1)
    /// Where a MOVING may send us. Empty: see ``EndpointPolicy``.
    package var targetAllowList: [TargetRule] = []
    package var portPolicy: PortPolicy = .any
    /// Whether a replacement must answer a PING before it takes requests.
    package var probesTarget: Bool = true
    /// After a refusal of notifications, how long until the server is asked again.
    package var reprobeInterval: TimeAmount = .minutes(10)

    package init() {}

    /// The cap of a window that an announcement opens.
    func windowMaximum(_ kind: WindowKind) -> TimeAmount {
        switch kind {
        case .migration: self.migrationWindowMaximum
        case .failover: self.failoverWindowMaximum
        case .slotMigration: self.slotMigrationWindowMaximum
        case .move: .seconds(120) + self.relaxedTail
        }
    }
}
