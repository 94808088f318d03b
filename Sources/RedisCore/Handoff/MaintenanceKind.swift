// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The kinds of announcement, as the first element of a push names them. A closed set: it labels a metric.
package enum MaintenanceKind: UInt8, Sendable, CaseIterable {
    case moving
    case migrating
    case migrated
    case failingOver
    case failedOver
    /// Slots of a cluster are about to move.
    case slotsMigrating
    case slotsMigrated

    /// The name on the wire: exact, upper case.
    package var name: String {
        switch self {
        case .moving: "MOVING"
        case .migrating: "MIGRATING"
        case .migrated: "MIGRATED"
        case .failingOver: "FAILING_OVER"
        case .failedOver: "FAILED_OVER"
        case .slotsMigrating: "SMIGRATING"
        case .slotsMigrated: "SMIGRATED"
        }
    }

    /// The metric's label value.
    package var label: String { self.name.lowercased() }
}
