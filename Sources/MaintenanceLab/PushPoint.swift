// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Where in a connection's reply stream a push goes; always between two top-level replies.
package enum PushPoint: Sendable, Equatable {
    /// Behind what was sent so far, past replies that are stalled.
    case now
    /// Behind so many further replies; 0 is in front of the next one.
    case afterReplies(Int)
    /// Behind the next `+QUEUED`.
    case afterQueued
}
