// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// How the lab closes a connection.
package enum CloseManner: Sendable, Equatable {
    /// FIN, behind what was sent.
    case graceful
    /// RST: what the peer has not read is lost.
    case reset
}
