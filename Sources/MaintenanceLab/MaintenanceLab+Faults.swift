// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

extension MaintenanceLab {
    /// Keeps every reply back, in order, until ``releaseReplies(of:)``. Pushes still go out.
    package func stallReplies(of endpoint: LabEndpoint? = nil) async throws {
        try await self.on { state in
            for endpoint in try state.endpoints(endpoint) { endpoint.isStalled = true }
        }
    }

    /// Keeps every reply back for a time. Returns at once.
    package func stallReplies(of endpoint: LabEndpoint? = nil, for time: TimeAmount) async throws {
        try await self.stallReplies(of: endpoint)
        try await self.on { state in
            let bound = NIOLoopBound((state, try state.endpoints(endpoint)), eventLoop: state.eventLoop)
            state.eventLoop.scheduleTask(in: time) { Self.release(bound.value.0, bound.value.1) }
        }
    }

    /// Sends the replies that were kept back.
    package func releaseReplies(of endpoint: LabEndpoint? = nil) async throws {
        try await self.on { state in Self.release(state, try state.endpoints(endpoint)) }
    }

    private static func release(_ state: LabState, _ endpoints: [EndpointState]) {
        for endpoint in endpoints { endpoint.isStalled = false }
        let ids = Set(endpoints.map(\.value.id))
        for connection in state.connections.values where ids.contains(connection.endpoint.value.id) {
            connection.outbox.release()
        }
    }

    /// Keeps commands back from the backend until ``resumeCommands(of:)``. What it has got is still answered.
    package func pauseCommands(of endpoint: LabEndpoint? = nil) async throws {
        try await self.on { state in
            for endpoint in try state.endpoints(endpoint) { endpoint.isPaused = true }
        }
    }

    /// Passes the commands on that were kept back, in order.
    package func resumeCommands(of endpoint: LabEndpoint? = nil) async throws {
        try await self.on { state in
            let endpoints = try state.endpoints(endpoint)
            for endpoint in endpoints { endpoint.isPaused = false }
            for connection in state.chosen(.all) where endpoints.contains(where: { $0 === connection.endpoint }) {
                connection.resumeCommands()
            }
        }
    }

    /// Every reply leaves so much later than it came from the backend.
    package func setLatency(_ latency: TimeAmount, of endpoint: LabEndpoint? = nil) async throws {
        try await self.on { state in
            for endpoint in try state.endpoints(endpoint) { endpoint.latency = latency }
        }
    }

    /// Replies and pushes leave in pieces; nil: whole again.
    package func setDribble(_ dribble: Dribble?, of endpoint: LabEndpoint? = nil) async throws {
        try await self.on { state in
            for endpoint in try state.endpoints(endpoint) { endpoint.dribble = dribble }
        }
    }

    /// Closes connections.
    /// - Returns: How many are concerned.
    @discardableResult
    package func close(
        _ recipients: Recipients = .all, _ manner: CloseManner = .graceful, at moment: CloseMoment = .now
    ) async throws -> Int {
        try await self.on { state in
            let connections = state.chosen(recipients)
            for connection in connections { connection.close(manner, at: moment) }
            return connections.count
        }
    }

    /// Sends an endpoint's connections to another backend, each when nothing is in flight on it; until then its further
    /// commands wait. Returns when all of them are there, or have ended. State of a connection that is kept: HELLO, AUTH,
    /// SELECT, names, tracking; not kept: MULTI, WATCH, subscriptions.
    package func switchBackend(to backend: LabBackend, of endpoint: LabEndpoint? = nil) async throws {
        try await self.later { state in
            let endpoints = try state.endpoints(endpoint)
            for endpoint in endpoints { endpoint.backend = backend }
            let moves = state.chosen(.all).filter { connection in
                endpoints.contains { $0 === connection.endpoint }
            }.map { connection in
                let promise = state.eventLoop.makePromise(of: Void.self)
                connection.moveBackend { promise.succeed(()) }
                return promise.futureResult
            }
            return EventLoopFuture.andAllSucceed(moves, on: state.eventLoop)
        }
    }
}
