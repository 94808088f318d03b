// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// Pauses that double from a minimum to a maximum, each multiplied by a random factor of 0.5...1, so that many clients
/// of one server do not come back in step.
package struct Backoff: Sendable {
    package let minimum: TimeAmount
    package let maximum: TimeAmount
    /// How many pauses have been given since the last reset.
    package private(set) var attempts: Int = 0

    /// - Parameters:
    ///   - minimum: the first pause, before the random factor; negative counts as 0.
    ///   - maximum: the longest; less than `minimum` counts as `minimum`.
    package init(minimum: TimeAmount, maximum: TimeAmount) {
        self.minimum = max(.zero, minimum)
        self.maximum = max(self.minimum, maximum)
    }

    /// The next pause.
    package mutating func next(using generator: inout some RandomNumberGenerator) -> TimeAmount {
        let pause = self.unjittered
        self.attempts += 1
        return .nanoseconds(Int64(Double(pause.nanoseconds) * Double.random(in: 0.5...1, using: &generator)))
    }

    /// The longest pause, as if the attempts had gone on for long: for a server that refuses us.
    package mutating func longest(using generator: inout some RandomNumberGenerator) -> TimeAmount {
        self.attempts += 1
        return .nanoseconds(Int64(Double(self.maximum.nanoseconds) * Double.random(in: 0.5...1, using: &generator)))
    }

    /// Goes on as if `count` pauses had been given.
    package mutating func skip(_ count: Int) {
        self.attempts += max(0, count)
    }

    package mutating func reset() {
        self.attempts = 0
    }

    /// The pause without its random factor.
    private var unjittered: TimeAmount {
        // 62 doublings are more than an Int64 holds; 2^30 times a nanosecond is over any maximum in use but is
        // still multiplied with overflow in view.
        let (product, overflow) = self.minimum.nanoseconds.multipliedReportingOverflow(by: 1 << min(self.attempts, 30))
        return overflow ? self.maximum : min(self.maximum, .nanoseconds(product))
    }
}
