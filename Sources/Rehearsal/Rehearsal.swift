// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import MaintenanceLab
import NIOCore
import NIOPosix

/// Holds drills: for each a fresh lab, a gateway in front of it and a load on that, and in the middle the event.
package struct Rehearsal: Sendable {
    private let options: RehearsalOptions
    private let executable: String
    private let backend: LabBackend
    private let standby: LabBackend
    private let progress: @Sendable (RehearsalProgress) -> Void

    /// - Parameters:
    ///   - options: What to rehearse.
    ///   - executable: The path of `baton`, for the gateway.
    ///   - backend: The Redis behind the lab.
    ///   - standby: Another one, which takes over in a failover.
    ///   - progress: Called four times a second.
    package init(
        _ options: RehearsalOptions, executable: String, backend: LabBackend, standby: LabBackend,
        progress: @escaping @Sendable (RehearsalProgress) -> Void
    ) {
        self.options = options
        self.executable = executable
        self.backend = backend
        self.standby = standby
        self.progress = progress
    }

    /// Holds one drill.
    /// - Parameter drill: Which.
    /// - Returns: What it came to.
    /// - Throws: When it could not begin.
    package func run(_ drill: Drill) async throws -> DrillResult {
        let lab = MaintenanceLab()
        let endpoint = try await lab.open(backend: self.backend)
        let gateway = try GatewayProcess(executable: self.executable, redis: endpoint.url)
        defer { gateway.stop() }
        var load = LoadOptions(host: "127.0.0.1", port: gateway.port)
        load.rate = self.options.rate
        load.callers = self.options.callers
        load.version = self.options.version
        do {
            let result = try await self.run(
                drill, on: load,
                script: DrillScript(lab: lab, backend: self.backend, standby: self.standby, endpoint: endpoint))
            try await lab.stop()
            return result
        } catch {
            try? await lab.stop()
            throw error
        }
    }

    private func run(_ drill: Drill, on options: LoadOptions, script: DrillScript) async throws -> DrillResult {
        try await Self.withLoad(options) { load in
            let watch = Watch(drill: drill, repetitions: self.options.repetitions, load: load, report: self.progress)
            var script = script
            var trouble: String?
            var done = 0
            try await watch.while {
                try await load.pause(.seconds(Int64(self.options.seconds)))
                do {
                    for repetition in 1...max(1, self.options.repetitions) {
                        watch.enter(.event, repetition: repetition)
                        try await load.enter(.event)
                        try await script.run(drill, keys: load.keys)
                        // What was due at the end of the event belongs to it.
                        try await load.pause(.milliseconds(200))
                        watch.enter(.after, repetition: repetition)
                        try await load.enter(.after)
                        try await load.pause(.seconds(Int64(self.options.seconds)))
                        done = repetition
                    }
                } catch let error as RehearsalError {
                    trouble = error.description
                }
            }
            let report = try await load.stop()
            return DrillResult(drill: drill, repetitions: done, report: report, trouble: trouble)
        }
    }

    /// Only loads a gateway, for so many seconds.
    /// - Parameters:
    ///   - options: Where it is, and how much to ask of it.
    ///   - seconds: How long.
    ///   - progress: Called four times a second.
    /// - Returns: What the callers saw.
    /// - Throws: ``RehearsalError/gatewayUnusable(_:)``.
    package static func load(
        _ options: LoadOptions, seconds: Int, progress: @escaping @Sendable (RehearsalProgress) -> Void
    ) async throws -> LoadReport {
        try await self.withLoad(options) { load in
            let watch = Watch(drill: nil, repetitions: 0, load: load, report: progress)
            try await watch.while { try await load.pause(.seconds(Int64(seconds))) }
            return try await load.stop()
        }
    }

    private static func withLoad<Result: Sendable>(
        _ options: LoadOptions, _ body: (Load) async throws -> Result
    ) async throws -> Result {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let result = try await body(try await Load.start(options, on: group.next()))
            try await group.shutdownGracefully()
            return result
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }
}
