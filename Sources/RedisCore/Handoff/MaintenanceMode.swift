// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Whether maintenance notifications are asked for (`CLIENT MAINT_NOTIFICATIONS ON`).
package enum MaintenanceMode: String, Sendable, CaseIterable {
    /// Never; announcements that come all the same are counted and ignored.
    case disabled
    /// Asked for; a server that refuses is used without them.
    case auto
    /// Asked for; a server that refuses is not used.
    case enabled
}
