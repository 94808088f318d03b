// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import GatewayCore
package import Logging
import NIOConcurrencyHelpers
package import NIOCore
import NIOPosix
import NIOSSL
import RedisClient
import ServiceLifecycle
import Telemetry

/// The gateway: listeners, event loops and everything on them, from start to the end of the drain.
package final class GatewayServer: Service {
    private let configuration: ServerConfiguration
    private let logger: Logger
    private let onListening: @Sendable ([SocketAddress]) -> Void
    /// The running loops; nil before the start.
    private let loops = NIOLockedValueBox<LoopSet?>(nil)

    /// - Parameters:
    ///   - configuration: What to listen on, which Redis to use, every limit.
    ///   - logger: Takes what happens to the process; with `accessLog`, also a line a request.
    ///   - onListening: Called once with the bound addresses, in the order of `configuration.listen`.
    package init(
        configuration: ServerConfiguration, logger: Logger,
        onListening: @escaping @Sendable ([SocketAddress]) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until a graceful shutdown is asked for, then drains.
    /// - Throws: ``ServerError``; `CancellationError` if the task is cancelled, everything is closed at once then.
    package func run() async throws {
        let tls = try self.configuration.tls?.makeContext()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: self.configuration.eventLoops)
        do {
            try await self.serve(on: group, tls: tls)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    /// From now on these tokens are asked for, on every connection. Only for a gateway that was started with tokens.
    /// - Parameter tokens: All of them.
    package func use(_ tokens: TokenTable) {
        self.loops.withLockedValue { $0 }?.use(tokens)
    }

    private func serve(on group: MultiThreadedEventLoopGroup, tls: NIOSSLContext?) async throws {
        let loops = try await LoopSet(group: group, configuration: self.configuration, logger: self.logger)
        self.loops.withLockedValue { $0 = loops }
        let listeners = try await self.listen(on: group, loops: loops, tls: tls)
        self.onListening(listeners.compactMap(\.localAddress))
        do {
            try await gracefulShutdown()
        } catch {
            self.close(listeners)
            await loops.abort()
            throw error
        }
        self.logger.notice("draining")
        loops.setDraining()
        if self.configuration.drainDelay > .zero {
            try await group.any().scheduleTask(in: self.configuration.drainDelay) {}.futureResult.get()
        }
        self.close(listeners)
        let isComplete = await loops.drain(timeout: self.configuration.drainTimeout)
        guard isComplete else { throw ServerError.drainTimedOut }
        self.logger.notice("drained")
    }

    private func listen(
        on group: MultiThreadedEventLoopGroup, loops: LoopSet, tls: NIOSSLContext?
    ) async throws -> [any Channel] {
        let counter = ConnectionCounter(maximum: self.configuration.connections)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 4)
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 64 * 1024, high: 512 * 1024))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard counter.acquire() else { throw loops.refuseConnection(on: channel.eventLoop) }
                    channel.closeFuture.whenComplete { _ in counter.release() }
                    guard let loop = loops.context(on: channel.eventLoop) else { return }
                    try ConnectionSetup.configure(channel, loop: loop, tls: tls)
                }
            }
        var listeners: [any Channel] = []
        for address in self.configuration.listen {
            do {
                listeners.append(try await bootstrap.bind(host: address.host, port: address.port).get())
            } catch {
                self.close(listeners)
                await loops.abort()
                throw ServerError.listenFailed(address: "\(address.host):\(address.port)", reason: "\(error)")
            }
        }
        return listeners
    }

    private func close(_ listeners: [any Channel]) {
        for listener in listeners {
            listener.close(promise: nil)
        }
    }
}
