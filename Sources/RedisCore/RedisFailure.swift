// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Why a request ended without (all) its replies. Exactly one is delivered for a request that fails.
package enum RedisFailure: Error, Sendable, Equatable {
    /// The request's deadline passed. `written`: at least one byte had been handed to the socket, so that it may have run.
    case deadlinePassed(written: Bool)
    /// The connection was lost after the command was written, and its class forbids a second run (or no time is left).
    case connectionLost
    /// The connection that the request is bound to was lost before the commands were written. Nothing ran.
    case leaseLost
    /// The in-flight cap, the hold queue or the lease pool is full. Nothing was sent.
    case overloaded
    /// The upstream is being shut down. Nothing was sent.
    case shuttingDown
    /// The upstream refuses us (wrong password, no permission for the handshake, database out of range). Nothing was sent.
    case refused(reason: String)
    /// The reply broke the protocol or a limit; the connection is closed and the command may have run.
    case badReply
}
