// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore
import Testing

@Suite("Backoff")
struct BackoffTests {
    @Test("pauses double up to the maximum, each times a factor of 0.5...1")
    func pausesDouble() {
        var generator = SeededGenerator(seed: 7)
        var backoff = Backoff(minimum: .milliseconds(20), maximum: .milliseconds(500))
        for limit in [20, 40, 80, 160, 320, 500, 500, 500] as [Int64] {
            let pause = backoff.next(using: &generator)
            #expect(pause <= .milliseconds(limit))
            #expect(pause >= .microseconds(limit * 500))
        }
    }

    @Test("the random factor spreads clients")
    func spreads() {
        var pauses = Set<Int64>()
        for seed in 0..<100 {
            var generator = SeededGenerator(seed: UInt64(seed))
            var backoff = Backoff(minimum: .seconds(1), maximum: .seconds(1))
            pauses.insert(backoff.next(using: &generator).nanoseconds)
        }
        #expect(pauses.count > 90)
    }

    @Test("reset starts from the minimum again")
    func resets() {
        var generator = SeededGenerator(seed: 1)
        var backoff = Backoff(minimum: .milliseconds(10), maximum: .seconds(10))
        for _ in 0..<5 { _ = backoff.next(using: &generator) }
        #expect(backoff.attempts == 5)
        backoff.reset()
        #expect(backoff.next(using: &generator) <= .milliseconds(10))
    }

    @Test("no attempt count or bound overflows", arguments: [0, 1, 1_000_000_000, Int64.max])
    func neverOverflows(minimum: Int64) {
        var generator = SeededGenerator(seed: 3)
        var backoff = Backoff(minimum: .nanoseconds(minimum), maximum: .nanoseconds(Int64.max / 2))
        for _ in 0..<100 {
            #expect(backoff.next(using: &generator).nanoseconds >= 0)
        }
        var inverted = Backoff(minimum: .seconds(2), maximum: .seconds(1))
        #expect(inverted.next(using: &generator) >= .seconds(1))
    }
}
