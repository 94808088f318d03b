// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// A request without a connection: it waits for one, for the end of a pause, or for a lease.
package struct PendingRequest: Sendable {
    package var request: CommandRequest
    /// Since when it waits.
    package var since: NIODeadline
    /// How often a connection was lost under it.
    package var losses: UInt8 = 0
    /// How often it was answered with a transient error.
    package var attempts: UInt8 = 0
    /// Whether it has been handed to a socket whose reply was lost, so that it may have run.
    package var mayHaveRun: Bool = false

    package init(_ request: CommandRequest, since: NIODeadline) {
        self.request = request
        self.since = since
    }

    /// Gives the request until `timeout` after it began to wait, if that is later and its deadline is a soft one (W1, W2).
    /// Once: a second window gives nothing more.
    package mutating func relax(timeout: TimeAmount) {
        guard self.request.hasSoftDeadline else { return }
        self.request.hasSoftDeadline = false
        self.request.deadline = max(self.request.deadline, self.since + timeout)
    }
}
