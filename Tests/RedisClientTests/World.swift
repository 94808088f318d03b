// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Logging
import NIOCore
import NIOEmbedded
import RESP
import RedisCore
import Telemetry

@testable import RedisClient

/// An upstream with virtual time and connections in memory.
final class World {
    /// What happens to a dial.
    enum Dial {
        case accept
        case refuse
        /// Neither connects nor fails.
        case hang
    }

    private final class Network {
        let loop: EmbeddedEventLoop
        var mode: Dial = .accept
        var peers: [FakePeer] = []
        var dials = 0
        var hanging: [EventLoopPromise<any Channel>] = []
        var prepare: ((FakePeer) -> Void)?

        init(loop: EmbeddedEventLoop) { self.loop = loop }

        /// Where a dial leads, with a text for each address of the configured endpoint.
        var address: (DialTarget) -> String? = { _ in nil }
        var names: [IPAddress] = []
        var lookups = 0

        func connect(_ handler: RedisConnectionHandler) -> EventLoopFuture<any Channel> {
            self.dials += 1
            switch self.mode {
            case .refuse:
                return self.loop.makeFailedFuture(IOError(errnoCode: 111, reason: "connect"))
            case .hang:
                let promise = self.loop.makePromise(of: (any Channel).self)
                self.hanging.append(promise)
                return promise.futureResult
            case .accept:
                break
            }
            do {
                let channel = EmbeddedChannel(loop: self.loop)
                try channel.pipeline.syncOperations.addHandler(handler)
                let peer = FakePeer(channel: channel, plan: handler.plan)
                self.prepare?(peer)
                self.peers.append(peer)
                if let address = self.address(handler.plan.target) {
                    channel.remoteAddress = try SocketAddress(ipAddress: address, port: 6379)
                    channel.connect(to: try SocketAddress(ipAddress: address, port: 6379), promise: nil)
                } else {
                    channel.connect(to: try SocketAddress(unixDomainSocketPath: "/fake"), promise: nil)
                }
                return self.loop.makeSucceededFuture(channel)
            } catch {
                return self.loop.makeFailedFuture(error)
            }
        }
    }

    let loop = EmbeddedEventLoop()
    let source = TestSource()
    let upstream: RedisUpstream
    private let network: Network
    private let catalog: MetricCatalog
    private let shard: MetricShard

    init(seed: UInt64 = 1, start: Bool = true, _ configure: (inout RedisConfiguration) -> Void = { _ in }) {
        var configuration = RedisConfiguration(endpoint: RedisEndpoint(address: .unix(path: "/fake")))
        configure(&configuration)
        let network = Network(loop: self.loop)
        self.network = network
        var catalog = MetricCatalog()
        let metrics = RedisMetrics(catalog: &catalog)
        self.catalog = catalog
        let shard = MetricShard(catalog: catalog)
        self.shard = shard
        self.upstream = RedisUpstream(
            configuration: configuration, eventLoop: self.loop, source: self.source, metrics: metrics,
            shard: shard,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            connector: RedisConnector(
                connect: { network.connect($0) },
                resolve: { _ in
                    network.lookups += 1
                    return network.loop.makeSucceededFuture(network.names)
                }), seed: seed)
        if start { self.upstream.start() }
    }

    var dial: Dial {
        get { self.network.mode }
        set { self.network.mode = newValue }
    }

    /// Where dials lead; nil: no address.
    func onAddress(_ address: @escaping (DialTarget) -> String?) { self.network.address = address }
    /// What the configured name leads to.
    var names: [IPAddress] {
        get { self.network.names }
        set { self.network.names = newValue }
    }
    var lookups: Int { self.network.lookups }

    /// The virtual time.
    var now: NIODeadline { self.loop.now }
    var dials: Int { self.network.dials }
    /// Every connection so far, the oldest first.
    var peers: [FakePeer] { self.network.peers }
    var hanging: [EventLoopPromise<any Channel>] { self.network.hanging }

    /// Called for each connection before the client sees it.
    func onDial(_ prepare: @escaping (FakePeer) -> Void) { self.network.prepare = prepare }

    /// Lets everything happen that needs no time.
    func settle() throws {
        var progress = true
        while progress {
            self.loop.run()
            progress = false
            for peer in self.peers where try peer.pump() { progress = true }
        }
        self.loop.run()
    }

    /// Lets time pass, in steps, with everything settled after each.
    func advance(_ amount: TimeAmount, step: TimeAmount = .milliseconds(5)) throws {
        let end = self.loop.now + amount
        while self.loop.now < end {
            self.loop.advanceTime(by: min(step, end - self.loop.now))
            try self.settle()
        }
    }

    @discardableResult
    func submit(
        _ commands: [[String]], class retryClass: RetryClass = .unsafe, timeout: TimeAmount = .seconds(1),
        lease: Bool = false, keepsLease: Bool = false, transaction: Bool = false, mayRunPartly: Bool = false,
        soft: Bool = false, after earlier: RequestTicket? = nil
    ) -> RequestTicket {
        let ticket = earlier ?? self.source.add(commands)
        if let earlier { self.source.goOn(earlier, commands) }
        self.source.isInsideSubmit = true
        self.upstream.submit(
            CommandRequest(
                ticket: ticket, deadline: self.loop.now + timeout, replyCount: commands.count, retryClass: retryClass,
                needsLease: lease, keepsLease: keepsLease, isTransaction: transaction, mayRunPartly: mayRunPartly,
                hasSoftDeadline: soft))
        self.source.isInsideSubmit = false
        return ticket
    }

    @discardableResult
    func submit(
        _ words: String..., class retryClass: RetryClass = .unsafe, timeout: TimeAmount = .seconds(1),
        lease: Bool = false, soft: Bool = false
    ) -> RequestTicket {
        self.submit([words], class: retryClass, timeout: timeout, lease: lease, soft: soft)
    }

    func outcome(_ ticket: RequestTicket) -> Outcome? { self.source.outcomes[ticket] }

    /// The samples of the client's metrics, by name with labels.
    var metrics: [String: Double] {
        let text = String(buffer: self.shard.snapshot().prometheusText(catalog: self.catalog))
        var samples: [String: Double] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: " ")
            samples[String(parts[0])] = Double(parts[1])
        }
        return samples
    }

    /// Closes everything, so that no test leaves a timer behind.
    func finish() throws {
        self.upstream.shutdown(deadline: self.loop.now) {}
        self.loop.advanceTime(by: .seconds(60))
        try self.settle()
        for promise in self.hanging { promise.fail(ChannelError.connectTimeout(.seconds(1))) }
        self.loop.run()
    }
}
