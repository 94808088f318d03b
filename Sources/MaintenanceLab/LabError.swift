// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What a lab cannot do.
package enum LabError: Error, Sendable, Equatable {
    /// The endpoint is not one of this lab.
    case noSuchEndpoint
    /// The listening socket has no address of its own.
    case noAddress
    /// The backend closed the connection, or broke the protocol, before it had answered every command.
    case backendFailed
}
