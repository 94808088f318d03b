// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What a ``HandoffMachine`` wants done, in this order.
package enum HandoffAction: Sendable, Equatable {
    /// Open a connection beside this one, to take its place. Answered with ``HandoffMachine/opened(_:role:plan:replacing:)`` or
    /// ``HandoffMachine/cannotReplace(_:now:)``.
    case replace(ConnectionID, DialPlan)
    /// New requests, and those not written yet, go to the second; the first takes none any more and is closed when its
    /// last reply has come.
    case switchRoutes(from: ConnectionID, to: ConnectionID)
    /// A leased connection: closed when its request ends; at once if it has none.
    case retire(ConnectionID)
    /// Close it now.
    case close(ConnectionID, CloseCause)
    /// Which peers are relaxed has changed; pending requests may get more time (W2).
    case retime
    /// Find all addresses of the configured name. Answered with ``HandoffMachine/resolved(_:now:using:)``.
    case resolve
    case note(MaintenanceNote)
}
