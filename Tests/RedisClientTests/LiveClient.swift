// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Logging
import NIOCore
import NIOPosix
import RESP
import RedisCore
import Telemetry

@testable import RedisClient

/// An upstream on a real event loop, for tests that await.
final class LiveClient: Sendable {
    private final class State {
        let source = TestSource()
        let upstream: RedisUpstream
        var waiting: [RequestTicket: EventLoopPromise<Outcome>] = [:]

        init(_ configuration: RedisConfiguration, eventLoop: any EventLoop) {
            var catalog = MetricCatalog()
            let metrics = RedisMetrics(catalog: &catalog)
            self.upstream = RedisUpstream(
                configuration: configuration, eventLoop: eventLoop, source: self.source, metrics: metrics,
                shard: MetricShard(catalog: catalog),
                logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
            self.source.onEnd = { [unowned self] ticket, outcome in
                self.waiting.removeValue(forKey: ticket)?.succeed(outcome)
            }
        }
    }

    let eventLoop: any EventLoop
    private let state: NIOLoopBoundBox<State?>

    init(_ configuration: RedisConfiguration) async throws {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        self.eventLoop = eventLoop
        self.state = NIOLoopBoundBox.makeEmptyBox(valueType: State.self, eventLoop: eventLoop)
        try await eventLoop.submit { [state] in
            let live = State(configuration, eventLoop: eventLoop)
            state.value = live
            live.upstream.start()
        }.get()
    }

    /// Runs commands as one request.
    func run(
        _ commands: [[String]], class retryClass: RetryClass = .unsafe, timeout: TimeAmount = .seconds(10),
        lease: Bool = false
    ) async throws -> Outcome {
        try await self.start(commands, class: retryClass, timeout: timeout, lease: lease).get()
    }

    func run(
        _ words: String..., class retryClass: RetryClass = .unsafe, timeout: TimeAmount = .seconds(10),
        lease: Bool = false
    ) async throws -> Outcome {
        try await self.run([words], class: retryClass, timeout: timeout, lease: lease)
    }

    /// Submits commands as one request; the future is its outcome.
    func start(
        _ commands: [[String]], class retryClass: RetryClass = .unsafe, timeout: TimeAmount = .seconds(10),
        lease: Bool = false
    ) -> EventLoopFuture<Outcome> {
        let promise = self.eventLoop.makePromise(of: Outcome.self)
        self.eventLoop.execute { [state, eventLoop] in
            guard let live = state.value else { return promise.fail(ChannelError.alreadyClosed) }
            let ticket = live.source.add(commands)
            live.waiting[ticket] = promise
            live.upstream.submit(
                CommandRequest(
                    ticket: ticket, deadline: eventLoop.now + timeout, replyCount: commands.count,
                    retryClass: retryClass, needsLease: lease))
        }
        return promise.futureResult
    }

    func status() async throws -> UpstreamStatus {
        try await self.eventLoop.submit { [state] in state.value?.upstream.status ?? UpstreamStatus() }.get()
    }

    /// Waits until the status is as wanted.
    func wait(until condition: @escaping @Sendable (UpstreamStatus) -> Bool) async throws {
        while !condition(try await self.status()) {
            // One turn of the loop's clock, so that the test does not spin.
            try await self.eventLoop.scheduleTask(in: .milliseconds(2)) {}.futureResult.get()
        }
    }

    func shutdown() async throws {
        let promise = self.eventLoop.makePromise(of: Void.self)
        self.eventLoop.execute { [state, eventLoop] in
            guard let live = state.value else { return promise.succeed() }
            live.upstream.shutdown(deadline: eventLoop.now + .seconds(1)) { promise.succeed() }
            state.value = nil
        }
        try await promise.futureResult.get()
    }
}
