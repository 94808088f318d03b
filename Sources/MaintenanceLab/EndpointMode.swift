// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What a client meets that connects to an endpoint.
package enum EndpointMode: Sendable, Equatable {
    /// A proxy to the backend.
    case serve
    /// Nobody listens: the connection is refused.
    case refuse
    /// The connection is accepted and closed.
    case closeAtOnce
    /// The connection is accepted, and nothing is ever answered.
    case silent
    /// HELLO and AUTH are answered with this error line, which comes without `-` and CRLF.
    case failHandshake(String)
}
