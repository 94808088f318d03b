// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTP2Engine
import HTTPCore
import Logging
import NIOCore
import RESP
import RedisClient
import RedisCore
import Telemetry

/// Everything that one event loop owns: its requests, its upstream, its connections, its share of the metrics.
/// Nothing here is shared with another loop.
@safe final class LoopContext {
    let eventLoop: any EventLoop
    let configuration: ServerConfiguration
    let gateway: Gateway
    /// Whether pages of other origins may use the gateway.
    let hasOrigins: Bool
    /// Whether a read may be answered by the replies to another one.
    let sharesReads: Bool
    let metrics: ServerMetrics
    let shard: MetricShard
    let logger: Logger
    /// Collects the metrics of all loops; used by `/metrics` only.
    let scraper: MetricScraper
    var upstream: RedisUpstream? {
        didSet { unsafe self.borrowedUpstream = self.upstream.map { unsafe Unmanaged.passUnretained($0) } }
    }
    /// The same, for what is done with it for each request.
    ///
    /// Safety: ``upstream`` holds it.
    private(set) var borrowedUpstream: Unmanaged<RedisUpstream>?
    /// Streams of all HTTP/2 connections of this loop come from here.
    let streams = HTTP2StreamPool()
    /// When the loop was started.
    let started: NIODeadline
    /// Whether the upstream has ever been usable: before that nothing is ready.
    var wasUpstreamReady = false

    /// What this loop knows of the upstream's maintenance.
    var maintenance = MaintenanceWatch()

    /// Who listens to what is published.
    var channels = ChannelHub()

    /// Answers that go on.
    var feeds = FeedHub()

    var table = RequestTable()
    var authentication = AuthenticationCache()
    /// The time of the current batch of events; read once per batch.
    var now: NIODeadline
    /// The body of a request without one: a new empty buffer would be counted.
    let noBody = ByteBuffer()
    /// Output is composed here and handed to the channel, whichever connection it is for.
    var output = ByteBuffer()
    /// What belongs between its bytes; empty outside of a write.
    var bodyParts: ContiguousArray<BodyPart> = []
    /// Request-body bytes held by this loop's requests.
    var bufferedBodyBytes = 0
    /// Response-body bytes held by this loop's connections.
    var queuedResponseBytes = 0
    /// HTTP/2 streams since the last scrape.
    var streamsBegun = 0
    /// SIGTERM was received: `/readyz` says so.
    var isDraining = false
    /// Connections are being told to go.
    var isClosing = false

    private var connections: [ObjectIdentifier: any HTTPConnection] = [:]
    private var dirty: ContiguousArray<any HTTPConnection> = []
    private var isFlushScheduled = false
    private var nowIsOfThisBatch = false
    /// Requests that go on with another plan when the current batch of replies is over; without one they give back the
    /// connection that they have kept.
    var continuations: [(RequestTicket, RedisPlan?)] = []
    /// Reads that later ones may be answered with.
    var sharedReads = SharedReads()
    /// Reads that were to be answered with another one, whose replies do not fit them.
    var unanswered: [Followers] = []
    private var nextID: UInt64
    private var drained: EventLoopPromise<Void>?

    init(
        eventLoop: any EventLoop, configuration: ServerConfiguration, metrics: ServerMetrics, shard: MetricShard,
        scraper: MetricScraper, scripts: ScriptStore, logger: Logger
    ) {
        self.eventLoop = eventLoop
        self.configuration = configuration
        self.gateway = Gateway(configuration: configuration.gateway, scripts: scripts)
        self.hasOrigins = configuration.gateway.origins != nil
        self.sharesReads = configuration.sharesReads
        self.metrics = metrics
        self.shard = shard
        self.scraper = scraper
        self.logger = logger
        self.now = eventLoop.now
        self.started = self.now
        self.nextID = UInt64.random(in: .min ... .max)
    }

    /// Reads the clock. Called once at the start of each batch of events.
    func refreshNow() {
        self.now = self.eventLoop.now
    }

