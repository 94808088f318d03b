// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import NIOCore
import RedisCore
import Testing

@testable import RedisClient

@Suite(
    "Real redis-server",
    .enabled(if: RedisServerProcess.executable != nil, "redis-server is not installed"), .serialized,
    .timeLimit(.minutes(2)))
struct RealRedisTests {
    private static func with(
        _ options: [String] = [], _ configure: (inout RedisConfiguration) -> Void = { _ in },
        _ body: (LiveClient, RedisServerProcess) async throws -> Void
    ) async throws {
        let server = try RedisServerProcess(options: options)
        defer { server.remove() }
        var configuration = RedisConfiguration(endpoint: RedisEndpoint(address: .unix(path: server.socket)))
        configure(&configuration)
        let client = try await LiveClient(configuration)
        do {
            try await body(client, server)
        } catch {
            try await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }

    @Test("commands, pipelines, transactions, errors, big values; requests wait for a server that is starting")
    func basics() async throws {
        try await Self.with { client, _ in
            #expect(try await client.run("SET", "k", "v") == .replies(["OK"]))
            #expect(try await client.run("GET", "k") == .replies(["v"]))
            #expect(try await client.run([["INCR", "n"], ["INCR", "n"]]) == .replies(["1", "2"]))
            let transaction = try await client.run([["MULTI"], ["INCR", "n"], ["EXEC"]])
            #expect(transaction == .replies(["OK", "QUEUED", ":3\r\n"]))
            guard case .replies(let error) = try await client.run("INCR", "k") else {
                Issue.record("no reply")
                return
            }
            #expect(error[0].hasPrefix("-ERR value is not an integer"))
            let big = String(repeating: "x", count: 3_000_000)
            #expect(try await client.run("SET", "big", big) == .replies(["OK"]))
            #expect(try await client.run("GET", "big") == .replies([big]))
            #expect(try await client.run("CLIENT", "GETNAME") == .replies(["baton"]))
        }
    }

    @Test("many at once, each with its own reply")
    func many() async throws {
        try await Self.with([], { $0.connectionsPerLoop = 2 }) { client, _ in
            let futures = (0..<5000).map { client.start([["ECHO", "\($0)"]], class: .readOnly) }
            for (index, future) in futures.enumerated() {
                let outcome = try await future.get()
                #expect(outcome == .replies(["\(index)"]))
            }
        }
    }

    @Test("user name, password and database")
    func authentication() async throws {
        let options = ["--requirepass", "secret", "--user", "app", "on", ">pw", "~*", "+@all"]
        try await Self.with(options, { $0.endpoint.password = "secret" }) { client, server in
            #expect(try await client.run("ACL", "WHOAMI") == .replies(["default"]))
            var configuration = RedisConfiguration(endpoint: RedisEndpoint(address: .unix(path: server.socket)))
            configuration.endpoint.username = "app"
            configuration.endpoint.password = "pw"
            configuration.endpoint.database = 5
            let other = try await LiveClient(configuration)
            #expect(try await other.run("ACL", "WHOAMI") == .replies(["app"]))
            #expect(try await other.run("SET", "in5", "x") == .replies(["OK"]))
            #expect(
                try await client.run([["SELECT", "5"], ["GET", "in5"], ["SELECT", "0"]]) == .replies(["OK", "x", "OK"]))
            try await other.shutdown()
        }
    }

    static let refusals: [(String?, Int, Refusal)] = [
        (nil, 0, .passwordRequired), ("wrong", 0, .wrongPassword), ("secret", 99, .databaseOutOfRange),
    ]

    @Test("what the server refuses is said, without the password", arguments: refusals)
    func refused(password: String?, database: Int, refusal: Refusal) async throws {
        let configure: (inout RedisConfiguration) -> Void = {
            $0.endpoint.password = password
            $0.endpoint.database = database
        }
        try await Self.with(["--requirepass", "secret"], configure) { client, _ in
            #expect(try await client.run("GET", "k") == .failed(.refused(reason: refusal.rawValue)))
            let status = try await client.status()
            #expect(status.lastError == refusal.rawValue)
            #expect(status.unusableSince != nil)
        }
    }

    @Test("after a crash and a restart, safe requests go through within a second of its return")
    func restart() async throws {
        try await Self.with { client, server in
            #expect(try await client.run("SET", "k", "v") == .replies(["OK"]))
            server.crash()
            try await client.wait { $0.ready == 0 }
            let waiting = client.start([["PING"]], class: .readOnly)
            try server.start()
            #expect(try await waiting.get() == .replies(["PONG"]))
            let status = try await client.status()
            #expect(status.unusableSince == nil)
        }
    }

    @Test("a server that is stopped keeps requests until their deadlines, and goes on where it was")
    func frozen() async throws {
        try await Self.with { client, server in
            #expect(try await client.run("PING") == .replies(["PONG"]))
            server.signal(SIGSTOP)
            let late = try await client.run("INCR", "n", timeout: .milliseconds(50))
            #expect(late == .failed(.deadlinePassed(written: true)))
            server.signal(SIGCONT)
            // The late command did run, once.
            #expect(try await client.run("INCR", "n") == .replies(["2"]))
        }
    }

    @Test("a stalled server loses its connection; safe requests are sent again when it is back")
    func stalled() async throws {
        try await Self.with([], { $0.stallTimeout = .milliseconds(100) }) { client, server in
            #expect(try await client.run("PING") == .replies(["PONG"]))
            server.signal(SIGSTOP)
            let safe = client.start([["GET", "k"]], class: .readOnly)
            let unsafe = try await client.run("INCR", "n")
            #expect(unsafe == .failed(.connectionLost))
            server.signal(SIGCONT)
            #expect(try await safe.get() == .replies([""]))
        }
    }

    @Test("blocking commands do not hold up the others")
    func blocking() async throws {
        try await Self.with { client, _ in
            let blocked = client.start([["BLPOP", "list", "0"]], lease: true)
            try await client.wait { $0.leased == 1 }
            #expect(try await client.run("PING") == .replies(["PONG"]))
            #expect(try await client.run("RPUSH", "list", "x") == .replies(["1"]))
            #expect(try await blocked.get() == .replies(["$4\r\nlist\r\n$1\r\nx\r\n"]))
        }
    }

    @Test("a killed connection costs unsafe requests nothing if they were not written")
    func killed() async throws {
        try await Self.with { client, _ in
            for round in 1...20 {
                let kill = client.start([["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "no"]], class: .idempotent)
                let outcome = try await kill.get()
                // The killed connection still gets its reply.
                #expect(outcome == .replies(["1"]))
                let next = try await client.run("INCR", "n")
                #expect(next == .replies(["\(round)"]) || next == .failed(.connectionLost))
                if next == .failed(.connectionLost) { break }
            }
        }
    }
}
