// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// One kind of maintenance, with or without a word about it.
package enum Drill: String, Sendable, CaseIterable {
    case moving
    case movingWithoutEndpoint = "moving-without-endpoint"
    case movingToIPv6 = "moving-to-ipv6"
    case movingWithEarlyClose = "moving-with-early-close"
    case migrating
    case failingOver = "failing-over"
    case failingOverWithReset = "failing-over-with-reset"
    case unannouncedClose = "unannounced-close"
    case unannouncedStall = "unannounced-stall"

    /// Those that are run when none is named.
    package static let standard: [Drill] = [
        .moving, .movingWithoutEndpoint, .migrating, .failingOver, .unannouncedClose,
    ]

    /// One line for people.
    package var summary: String {
        switch self {
        case .moving: "MOVING to another address and port"
        case .movingWithoutEndpoint: "MOVING that names no endpoint"
        case .movingToIPv6: "MOVING to an IPv6 address"
        case .movingWithEarlyClose: "MOVING, and the server closes the old connections as soon as they are idle"
        case .migrating: "MIGRATING, replies stand still for 2.5 s, MIGRATED"
        case .failingOver: "FAILING_OVER, commands wait for 2 s, another redis-server takes over, FAILED_OVER"
        case .failingOverWithReset: "the same, and every connection is reset at the switch"
        case .unannouncedClose: "every connection is reset, without a word"
        case .unannouncedStall: "replies stand still for 2.5 s, without a word (to see that a drill can fail)"
        }
    }

    /// Whether connections break under requests, so that no gateway can know the outcome of an increment in flight.
    package var allowsUnknown: Bool {
        switch self {
        case .failingOverWithReset, .unannouncedClose: true
        case .moving, .movingWithoutEndpoint, .movingToIPv6, .movingWithEarlyClose, .migrating, .failingOver,
            .unannouncedStall:
            false
        }
    }
}
