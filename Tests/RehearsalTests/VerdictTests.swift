// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import Rehearsal
import Testing

@Suite("Rehearsal")
struct VerdictTests {
    @Test("percentiles are nearest ranks")
    func percentiles() {
        var record = LatencyRecord()
        #expect(record.milliseconds(at: 0.5) == 0)
        for number in (1...100).reversed() { record.note(.milliseconds(Int64(number))) }
        #expect(record.milliseconds(at: 0.5) == 50)
        #expect(record.milliseconds(at: 0.99) == 99)
        #expect(record.milliseconds(at: 1) == 100)
        #expect(record.milliseconds(at: 0) == 1)
    }

    private static func report(
        acknowledged: Int = 10, unknown: Int = 0, counted: Int? = 10, failed: Int = 0
    ) -> LoadReport {
        var report = LoadReport()
        report.acknowledged = acknowledged
        report.unknown = unknown
        report.counted = counted
        report[.event].failed = failed
        return report
    }

    private static func noticed(_ report: LoadReport, _ drill: Drill = .moving, trouble: String? = nil) -> Bool {
        DrillResult(drill: drill, repetitions: 1, report: report, trouble: trouble).wasNoticed
    }

    @Test("a failure, a lost or doubled increment, an unknown outcome or an unread counter are noticed")
    func verdicts() {
        #expect(!Self.noticed(Self.report()))
        #expect(Self.noticed(Self.report(failed: 1)))
        #expect(Self.noticed(Self.report(counted: 9)))
        #expect(Self.noticed(Self.report(counted: 11)))
        #expect(Self.noticed(Self.report(unknown: 1, counted: 11)))
        #expect(Self.noticed(Self.report(counted: nil)))
        #expect(Self.noticed(Self.report(), trouble: "x"))
    }

    @Test("where connections break under requests, unknown outcomes are no fault, but two runs of one increment are")
    func unknown() {
        #expect(!Self.noticed(Self.report(unknown: 2, counted: 10), .unannouncedClose))
        #expect(!Self.noticed(Self.report(unknown: 2, counted: 12), .unannouncedClose))
        #expect(Self.noticed(Self.report(unknown: 2, counted: 13), .unannouncedClose))
        #expect(Self.noticed(Self.report(unknown: 2, counted: 9), .unannouncedClose))
    }

    @Test("the document for machines holds every drill and phase")
    func json() throws {
        let text = try RehearsalTable.json([
            DrillResult(drill: .migrating, repetitions: 1, report: Self.report(failed: 1))
        ])
        for part in ["\"noticed\" : true", "\"drill\" : \"migrating\"", "\"phase\" : \"after\"", "\"p99_ms\" : 0"] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
    }
}
