// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// Where one reply goes.
package struct Delivery: Sendable, Equatable {
    package var ticket: RequestTicket
    package var ordinal: Int
    package var isLast: Bool
    /// Whether the request keeps its leased connection.
    package var keepsLease: Bool
    /// How often the request had been answered with a transient error before.
    package var attempts: UInt8
    package var sentAt: NIODeadline
}
