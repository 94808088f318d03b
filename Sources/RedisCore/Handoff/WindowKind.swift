// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What keeps timeouts relaxed for a while.
package enum WindowKind: UInt8, Sendable, CaseIterable {
    /// MIGRATING ... MIGRATED.
    case migration
    /// FAILING_OVER ... FAILED_OVER.
    case failover
    /// SMIGRATING ... SMIGRATED.
    case slotMigration
    /// From a MOVING, or from a move by hand, until everything has moved.
    case move

    /// The name in logs, metrics and documents.
    package var label: String {
        switch self {
        case .migration: "migration"
        case .failover: "failover"
        case .slotMigration: "slot_migration"
        case .move: "move"
        }
    }
}
