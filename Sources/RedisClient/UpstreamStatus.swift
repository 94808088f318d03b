// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// A picture of one upstream on one event loop.
package struct UpstreamStatus: Sendable, Equatable {
    /// Multiplexed connections that can take commands.
    package var ready: Int = 0
    /// Multiplexed connections that are being opened or wait for their next attempt.
    package var connecting: Int = 0
    /// Leased connections in use.
    package var leased: Int = 0
    /// Requests without a connection yet.
    package var held: Int = 0
    /// Requests written and not answered.
    package var inFlight: Int = 0
    /// Since when no connection has been usable; nil while one is.
    package var unusableSince: NIODeadline?
    /// Why the last attempt failed, without addresses or credentials; nil while usable.
    package var lastError: String?

    package init() {}
}
