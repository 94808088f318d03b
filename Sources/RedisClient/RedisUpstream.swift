// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import Logging
package import NIOCore
package import RedisCore
package import Telemetry

/// One upstream as one event loop sees it: its multiplexed and leased connections, its hold queue, its timers.
///
/// Every call is made on the event loop, and every call-back comes on it.
package final class RedisUpstream {
    package init(
        configuration: RedisConfiguration, eventLoop: any EventLoop, source: any RequestSource,
        metrics: RedisMetrics, shard: MetricShard, logger: Logger
    ) {}

    /// Starts dialling. Returns at once.
    package func start() {}

    /// Takes a request. Its commands are written at once when a connection is ready, and leave at the end of the tick;
    /// otherwise it is held. The outcome comes by ``RequestSource``, possibly (a failure only) after this call returns,
    /// never from inside it.
    package func submit(_ request: CommandRequest) {}

    /// The caller has gone. A held request is dropped, a written one's replies are thrown away, a leased connection
    /// that still waits is closed. Nothing more is delivered for the ticket.
    package func cancel(_ ticket: RequestTicket) {}

    /// What health checks say of the upstream; answered from memory.
    package var status: UpstreamStatus { UpstreamStatus() }

    /// Fails what is held, lets what is in flight finish until `deadline`, closes every connection.
    package func shutdown(deadline: NIODeadline, completion: @escaping () -> Void) {
        completion()
    }
}
