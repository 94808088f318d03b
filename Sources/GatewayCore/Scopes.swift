// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What a token allows.
package struct Scopes: OptionSet, Sendable, Hashable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Commands and routes that change nothing.
    package static let read = Scopes(rawValue: 1)
    /// Commands and routes that change data, run scripts or publish: ``publish`` is a part of it.
    package static let write = Scopes(rawValue: 2 | 8)
    /// The gateway's own operation: moves of the upstream's connections, and what it and Redis say of themselves.
    package static let admin = Scopes(rawValue: 4)
    /// Messages to channels and shard channels.
    package static let publish = Scopes(rawValue: 8)
    /// What everybody may do when no token is asked for.
    package static let all: Scopes = [.read, .write, .publish, .admin]
}
