// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

extension MaintenanceLab {
    /// Sends a push, and remembers it for connections that opt in later (see ``ReplayPolicy``).
    /// - Parameters:
    ///   - push: The push; for any other bytes ``LabPush/raw(_:)``.
    ///   - recipients: Who gets it.
    ///   - point: Where in each connection's reply stream.
    ///   - times: How often, one behind the other.
    /// - Returns: To how many connections.
    /// - Throws: When the event loop has shut down.
    @discardableResult
    package func push(
        _ push: LabPush, to recipients: Recipients = .optedIn, at point: PushPoint = .now, times: Int = 1
    ) async throws -> Int {
        try await self.on { state in
            state.note(push, endpoint: recipients.endpoint)
            let connections = state.chosen(recipients)
            for connection in connections {
                for _ in 0..<times { connection.push(push, at: point) }
            }
            return connections.count
        }
    }

    /// Every further connection to an endpoint gets this push in front of its reply number `beforeReply`, counted from 0:
    /// with 0 before anything was asked. Opted in or not.
    package func pushOnArrival(_ push: LabPush, at endpoint: LabEndpoint, beforeReply: Int) async throws {
        try await self.on { state in try state.endpoint(endpoint).arrivals.append((push, beforeReply)) }
    }

    /// Ends what ``pushOnArrival(_:at:beforeReply:)`` has begun.
    package func clearArrivals(at endpoint: LabEndpoint) async throws {
        try await self.on { state in try state.endpoint(endpoint).arrivals = [] }
    }

    /// Sets how opt-ins are answered from now on.
    package func setOptInAnswer(_ answer: OptInAnswer, of endpoint: LabEndpoint? = nil) async throws {
        try await self.on { state in
            for endpoint in try state.endpoints(endpoint) { endpoint.optInAnswer = answer }
        }
    }

    /// Sets what late joiners are told. At the start: openers and MOVING.
    package func setReplays(_ replays: ReplayPolicy) async throws {
        try await self.on { $0.replays = replays }
    }

    /// Forgets every operation that late joiners would be told of.
    package func forgetOperations() async throws {
        try await self.on { $0.forgetNotices() }
    }
}
