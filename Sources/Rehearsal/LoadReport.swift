// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What all callers of a load saw.
package struct LoadReport: Sendable {
    /// By ``LoadPhase``'s raw value.
    package var phases: [PhaseReport] = LoadPhase.allCases.map { _ in PhaseReport() }
    /// Increments that were acknowledged.
    package var acknowledged = 0
    /// Increments that may or may not have run.
    package var unknown = 0
    /// What the counter grew by; nil if it could not be read.
    package var counted: Int?
    /// The first failures, as text.
    package var failures: [String] = []

    static let failuresMaximum = 20

    package init() {}

    package subscript(phase: LoadPhase) -> PhaseReport {
        get { self.phases[phase.rawValue] }
        set { self.phases[phase.rawValue] = newValue }
    }

    package var total: PhaseReport {
        var total = PhaseReport()
        for phase in self.phases { total.add(phase) }
        return total
    }

    /// Acknowledged increments that the counter does not show.
    package var lost: Int { self.counted.map { max(0, self.acknowledged - $0) } ?? 0 }
    /// Increments that ran more often than they were asked for.
    package var doubled: Int { self.counted.map { max(0, $0 - self.acknowledged - self.unknown) } ?? 0 }

    package mutating func add(_ other: LoadReport) {
        for phase in LoadPhase.allCases { self[phase].add(other[phase]) }
        self.acknowledged += other.acknowledged
        self.unknown += other.unknown
        if let counted = other.counted { self.counted = (self.counted ?? 0) + counted }
        self.failures = Array((self.failures + other.failures).prefix(Self.failuresMaximum))
    }
}
