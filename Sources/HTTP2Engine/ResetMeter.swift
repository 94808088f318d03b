// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// Counts stream resets in fixed intervals: those that the peer sends (rapid reset, CVE-2023-44487) and those that its
/// errors force us to send (CVE-2025-8671).
struct ResetMeter {
    private let limit: Int
    private let interval: TimeAmount
    private var count = 0
    private var endsAt: NIODeadline?

    init(limits: HTTP2Limits) {
        self.limit = max(0, limits.resets)
        self.interval = .seconds(Int64(limits.resetIntervalSeconds))
    }

    mutating func advance(now: NIODeadline) {
        if let endsAt = self.endsAt, now < endsAt { return }
        self.endsAt = now + self.interval
        self.count = 0
    }

    /// - Returns: false if the limit is crossed.
    mutating func add() -> Bool {
        self.count &+= 1
        return self.count <= self.limit
    }
}
