// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// What a server announced.
package enum MaintenanceEvent: Sendable, Equatable {
    /// The connection will be closed after `grace` (0...120 s); a replacement is at `target`, if one is named.
    case moving(sequence: Int64?, grace: TimeAmount, target: MovingTarget?)
    /// Replies may be slow from now on.
    case opened(WindowKind, sequence: Int64?, shards: String?)
    /// That is over.
    case closed(WindowKind, sequence: Int64?)
}
