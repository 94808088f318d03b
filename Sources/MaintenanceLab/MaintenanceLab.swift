// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore
import NIOPosix

/// A stand-in for a Redis Software endpoint in front of a real redis-server: a proxy that answers
/// `CLIENT MAINT_NOTIFICATIONS` by itself, sends maintenance pushes where it is told to, and does to its clients what
/// maintenance does to them. For drills and tests on loopback; no part of a gateway in service.
///
/// Everything runs on one event loop; this handle may be used from anywhere. Not proxied faithfully: inline commands,
/// `CLIENT REPLY`, `MONITOR`. Commands are not limited in number or size beyond what RESP itself allows.
package final class MaintenanceLab: Sendable {
    package let eventLoop: any EventLoop
    private let bound: NIOLoopBoundBox<LabState>

    /// - Parameter eventLoop: Where the lab lives; nil: one of the shared ones.
    package init(eventLoop: (any EventLoop)? = nil) {
        let eventLoop = eventLoop ?? MultiThreadedEventLoopGroup.singleton.next()
        self.eventLoop = eventLoop
        self.bound = .makeBoxSendingValue(LabState(eventLoop: eventLoop), eventLoop: eventLoop)
    }

    /// Starts to listen.
    /// - Parameters:
    ///   - host: An IP address of this machine.
    ///   - port: 0 for a free one.
    ///   - backend: The Redis that its connections go to.
    /// - Returns: The endpoint with the port it has got.
    /// - Throws: What the socket says; ``LabError/noAddress``.
    package func open(host: String = "127.0.0.1", port: Int = 0, backend: LabBackend) async throws -> LabEndpoint {
        try await self.later { state in
            let bound = NIOLoopBound(state, eventLoop: state.eventLoop)
            return state.bind(host: host, port: port).flatMapThrowing { channel in
                guard let address = channel.localAddress, let host = address.ipAddress, let port = address.port else {
                    throw LabError.noAddress
                }
                let value = LabEndpoint(id: bound.value.endpoints.count, host: host, port: port)
                let endpoint = EndpointState(value, backend: backend)
                endpoint.listener = channel
                bound.value.endpoints.append(endpoint)
                return value
            }
        }
    }

    /// Stops to listen and resets every connection.
    package func stop() async throws {
        try await self.on { state in
            for connection in state.connections.values { connection.closeNow(.reset) }
            for endpoint in state.endpoints {
                endpoint.mode = .refuse
                endpoint.listener?.close(promise: nil)
                endpoint.listener = nil
            }
        }
    }

    /// Sets what clients meet at an endpoint. An endpoint that refused listens again on the port it had.
    package func setMode(_ mode: EndpointMode, of endpoint: LabEndpoint) async throws {
        try await self.later { state in
            let target = try state.endpoint(endpoint)
            target.mode = mode
            if mode == .refuse {
                let closed = target.listener?.close() ?? state.eventLoop.makeSucceededVoidFuture()
                target.listener = nil
                return closed
            }
            guard target.listener == nil else { return state.eventLoop.makeSucceededVoidFuture() }
            let bound = NIOLoopBound(target, eventLoop: state.eventLoop)
            return state.bind(host: endpoint.host, port: endpoint.port).map { bound.value.listener = $0 }
        }
    }

    /// What was seen at an endpoint, or at all of them.
    package func counts(of endpoint: LabEndpoint? = nil) async throws -> LabCounts {
        try await self.on { state in try state.counts(state.endpoints(endpoint)) }
    }

    /// The connections that are open, oldest first.
    package func connections(_ recipients: Recipients = .all) async throws -> [LabConnectionInfo] {
        try await self.on { state in state.chosen(recipients).map(\.info) }
    }

    /// Waits until the counts are as wanted; looks every two milliseconds.
    /// - Returns: Whether that came before the time was over.
    package func wait(
        upTo limit: TimeAmount = .seconds(5), of endpoint: LabEndpoint? = nil,
        until condition: @escaping @Sendable (LabCounts) -> Bool
    ) async throws -> Bool {
        try await self.later { state in
            let endpoints = try state.endpoints(endpoint)
            let deadline = state.eventLoop.now + limit
            let promise = state.eventLoop.makePromise(of: Bool.self)
            let bound = NIOLoopBound((state, endpoints), eventLoop: state.eventLoop)
            state.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(2)) { task in
                let (state, endpoints) = bound.value
                let isMet = condition(state.counts(endpoints))
                guard isMet || state.eventLoop.now >= deadline else { return }
                task.cancel()
                promise.succeed(isMet)
            }
            return promise.futureResult
        }
    }

    /// Lets time pass.
    package func pause(_ time: TimeAmount) async throws {
        try await self.eventLoop.scheduleTask(in: time) {}.futureResult.get()
    }

    /// Does something with the state on its event loop.
    func on<Result: Sendable>(_ body: @escaping @Sendable (LabState) throws -> Result) async throws -> Result {
        try await self.eventLoop.submit { [bound] in try body(bound.value) }.get()
    }

    /// Does something with the state that takes time.
    func later<Result: Sendable>(
        _ body: @escaping @Sendable (LabState) throws -> EventLoopFuture<Result>
    ) async throws -> Result {
        try await self.eventLoop.flatSubmit { [bound, eventLoop] in
            do {
                return try body(bound.value)
            } catch {
                return eventLoop.makeFailedFuture(error)
            }
        }.get()
    }
}
