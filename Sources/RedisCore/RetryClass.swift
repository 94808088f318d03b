// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What may be done with a command that was written and whose reply is lost.
public enum RetryClass: UInt8, Sendable, Comparable {
    /// It changes nothing: it is sent again within the deadline.
    case readOnly
    /// A second run leaves the same data and gives the same reply (a plain `SET`): it is sent again.
    case idempotent
    /// A second run could do harm: never sent again once written, the outcome is `unknown`.
    case unsafe
    /// It relies on what its leased connection watches: never sent on another, not even if it has not been written.
    case bound

    /// By how much harm a second run could do.
    public static func < (left: RetryClass, right: RetryClass) -> Bool {
        left.rawValue < right.rawValue
    }
}
