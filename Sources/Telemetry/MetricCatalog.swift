// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Every metric of the process, declared at start-up, before the shards are made.
///
/// A family's labels have closed sets of values, so that a series is a place in an array: its index is computed from
/// the positions of its label values, row-major. Labels never come from input. At most three labels a family.
package struct MetricCatalog: Sendable {
    /// A label with all the values that it can have.
    package struct Label: Sendable {
        package var name: String
        package var values: [String]

        package init(_ name: String, _ values: [String]) {
            self.name = name
            self.values = values
        }
    }

    private(set) var families: [MetricFamily] = []
    /// Places that a shard needs.
    private(set) var size = 0

    package init() {}

    /// Declares a counter; its name ends in `_total`.
    package mutating func counter(_ name: String, help: String, labels: [Label] = []) -> Counter {
        Counter(index: self.declare(name, help, .counter, labels))
    }

    package mutating func gauge(_ name: String, help: String, labels: [Label] = []) -> Gauge {
        Gauge(index: self.declare(name, help, .gauge, labels))
    }

    /// Declares a histogram of durations. `bounds`: upper bounds in seconds, ascending; +Inf is added.
    package mutating func histogram(
        _ name: String, help: String, bounds: [Double], labels: [Label] = []
    ) -> Histogram {
        let index = self.declare(name, help, .histogram(bounds: bounds), labels)
        return Histogram(index: index, bounds: bounds.map { Int64($0 * 1_000_000_000) })
    }

    private mutating func declare(
        _ name: String, _ help: String, _ kind: MetricFamily.Kind, _ labels: [Label]
    ) -> SeriesIndex {
        assert(Self.isName(name) && labels.allSatisfy { Self.isName($0.name) }, "not a metric or label name")
        assert(labels.count <= 3, "at most three labels")
        assert(!self.families.contains { $0.name == name }, "a family is declared once")
        let family = MetricFamily(name: name, help: help, kind: kind, labels: labels, base: self.size)
        self.families.append(family)
        self.size += family.seriesCount * family.width
        return SeriesIndex(family)
    }

    /// `[a-zA-Z_][a-zA-Z0-9_]*` (Prometheus documentation, "Metric names and labels").
    static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, first &- UInt8(ascii: "0") >= 10 else { return false }
        return name.utf8.allSatisfy { byte in
            (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "_")
        }
    }
}
