// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// When the lab closes a connection.
package enum CloseMoment: Sendable, Equatable {
    case now
    /// When the next reply has come from the backend, which is not passed on: the command ran, and its caller does not
    /// know.
    case beforeNextReply
    /// When the next reply was sent.
    case afterNextReply
    /// When everything in flight was answered; later commands are not passed on.
    case whenIdle
}
