// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Where the commands of a batch lie in their wire form; it only moves forward, so that finding the commands of all errors
/// of a batch reads it once.
struct BatchCursor: Sendable {
    /// The number of the command at ``offset``.
    var index = 0
    var offset = 0
}
