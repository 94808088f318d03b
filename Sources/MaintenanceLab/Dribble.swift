// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// Output in small pieces, each in a packet of its own.
package struct Dribble: Sendable, Equatable {
    /// Of one piece; at least 1.
    package var bytes: Int
    /// Between two pieces.
    package var interval: TimeAmount

    package init(bytes: Int, interval: TimeAmount = .microseconds(200)) {
        self.bytes = max(1, bytes)
        self.interval = interval
    }
}
