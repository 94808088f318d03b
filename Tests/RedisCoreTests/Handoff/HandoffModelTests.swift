// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import Testing

/// Thousands of random histories, in virtual time, each with a seed by which it can be repeated.
///
/// TEST_HISTORIES says how many; TEST_SEED runs one alone and shows its course.
@Suite("Moves: random histories")
struct HandoffModelTests {
    private static func number(_ name: String) -> UInt64? {
        ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
    }

    static let histories = number("TEST_HISTORIES") ?? 10_000
    static let chunks: UInt64 = 8

    @Test("every rule holds in every history", arguments: 0..<chunks)
    func histories(chunk: UInt64) {
        var failures = 0
        for seed in 0..<Self.histories where seed % Self.chunks == chunk && failures < 3 {
            let history = HandoffHistory(seed: seed)
            history.run()
            guard !history.violations.isEmpty else { continue }
            failures += 1
            Issue.record("seed \(seed): \(history.violations[0])\n\(Self.course(seed))")
        }
    }

    /// The end of a history's course, which is the same each time.
    static func course(_ seed: UInt64) -> String {
        let history = HandoffHistory(seed: seed, traces: true)
        history.run()
        return history.trace.suffix(60).joined(separator: "\n")
    }

    @Test("the course of one history", .enabled(if: number("TEST_SEED") != nil, "TEST_SEED is not set"))
    func one() {
        let history = HandoffHistory(seed: Self.number("TEST_SEED") ?? 0, traces: true)
        history.run()
        print(history.trace.joined(separator: "\n"))
        #expect(history.violations.isEmpty)
    }
}
