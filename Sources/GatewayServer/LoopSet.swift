// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import Logging
import NIOCore
import RedisClient
import RedisCore
import Telemetry

/// The contexts of all event loops: made at the start, told of the drain at the end. Not on the request path.
final class LoopSet: Sendable {
    private let contexts: [ObjectIdentifier: NIOLoopBound<LoopContext>]

    /// Makes a context on each loop of the group, and starts its upstream.
    init(group: any EventLoopGroup, configuration: ServerConfiguration, logger: Logger) async throws {
        var catalog = MetricCatalog()
        let metrics = ServerMetrics(catalog: &catalog)
        let redisMetrics = RedisMetrics(catalog: &catalog)
        let scraper = MetricScraper(catalog: catalog)
        let scripts = ScriptStore(limit: configuration.gateway.scriptBytes)
        var contexts: [ObjectIdentifier: NIOLoopBound<LoopContext>] = [:]
        for eventLoop in group.makeIterator() {
            contexts[ObjectIdentifier(eventLoop)] = try await eventLoop.submit {
                let shard = MetricShard(catalog: scraper.catalog)
                let context = LoopContext(
                    eventLoop: eventLoop, configuration: configuration, metrics: metrics, shard: shard,
                    scraper: scraper, scripts: scripts, logger: logger)
                scraper.register(context)
                let upstream = RedisUpstream(
                    configuration: configuration.redis, eventLoop: eventLoop, source: context, metrics: redisMetrics,
                    shard: shard, logger: logger)
                context.upstream = upstream
                upstream.start()
                return NIOLoopBound(context, eventLoop: eventLoop)
            }.get()
        }
        self.contexts = contexts
        try await Self.shareMaintenance(Array(contexts.values), configuration: configuration, logger: logger)
    }

    /// Lets every loop know what the others see of the upstream's maintenance.
    private static func shareMaintenance(
        _ loops: [NIOLoopBound<LoopContext>], configuration: ServerConfiguration, logger: Logger
    ) async throws {
        var pictures: [UpstreamMaintenance] = []
        for bound in loops {
            let picture = try await bound.eventLoop.submit { bound.value.upstream?.maintenanceSnapshot }.get()
            pictures.append(
                picture
                    ?? UpstreamMaintenance(
                        mode: configuration.redis.maintenance.mode,
                        configuredTimeout: configuration.redis.commandTimeout))
        }
        guard let first = loops.first else { return }
        let now = first.eventLoop.now
        let board = MaintenanceBoard(
            loops: loops, pictures: pictures, endpoint: configuration.redis.endpoint.description, now: now,
            logger: logger)
        for (index, bound) in loops.enumerated() {
            try await bound.eventLoop.submit { bound.value.watchMaintenance(board, as: index) }.get()
        }
    }

    /// The context of the loop that the caller is on.
    func context(on eventLoop: any EventLoop) -> LoopContext? {
        self.contexts[ObjectIdentifier(eventLoop)]?.value
    }

    /// Counts a connection over the limit; the error closes it.
    func refuseConnection(on eventLoop: any EventLoop) -> any Error {
        self.context(on: eventLoop)?.count(.connections)
        return ChannelError.operationUnsupported
    }

    /// From now on these tokens are asked for.
    func use(_ tokens: TokenTable) {
        for bound in self.contexts.values {
            bound.eventLoop.execute { bound.value.authentication.newerTable = tokens }
        }
    }

    func setDraining() {
        for bound in self.contexts.values {
            bound.eventLoop.execute { bound.value.startDraining() }
        }
    }

    /// Lets every connection finish; what is left after `timeout` is cut off. Then closes the upstreams.
    /// - Returns: whether everything finished in time.
    func drain(timeout: TimeAmount) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            for bound in self.contexts.values {
                group.addTask { await Self.drain(bound, timeout: timeout) }
            }
            return await group.reduce(true) { $0 && $1 }
        }
    }

    /// Closes everything at once.
    func abort() async {
        for bound in self.contexts.values {
            bound.eventLoop.execute { bound.value.abortConnections() }
            try? await Self.closeUpstream(bound, within: .zero).get()
        }
    }

    private static func drain(_ bound: NIOLoopBound<LoopContext>, timeout: TimeAmount) async -> Bool {
        let eventLoop = bound.eventLoop
        let isComplete = NIOLoopBoundBox.makeBoxSendingValue(true, eventLoop: eventLoop)
        let cut = eventLoop.scheduleTask(in: timeout) {
            isComplete.value = false
            bound.value.abortConnections()
        }
        try? await eventLoop.flatSubmit { bound.value.drainConnections() }.get()
        cut.cancel()
        try? await Self.closeUpstream(bound, within: .seconds(1)).get()
        return (try? await eventLoop.submit { isComplete.value }.get()) ?? false
    }

    private static func closeUpstream(_ bound: NIOLoopBound<LoopContext>, within time: TimeAmount) -> EventLoopFuture<
        Void
    > {
        bound.eventLoop.flatSubmit {
            let promise = bound.eventLoop.makePromise(of: Void.self)
            guard let upstream = bound.value.upstream else {
                promise.succeed()
                return promise.futureResult
            }
            upstream.shutdown(deadline: bound.eventLoop.now + time) { promise.succeed() }
            bound.value.upstream = nil
            return promise.futureResult
        }
    }
}
