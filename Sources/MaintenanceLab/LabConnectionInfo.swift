// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// A client's connection as a test sees it.
package struct LabConnectionInfo: Sendable, Equatable {
    /// Counts from 1 in the order in which the lab accepted them.
    package var id: Int
    package var endpoint: LabEndpoint
    /// Whether it gets pushes.
    package var isOptedIn: Bool
    /// Commands received and not answered.
    package var inFlight: Int
}
