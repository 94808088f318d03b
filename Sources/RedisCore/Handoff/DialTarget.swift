// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Where to open a connection.
package enum DialTarget: Sendable, Hashable {
    /// To the configured endpoint.
    case configured
    /// To an endpoint that was announced, or named by hand.
    case announced(MovingTarget)
    /// To an address that the configured name leads to; with TLS the name is verified, not the address.
    case resolved(IPAddress)
}
