// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// Writes one family in Prometheus text format 0.0.4 ("Exposition formats" of its documentation).
struct FamilyWriter {
    let family: MetricFamily
    private var isHeadWritten = false

    init(family: MetricFamily) {
        self.family = family
    }

    /// Writes one series; nothing if it has labels and has seen nothing.
    mutating func write(_ values: ContiguousArray<Int64>.SubSequence, series: Int, to text: inout ByteBuffer) {
        let values = Array(values)
        guard self.family.labels.isEmpty || values.contains(where: { $0 != 0 }) else { return }
        self.writeHead(to: &text)
        let labels = self.labels(of: series)
        guard case .histogram(let bounds) = self.family.kind else {
            return self.line(self.family.name, labels, "\(values[0])", to: &text)
        }
        var count: Int64 = 0
        for (bucket, bound) in (bounds.map { "\($0)" } + ["+Inf"]).enumerated() {
            count &+= values[bucket]
            self.line("\(self.family.name)_bucket", labels + ["le=\"\(bound)\""], "\(count)", to: &text)
        }
        let seconds = Double(values[bounds.count + 1]) / 1_000_000_000
        self.line("\(self.family.name)_sum", labels, "\(seconds)", to: &text)
        self.line("\(self.family.name)_count", labels, "\(count)", to: &text)
    }

    private mutating func writeHead(to text: inout ByteBuffer) {
        guard !self.isHeadWritten else { return }
        self.isHeadWritten = true
        let type =
            switch self.family.kind {
            case .counter: "counter"
            case .gauge: "gauge"
            case .histogram: "histogram"
            }
        let help = Self.escape(self.family.help, quotes: false)
        text.writeString("# HELP \(self.family.name) \(help)\n# TYPE \(self.family.name) \(type)\n")
    }

    private func line(_ name: String, _ labels: [String], _ value: String, to text: inout ByteBuffer) {
        text.writeString(labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels.joined(separator: ","))} \(value)\n")
    }

    /// `name="value"` for each label of the series.
    private func labels(of series: Int) -> [String] {
        var rest = series
        var labels: [String] = []
        for label in self.family.labels.reversed() {
            let value = label.values[rest % label.values.count]
            rest /= label.values.count
            labels.append("\(label.name)=\"\(Self.escape(value, quotes: true))\"")
        }
        return labels.reversed()
    }

    private static func escape(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
