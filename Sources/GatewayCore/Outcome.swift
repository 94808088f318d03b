// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Whether the command of a failed request has run.
package enum Outcome: UInt8, Sendable {
    case notExecuted
    case executed
    case unknown

    /// The word in a problem's `outcome` member.
    package var text: StaticString {
        switch self {
        case .notExecuted: "not-executed"
        case .executed: "executed"
        case .unknown: "unknown"
        }
    }
}
