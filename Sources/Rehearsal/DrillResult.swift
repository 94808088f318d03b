// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What a drill came to.
package struct DrillResult: Sendable {
    package var drill: Drill
    /// How often the event happened.
    package var repetitions: Int
    package var report: LoadReport
    /// Why the drill could not be finished; nil if it was.
    package var trouble: String?

    package init(drill: Drill, repetitions: Int, report: LoadReport, trouble: String? = nil) {
        self.drill = drill
        self.repetitions = repetitions
        self.report = report
        self.trouble = trouble
    }

    /// Whether a caller noticed something that could have been kept from it.
    package var wasNoticed: Bool {
        let total = self.report.total
        if self.trouble != nil || self.report.counted == nil { return true }
        if total.failed > 0 || self.report.lost > 0 || self.report.doubled > 0 { return true }
        return self.report.unknown > 0 && !self.drill.allowsUnknown
    }

    /// One line for people.
    package var verdict: String {
        if let trouble = self.trouble { return "not finished: \(trouble)" }
        guard let counted = self.report.counted else { return "the counter could not be read" }
        let failed = self.report.total.failed
        let account =
            "\(failed) failed, \(self.report.lost) lost, \(self.report.doubled) doubled; "
            + "\(self.report.acknowledged) increments acknowledged, \(counted) counted"
        guard self.wasNoticed else {
            if self.report.unknown == 0 { return "nobody noticed: \(account)" }
            return
                "nobody noticed more than must be: \(account), \(self.report.unknown) of unknown outcome, as was said"
        }
        return "NOTICED: \(account), \(self.report.unknown) of unknown outcome"
    }
}
