// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// A steady load of GET and INCR on a gateway, with an account of every response.
package final class Load: Sendable {
    private let bound: NIOLoopBound<LoadState>
    private let eventLoop: any EventLoop
    /// What it reads and writes.
    let keys: LoadKeys

    private init(bound: NIOLoopBound<LoadState>, keys: LoadKeys, eventLoop: any EventLoop) {
        self.bound = bound
        self.keys = keys
        self.eventLoop = eventLoop
    }

    /// Connects, sets the keys and starts the callers.
    /// - Parameters:
    ///   - options: Where the gateway is, and how much to ask of it.
    ///   - eventLoop: Where the callers live.
    /// - Returns: The running load.
    /// - Throws: ``RehearsalError/gatewayUnusable(_:)``.
    package static func start(_ options: LoadOptions, on eventLoop: any EventLoop) async throws -> Load {
        let keys = LoadKeys()
        let bound = try await eventLoop.submit {
            NIOLoopBound(LoadState(options: options, keys: keys, eventLoop: eventLoop), eventLoop: eventLoop)
        }.get()
        do {
            try await eventLoop.flatSubmit { bound.value.open() }.get()
        } catch {
            throw RehearsalError.gatewayUnusable("nobody listens at \(options.host):\(options.port)")
        }
        let answer = try await eventLoop.flatSubmit {
            bound.value.ask("PUT", keys.valuePath, body: ByteBuffer(string: LoadKeys.value))
        }.get()
        guard (200..<300).contains(answer.status) else {
            throw RehearsalError.gatewayUnusable(
                "PUT \(keys.valuePath) was answered with \(answer.status) \(answer.text)")
        }
        try await eventLoop.submit { bound.value.start() }.get()
        return Load(bound: bound, keys: keys, eventLoop: eventLoop)
    }

    /// Lets time pass.
    func pause(_ time: TimeAmount) async throws {
        try await self.eventLoop.scheduleTask(in: time) {}.futureResult.get()
    }

    /// The time of the callers' event loop.
    var now: NIODeadline { self.eventLoop.now }

    /// Requests that are sent from now on belong to this phase.
    package func enter(_ phase: LoadPhase) async throws {
        try await self.eventLoop.submit { [bound] in bound.value.phase = phase }.get()
    }

    /// What the callers have seen so far.
    package func report() async throws -> LoadReport {
        try await self.eventLoop.submit { [bound] in bound.value.report }.get()
    }

    /// Lets every caller finish, reads the counter, and removes the keys.
    /// - Returns: What the callers have seen.
    /// - Throws: Only when the event loop has shut down.
    package func stop() async throws -> LoadReport {
        let bound = self.bound
        try await self.eventLoop.flatSubmit { bound.value.stop() }.get()
        let counter = try await self.eventLoop.flatSubmit {
            bound.value.ask("GET", bound.value.keys.counterPath, body: ByteBuffer())
        }.get()
        _ = try await self.eventLoop.flatSubmit {
            bound.value.ask("POST", "/v1/commands", body: bound.value.keys.delete)
        }.get()
        return try await self.eventLoop.submit {
            bound.value.close()
            bound.value.report.counted = counter.status == 200 ? Int(counter.text) : counter.status == 404 ? 0 : nil
            return bound.value.report
        }.get()
    }
}
