// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOConcurrencyHelpers
import NIOCore

/// Tells of a load's progress while something else goes on.
final class Watch: Sendable {
    private let drill: Drill?
    private let repetitions: Int
    private let load: Load
    private let report: @Sendable (RehearsalProgress) -> Void
    private let state = NIOLockedValueBox((phase: LoadPhase.steady, repetition: 1))
    private let start: NIODeadline

    init(drill: Drill?, repetitions: Int, load: Load, report: @escaping @Sendable (RehearsalProgress) -> Void) {
        self.drill = drill
        self.repetitions = repetitions
        self.load = load
        self.start = load.now
        self.report = report
    }

    func enter(_ phase: LoadPhase, repetition: Int) {
        self.state.withLockedValue { $0 = (phase, repetition) }
    }

    /// Tells of the progress until `body` returns.
    func `while`(_ body: () async throws -> Void) async throws {
        let teller = Task {
            while !Task.isCancelled {
                try await self.load.pause(.milliseconds(250))
                try await self.tell()
            }
        }
        defer { teller.cancel() }
        try await body()
    }

    private func tell() async throws {
        let (phase, repetition) = self.state.withLockedValue { $0 }
        let report = try await self.load.report()
        let seconds = Double((self.load.now - self.start).nanoseconds) / 1e9
        self.report(
            RehearsalProgress(
                drill: self.drill, phase: phase, repetition: repetition, repetitions: self.repetitions,
                seconds: seconds,
                report: report))
    }
}
