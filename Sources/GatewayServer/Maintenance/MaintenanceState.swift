// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The gateway's upstream in one word, over all event loops.
enum MaintenanceState: String, Sendable {
    case normal
    /// Timeouts are relaxed, or connections are being replaced.
    case maintenance
    /// Some event loops have no usable connection.
    case degraded
    /// None has.
    case down
}
