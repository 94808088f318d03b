// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// The values of one shard, or of several added up.
package struct MetricSnapshot: Sendable {
    package init() {}
    package mutating func merge(_ other: MetricSnapshot) {}
    /// Prometheus text format 0.0.4. Counters and histograms without a single event are left out, but for families
    /// without labels.
    package func prometheusText(catalog: MetricCatalog) -> ByteBuffer { ByteBuffer() }
}
