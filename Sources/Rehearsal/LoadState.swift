// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import NIOHTTP1
import NIOPosix

/// A load on its event loop.
final class LoadState {
    let eventLoop: any EventLoop
    let options: LoadOptions
    let keys: LoadKeys
    var phase: LoadPhase = .steady
    var report = LoadReport()
    /// No request is due at or after this time.
    var end: NIODeadline = .distantFuture
    private var connections: [(any LoadConnection)?] = []
    private var dialing: Set<Int> = []
    private var values: Set<Int> = []
    private var callersRunning = 0
    private var ended: EventLoopPromise<Void>?

    init(options: LoadOptions, keys: LoadKeys, eventLoop: any EventLoop) {
        self.options = options
        self.keys = keys
        self.eventLoop = eventLoop
        // A caller of HTTP/1.1 has a connection of its own; four callers of HTTP/2 share one.
        let count = options.version == .http1 ? options.callers : max(1, options.callers / 4)
        self.connections = Array(repeating: nil, count: count)
    }

    // MARK: - Callers

    /// Opens the connections.
    func open() -> EventLoopFuture<Void> {
        EventLoopFuture.andAllSucceed(self.connections.indices.map { self.dial($0) }, on: self.eventLoop)
    }

    /// Starts the callers, their first requests spread over one interval.
    func start() {
        let interval = TimeAmount.nanoseconds(
            1_000_000_000 * Int64(self.options.callers) / Int64(max(1, self.options.rate)))
        let now = self.eventLoop.now
        self.callersRunning = self.options.callers
        for index in 0..<self.options.callers {
            let offset = interval.nanoseconds * Int64(index) / Int64(self.options.callers)
            LoadCaller(
                load: self, connection: index % self.connections.count, start: now + .nanoseconds(offset),
                interval: interval
            ).next()
        }
    }

    /// No request is due any more; succeeds when the last one has been answered.
    func stop() -> EventLoopFuture<Void> {
        let promise = self.eventLoop.makePromise(of: Void.self)
        self.end = self.eventLoop.now
        self.ended = promise
        if self.callersRunning == 0 { promise.succeed() }
        return promise.futureResult
    }

    func callerEnded() {
        self.callersRunning -= 1
        if self.callersRunning == 0 { self.ended?.succeed() }
    }

    func close() {
        for connection in self.connections { connection?.close() }
    }

    // MARK: - Requests

    func send(_ index: Int, isRead: Bool, completion: @escaping (LoadResponse) -> Void) {
        guard let connection = self.connections[index], connection.isOpen else {
            // The gateway has closed it; a client of its kind dials anew.
            let bound = NIOLoopBound((self, completion), eventLoop: self.eventLoop)
            self.dial(index).assumeIsolated().whenComplete { _ in
                let (state, completion) = bound.value
                guard let connection = state.connections[index] else { return completion(LoadResponse()) }
                state.request(connection, isRead: isRead, completion: completion)
            }
            return
        }
        self.request(connection, isRead: isRead, completion: completion)
    }

    private func request(
        _ connection: any LoadConnection, isRead: Bool, completion: @escaping (LoadResponse) -> Void
    ) {
        if isRead {
            connection.send("GET", self.keys.valuePath, body: ByteBuffer(), completion: completion)
        } else {
            connection.send("POST", "/v1/commands", body: self.keys.increment, completion: completion)
        }
    }

    /// One request outside the count.
    func ask(_ method: String, _ path: String, body: ByteBuffer) -> EventLoopFuture<LoadResponseValue> {
        let promise = self.eventLoop.makePromise(of: LoadResponseValue.self)
        guard let connection = self.connections[0], connection.isOpen else {
            promise.succeed(LoadResponseValue(status: 0, text: ""))
            return promise.futureResult
        }
        connection.send(method, path, body: body) { response in
            promise.succeed(LoadResponseValue(status: response.status, text: response.text))
        }
        return promise.futureResult
    }

    // MARK: - Account

    func note(_ response: LoadResponse, isRead: Bool, phase: LoadPhase, latency: TimeAmount) {
        self.report[phase].requests += 1
        self.report[phase].latencies.note(latency)
        if isRead {
            if response.status != 200 || response.text != LoadKeys.value { self.fail("GET", response, phase) }
            return
        }
        switch response.status {
        case 200:
            self.report.acknowledged += 1
            // Each increment has a result of its own.
            guard let result = response.integerResult, self.values.insert(result).inserted else {
                return self.fail("INCR", response, phase)
            }
        case 0:
            // Without a response nobody knows; but no gateway should leave a caller without.
            self.report.unknown += 1
            self.fail("INCR", response, phase)
        default:
            if response.member("outcome") == "unknown" {
                self.report.unknown += 1
                self.report[phase].unknown += 1
            } else {
                self.fail("INCR", response, phase)
            }
        }
    }

    private func fail(_ name: String, _ response: LoadResponse, _ phase: LoadPhase) {
        self.report[phase].failed += 1
        guard self.report.failures.count < LoadReport.failuresMaximum else { return }
        self.report.failures.append("\(name), \(phase.label): \(response.status) \(response.text.prefix(200))")
    }

    // MARK: - Connections

    private func dial(_ index: Int) -> EventLoopFuture<Void> {
        let authority = "\(self.options.host):\(self.options.port)"
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        let isHTTP1 = self.options.version == .http1
        let token = self.options.token
        return ClientBootstrap(group: self.eventLoop)
            .connectTimeout(.seconds(5))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if isHTTP1 {
                        try channel.pipeline.syncOperations.addHTTPClientHandlers()
                        let handler = HTTP1LoadConnection(authority: authority, token: token)
                        try channel.pipeline.syncOperations.addHandler(handler)
                        bound.value.connections[index] = handler
                    } else {
                        let handler = try HTTP2LoadConnection(authority: authority, token: token)
                        try channel.pipeline.syncOperations.addHandler(handler)
                        bound.value.connections[index] = handler
                    }
                }
            }
            .connect(host: self.options.host, port: self.options.port).map { _ in }
    }
}
