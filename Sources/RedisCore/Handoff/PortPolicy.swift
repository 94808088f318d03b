// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// To which ports a MOVING may send us.
package enum PortPolicy: String, Sendable, CaseIterable {
    case any
    /// The configured one only.
    case same
}
