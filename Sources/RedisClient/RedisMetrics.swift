// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import Telemetry

/// The client's metrics, declared once per process before any shard exists.
package struct RedisMetrics: Sendable {
    package init(catalog: inout MetricCatalog) {}
}
