// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import ArgumentParser
import Foundation
import GatewayCore
import GatewayServer
import GatewaySettings
import Glibc
import Logging
import NIOCore
import RedisClient
import ServiceLifecycle
import Telemetry
import UnixSignals

/// `baton serve`: the gateway itself.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the gateway (the default).",
        usage: "baton serve [--config FILE] [settings ...]",
        discussion: SettingsHelp.text)

    @Argument(parsing: .allUnrecognized, help: .hidden)
    var arguments: [String] = []

    func run() throws {
        let arguments = self.arguments
        // A peer that goes away while it is written to is an error of that connection, not the end of the process.
        _ = signal(SIGPIPE, SIG_IGN)
        try BlockingTask.run { try await Self.serve(arguments) }
    }

    private static func serve(_ arguments: [String]) async throws {
        do {
            var settings = try await SettingsLoader.load(
                arguments: arguments, environment: ProcessInfo.processInfo.environment, eventLoops: System.coreCount)
            let logger = Self.makeLogger(settings)
            let privateRedis = settings.redisURL == nil ? try PrivateRedis.start() : nil
            defer { privateRedis?.stop() }
            if let privateRedis {
                settings.server.redis.endpoint = RedisEndpoint(address: .unix(path: privateRedis.socketPath))
            }
            settings.server.redis.libraryVersion = Version.number
            try await Self.run(settings, logger: logger, isPrivate: privateRedis != nil)
        } catch let error as SettingsError {
            StandardError.write(error.description)
            throw ExitCode(1)
        } catch let error as PrivateRedisError {
            StandardError.write(error.description)
            throw ExitCode(1)
        } catch let error as ServerError {
            StandardError.write(error.description)
            throw ExitCode(1)
        }
    }

    private static func run(_ settings: Settings, logger: Logger, isPrivate: Bool) async throws {
        let banner = Banner(
            scheme: settings.server.tls == nil ? "http" : "https",
            redis: isPrivate ? "a private redis-server, ended with Baton" : settings.server.redis.endpoint.description,
            needsToken: settings.server.gateway.tokens != nil)
        let server = GatewayServer(configuration: settings.server, logger: logger) { banner.print($0) }
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: server, successTerminationBehavior: .gracefullyShutdownGroup)], logger: logger
            ))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask {
                await Self.watchSignals(group, server, tokenFile: settings.server.tokenFile, logger: logger)
            }
            try await tasks.next()
            tasks.cancelAll()
        }
    }

    /// The first SIGTERM or SIGINT drains, a second one ends the process with status 1. SIGHUP reads the token file again.
    private static func watchSignals(
        _ group: ServiceGroup, _ server: GatewayServer, tokenFile: String?, logger: Logger
    ) async {
        var isDraining = false
        for await signal in await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup) {
            if signal == .sighup {
                Self.reload(tokenFile, for: server, logger: logger)
                continue
            }
            guard !isDraining else {
                StandardError.write("second signal: ending at once")
                Glibc.exit(1)
            }
            isDraining = true
            logger.notice("signal received", metadata: [LogKey.signal: "\(signal)"])
            await group.triggerGracefulShutdown()
        }
        // Cancelled: the group has ended by itself, and its task decides.
        try? await gracefulShutdown()
    }

    /// A token file that is not good changes nothing, and the log says why.
    private static func reload(_ tokenFile: String?, for server: GatewayServer, logger: Logger) {
        guard let tokenFile else { return logger.notice("there is no token file to read again") }
        guard let text = try? String(contentsOfFile: tokenFile, encoding: .utf8) else {
            return logger.error("the token file cannot be read; the tokens stay as they are")
        }
        do {
            let tokens = try TokenTable(parsing: text)
            server.use(tokens)
            logger.notice("token file read again", metadata: [LogKey.count: "\(tokens.count)"])
        } catch {
            logger.error("token file refused; the tokens stay as they are", metadata: [LogKey.error: "\(error)"])
        }
    }

    private static func makeLogger(_ settings: Settings) -> Logger {
        var logger = Logger(label: "baton") { label in
            switch settings.logFormat {
            case .json: JSONLinesLogHandler(label: label)
            case .text: TextLogHandler(label: label)
            }
        }
        logger.logLevel = settings.logLevel
        return logger
    }
}
