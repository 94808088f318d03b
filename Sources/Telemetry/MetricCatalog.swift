// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Every metric of the process, declared at start-up, before the shards are made.
///
/// A family's labels have closed sets of values, so that a series is a place in an array: its index is computed from
/// the positions of its label values, row-major. Labels never come from input.
package struct MetricCatalog: Sendable {
    package struct Label: Sendable {
        package var name: String
        package var values: [String]
        package init(_ name: String, _ values: [String]) {
            self.name = name
            self.values = values
        }
    }

    package init() {}

    package mutating func counter(_ name: String, help: String, labels: [Label] = []) -> Counter { Counter() }
    package mutating func gauge(_ name: String, help: String, labels: [Label] = []) -> Gauge { Gauge() }
    /// `bounds`: upper bounds in seconds, ascending; +Inf is added.
    package mutating func histogram(_ name: String, help: String, bounds: [Double], labels: [Label] = []) -> Histogram {
        Histogram()
    }
}

/// A handle of a counter family.
package struct Counter: Sendable {}
/// A handle of a gauge family.
package struct Gauge: Sendable {}
/// A handle of a histogram family.
package struct Histogram: Sendable {}
