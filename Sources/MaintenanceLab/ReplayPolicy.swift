// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What a connection is told that opts in while an operation is under way or just over. Servers differ, so that a client
/// must bear all of it.
package struct ReplayPolicy: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// MIGRATING, FAILING_OVER and SMIGRATING whose end was not sent yet.
    package static let openers = ReplayPolicy(rawValue: 1)
    /// MOVING, with the seconds that are left, until its time is over.
    package static let moving = ReplayPolicy(rawValue: 2)
    /// The newest MIGRATED or FAILED_OVER, however old it is.
    package static let completion = ReplayPolicy(rawValue: 4)
    /// The replay goes out in front of the opt-in's own reply, not behind it.
    package static let beforeAnswer = ReplayPolicy(rawValue: 8)
}
