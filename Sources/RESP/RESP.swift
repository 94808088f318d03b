// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Limits for what a Redis server may send.
package struct RESPLimits: Sendable, Equatable {
    package init() {}
}
/// One reply.
package struct RESPValue: Sendable {}
/// Writes commands.
package struct RESPEncoder: Sendable {}
