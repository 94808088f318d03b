// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// The values of one shard, or of several added up.
package struct MetricSnapshot: Sendable {
    private var values: ContiguousArray<Int64>

    init(values: ContiguousArray<Int64>) {
        self.values = values
    }

    /// All zeros.
    package init(catalog: MetricCatalog) {
        self.values = ContiguousArray(repeating: 0, count: catalog.size)
    }

    /// Adds the values of another shard of the same catalog.
    package mutating func merge(_ other: MetricSnapshot) {
        for place in 0..<min(self.values.count, other.values.count) {
            self.values[place] &+= other.values[place]
        }
    }

    /// Prometheus text format 0.0.4. A labelled series without a single event is left out.
    package func prometheusText(catalog: MetricCatalog) -> ByteBuffer {
        var text = ByteBuffer()
        for family in catalog.families {
            var writer = FamilyWriter(family: family)
            for series in 0..<family.seriesCount {
                let place = family.base + series * family.width
                writer.write(self.values[place..<place + family.width], series: series, to: &text)
            }
        }
        return text
    }
}
