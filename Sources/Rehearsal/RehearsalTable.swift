// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation

/// A rehearsal as text for people, and as JSON for machines.
package enum RehearsalTable {
    private static let widths = [12, 10, 10, 10, 10, 8, 8]

    private static func row(_ cells: [String]) -> String {
        zip(cells, self.widths).enumerated().map { index, pair in
            let padding = String(repeating: " ", count: max(0, pair.1 - pair.0.count))
            return index == 0 ? pair.0 + padding : padding + pair.0
        }.joined()
    }

    private static func number(_ value: Double) -> String { String(format: "%.1f", value) }

    /// A line for each phase that had requests.
    package static func phases(of report: LoadReport) -> [String] {
        [self.row(["  phase", "requests", "p50 ms", "p99 ms", "max ms", "failed", "unknown"])]
            + LoadPhase.allCases.filter { report[$0].requests > 0 }.map { phase in
                let part = report[phase]
                return self.row([
                    "  \(phase.label)", "\(part.requests)", self.number(part.latencies.milliseconds(at: 0.5)),
                    self.number(part.latencies.milliseconds(at: 0.99)), self.number(part.latencies.milliseconds(at: 1)),
                    "\(part.failed)", "\(part.unknown)",
                ])
            }
    }

    /// One drill.
    package static func text(_ result: DrillResult) -> String {
        let times = result.repetitions == 1 ? "once" : "\(result.repetitions) times"
        return
            (["\(result.drill.rawValue): \(result.drill.summary), \(times)"] + self.phases(of: result.report)
            + ["  \(result.verdict)"] + result.report.failures.prefix(5).map { "  - \($0)" }).joined(separator: "\n")
    }

    /// How far a drill is: its first line is a bar of words, the others are its phases so far.
    package static func lines(_ progress: RehearsalProgress) -> [String] {
        let total = progress.report.total
        let rate = Int((Double(total.requests) / max(0.001, progress.seconds)).rounded())
        let name = progress.drill.map { "\($0.rawValue), \(progress.repetition) of \(progress.repetitions)" } ?? "load"
        let time = self.number(progress.seconds)
        let head =
            "\(name), \(progress.phase.label), \(time) s: \(total.requests) requests, \(rate)/s, \(total.failed) failed, "
            + "\(progress.report.unknown) unknown"
        return [head] + self.phases(of: progress.report)
    }

    // MARK: - JSON

    private struct Document: Encodable {
        var noticed: Bool
        var drills: [Entry]
    }

    private struct Entry: Encodable {
        var drill: String
        var repetitions: Int
        var noticed: Bool
        var verdict: String
        var requests: Int
        var failed: Int
        var unknown: Int
        var acknowledged: Int
        var counted: Int?
        var lost: Int
        var doubled: Int
        var phases: [Phase]
        var failures: [String]
    }

    private struct Phase: Encodable {
        var phase: String
        var requests: Int
        var failed: Int
        var unknown: Int
        var p50Ms: Double
        var p99Ms: Double
        var maxMs: Double
    }

    /// One JSON document.
    /// - Throws: Never in practice: every member can be encoded.
    package static func json(_ results: [DrillResult]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let document = Document(noticed: results.contains(where: \.wasNoticed), drills: results.map(self.entry))
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }

    private static func entry(_ result: DrillResult) -> Entry {
        let report = result.report
        return Entry(
            drill: result.drill.rawValue, repetitions: result.repetitions, noticed: result.wasNoticed,
            verdict: result.verdict, requests: report.total.requests, failed: report.total.failed,
            unknown: report.unknown, acknowledged: report.acknowledged, counted: report.counted, lost: report.lost,
            doubled: report.doubled,
            phases: LoadPhase.allCases.map { phase in
                let part = report[phase]
                return Phase(
                    phase: phase.label, requests: part.requests, failed: part.failed, unknown: part.unknown,
                    p50Ms: part.latencies.milliseconds(at: 0.5), p99Ms: part.latencies.milliseconds(at: 0.99),
                    maxMs: part.latencies.milliseconds(at: 1))
            }, failures: report.failures)
    }
}
