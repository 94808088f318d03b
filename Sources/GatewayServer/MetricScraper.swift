// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOConcurrencyHelpers
import NIOCore
import Telemetry

/// Adds up the shards of all loops for `/metrics`. The only place where one loop asks the others, and not on the request path.
final class MetricScraper: Sendable {
    let catalog: MetricCatalog
    private let loops: NIOLockedValueBox<[NIOLoopBound<LoopContext>]>

    init(catalog: MetricCatalog) {
        self.catalog = catalog
        self.loops = NIOLockedValueBox([])
    }

    /// Called once per loop at the start.
    func register(_ loop: LoopContext) {
        let bound = NIOLoopBound(loop, eventLoop: loop.eventLoop)
        self.loops.withLockedValue { $0.append(bound) }
    }

    /// The whole process's metrics as Prometheus text, delivered on `eventLoop`.
    func scrape(on eventLoop: any EventLoop) -> EventLoopFuture<ByteBuffer> {
        let snapshots = self.loops.withLockedValue { $0 }.map { bound in
            bound.eventLoop.submit { bound.value.metricSnapshot() }
        }
        let catalog = self.catalog
        return EventLoopFuture.whenAllSucceed(snapshots, on: eventLoop).map { snapshots in
            var sum = MetricSnapshot(catalog: catalog)
            for snapshot in snapshots {
                sum.merge(snapshot)
            }
            return sum.prometheusText(catalog: catalog)
        }
    }
}
