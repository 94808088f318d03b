// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// What the driver of a ``SubscriptionMachine`` is to do.
package enum SubscriptionOrder: Sendable, Equatable {
    /// Send SUBSCRIBE, or UNSUBSCRIBE, and their kin.
    case send(ConnectionID, isSubscribe: Bool, SubscriptionKey)
    /// Send PING, and tell the machine of the reply: everything that was published before has come by then.
    case fence(ConnectionID)
    /// The connection is not needed any more.
    case retire(ConnectionID)
    /// The key is subscribed to.
    case confirmed(SubscriptionKey)
    case deliver(SubscriptionKey, channel: ByteBuffer, payload: ByteBuffer)
    /// Messages may have been missed between the two times, for the connection was lost.
    case gap(SubscriptionKey, from: NIODeadline, to: NIODeadline)
}