    /// A request identity: not secret, unlikely to come twice. A Weyl sequence through a mixer (splitmix64).
    func makeID() -> UInt64 {
        self.nextID &+= 0x9E37_79B9_7F4A_7C15
        var mixed = self.nextID
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The shard's values, with those that are cheaper kept elsewhere.
    func metricSnapshot() -> MetricSnapshot {
        self.shard.set(self.metrics.inFlight, to: self.table.count)
        self.shard.set(self.metrics.subscribers, to: self.channels.count)
        self.shard.add(self.metrics.streams, by: self.streamsBegun)
        self.streamsBegun = 0
        return self.shard.snapshot()
    }

    // MARK: Connections

    func opened(_ connection: any HTTPConnection, version: HTTPVersion) {
        self.connections[ObjectIdentifier(connection)] = connection
        self.shard.adjust(self.metrics.connections, version.rawValue, by: 1)
        self.shard.add(self.metrics.connectionsAccepted, version.rawValue)
    }

    func closed(_ connection: any HTTPConnection, version: HTTPVersion) {
        guard self.connections.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
        self.shard.adjust(self.metrics.connections, version.rawValue, by: -1)
        if self.connections.isEmpty { self.drained?.succeed() }
    }

    /// Tells every connection to finish. The future succeeds when the last one has closed.
    func drainConnections() -> EventLoopFuture<Void> {
        let promise = self.eventLoop.makePromise(of: Void.self)
        self.isClosing = true
        self.drained = promise
        for connection in Array(self.connections.values) {
            connection.drain()
        }
        if self.connections.isEmpty { promise.succeed() }
        return promise.futureResult
    }

    /// Closes what is left.
    func abortConnections() {
        for connection in Array(self.connections.values) {
            connection.abort()
        }
    }

    // MARK: Flushing

    /// Notes that the connection has something to write; it will be flushed when the current batch is over.
    func markDirty(_ connection: any HTTPConnection) {
        guard !connection.isDirty else { return }
        connection.isDirty = true
        self.dirty.append(connection)
    }

    func flushDirty() {
        // A flush may finish further requests and so make others dirty: go on until none is left.
        while let connection = self.dirty.popLast() {
            if connection.isDirty { connection.flush() }
        }
    }

    /// For responses that come outside any batch of reads (timers).
    func scheduleFlush() {
        guard !self.isFlushScheduled else { return }
        self.isFlushScheduled = true
        self.eventLoop.assumeIsolated().execute {
            self.isFlushScheduled = false
            self.flushDirty()
        }
    }
}

extension LoopContext: RequestSource {
    func encode(_ ticket: RequestTicket, into encoder: inout RESPEncoder) -> Bool {
        guard let record = self.table.record(for: ticket) else { return false }
        if let window = record.abandoned {
            // Nobody waits for it, and it has not been sent, or may be sent again: it is not.
            self.settle(record, window, bytes: 0)
            return false
        }
        return record.work.encode(record.fields, into: &encoder)
    }

    func expect(near: RequestTicket, far: RequestTicket) {
        self.table.prefetch(near: near, far: far)
    }

    func received(_ reply: RESPValue, ordinal: Int, for ticket: RequestTicket) {
        guard let record = self.table.record(for: ticket) else { return }
        if !self.nowIsOfThisBatch {
            self.nowIsOfThisBatch = true
            self.wasUpstreamReady = true
            self.refreshNow()
        }
        // The fields of a request without a caller may be another's by now.
        let fields = record.abandoned == nil ? record.fields : nil
        guard record.work.received(reply, ordinal: ordinal, fields: fields) else { return }
        record.isSubmitted = false
        if let window = record.abandoned {
            return self.settle(record, window, bytes: record.work.responseBytes)
        }
        if record.work.mayContinue {
            if record.work.isFeed { return self.feedAdvanced(record) }
            let plan = record.work.continuation(fields: record.fields, scripts: self.gateway.scripts)
            if plan != nil || record.work.keepsLease { self.continuations.append((ticket, plan)) }
            if plan != nil { return }
        }
        guard record.followers.isEmpty else { return self.respondToAll(record) }
        self.respond(
            to: record, with: record.work.finish(requestID: record.requestID, fields: record.fields))
    }

    func failed(_ failure: RedisFailure, for ticket: RequestTicket) {
        guard let record = self.table.record(for: ticket) else { return }
        self.refreshNow()
        var followers = record.followers.takeAll()
        self.fail(record, failure)
        while let follower = followers.popFirst() { self.fail(follower, failure) }
        self.scheduleFlush()
    }

    private func fail(_ record: RequestRecord, _ failure: RedisFailure) {
        guard self.isAlive(record) else { return }
        if record.work.isFeed { return self.feedFailed(record, failure) }
        self.respond(to: record, with: Problem(failure, retryClass: record.retryClass))
    }

    func repliesDelivered() {
        self.nowIsOfThisBatch = false
        if !self.continuations.isEmpty { self.submitContinuations() }
        if !self.unanswered.isEmpty { self.submitUnanswered() }
        if !self.feeds.ready.isEmpty { self.askFeeds() }
        self.flushDirty()
    }
}
