// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// What is subscribed to: a channel, a pattern or a shard channel (Redis documentation, "Pub/Sub").
package struct SubscriptionKey: Sendable, Hashable {
    package enum Kind: UInt8, Sendable, CaseIterable {
        case channel
        case pattern
        case shardChannel
    }

    package var kind: Kind
    package var name: ByteBuffer

    package init(_ kind: Kind, _ name: ByteBuffer) {
        self.kind = kind
        self.name = name
    }
}
