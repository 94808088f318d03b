// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import MaintenanceLab
import NIOCore
import RESP
import TestKit
import Testing

@Suite("Lab: what maintenance does to clients", .serialized)
struct FaultTests {
    @Test("stalled replies come later, in order; pushes come at once")
    func stall() async throws {
        try await Bench.with { bench in
            let client = try await TestClient.optedIn(bench.endpoint)
            try await bench.lab.stallReplies()
            client.send("INCR n", "INCR n")
            #expect(try await bench.lab.wait { $0.replies == 4 && $0.inFlight == 2 })
            try await bench.lab.push(.migrated(sequence: 1))
            #expect(try await client.received(3).last == ">MIGRATED 1 [\"1\"]")
            try await bench.lab.releaseReplies()
            #expect(try await client.received(5).suffix(2) == ["1", "2"])
            try await bench.lab.stallReplies(for: .milliseconds(20))
            client.send("INCR n")
            #expect(try await client.received(6).last == "3")
        }
    }

    @Test("latency delays a reply by what it says")
    func latency() async throws {
        try await Bench.with { bench in
            let client = try await TestClient(bench.endpoint)
            try await bench.lab.setLatency(.milliseconds(50))
            let started = Wait.now()
            client.send("PING")
            #expect(try await client.received(1) == ["PONG"])
            #expect(Wait.now() - started >= 0.05)
        }
    }

    @Test("paused commands do not run before they are resumed")
    func pause() async throws {
        try await Bench.with { bench in
            let client = try await TestClient(bench.endpoint)
            try await bench.lab.pauseCommands()
            client.send("INCR n")
            #expect(try await bench.lab.wait { $0.inFlight == 1 })
            #expect(bench.redis.command("GET", "n") == "$-1\r\n")
            try await bench.lab.resumeCommands()
            #expect(try await client.received(1) == ["1"])
        }
    }

    @Test("closed before the reply: the command ran, and nobody was told", arguments: [CloseManner.graceful, .reset])
    func closeBeforeReply(manner: CloseManner) async throws {
        try await Bench.with { bench in
            let client = try await TestClient(bench.endpoint)
            client.send("PING")
            _ = try await client.received(1)
            try await bench.lab.close(.all, manner, at: .beforeNextReply)
            client.send("INCR n")
            #expect(try await client.end() == (manner == .reset))
            #expect(try await client.received(9) == ["PONG"])
            #expect(bench.redis.command("GET", "n") == "$1\r\n1\r\n")
            let counts = try await bench.lab.counts()
            #expect(counts.closedByLab == 1 && counts.inFlightAtLabClose == 1 && counts.open == 0)
        }
    }

    @Test("closed after the reply: it arrives first")
    func closeAfterReply() async throws {
        try await Bench.with { bench in
            let client = try await TestClient(bench.endpoint)
            client.send("PING")
            _ = try await client.received(1)
            try await bench.lab.close(.all, at: .afterNextReply)
            client.send("INCR n")
            #expect(try await client.end() == false)
            #expect(try await client.received(9) == ["PONG", "1"])
            #expect(try await bench.lab.counts().inFlightAtLabClose == 0)
        }
    }

    @Test("closed when idle: what is in flight is answered, what comes later is not run")
    func closeWhenIdle() async throws {
        try await Bench.with { bench in
            let client = try await TestClient(bench.endpoint)
            client.send("BLPOP list 10")
            #expect(try await bench.lab.wait { $0.inFlight == 1 })
            #expect(
                Wait.until(seconds: 5) { bench.redis.command("INFO", "clients").contains("blocked_clients:1") })
            try await bench.lab.close(.all, at: .whenIdle)
            client.send("INCR n")
            #expect(try await bench.lab.wait { $0.inFlight == 2 })
            #expect(bench.redis.command("RPUSH", "list", "one") == ":1\r\n")
            #expect(try await client.end() == false)
            #expect(try await client.received(9) == ["[list one]"])
            #expect(bench.redis.command("GET", "n") == "$-1\r\n")
        }
    }

    @Test("a client that leaves is counted with what it left behind")
    func clientLeaves() async throws {
        try await Bench.with { bench in
            let client = try await TestClient(bench.endpoint)
            client.send("BLPOP list 10")
            #expect(try await bench.lab.wait { $0.inFlight == 1 })
            client.close()
            #expect(
                try await bench.lab.wait { $0.closedByClient == 1 && $0.inFlightAtClientClose == 1 && $0.open == 0 })
            #expect(
                Wait.until(seconds: 5) { bench.redis.command("INFO", "clients").contains("blocked_clients:0") })
        }
    }

    @Test("another backend: connections stay, with their state, and nothing runs on the old one")
    func switchBackend() async throws {
        try await Bench.with { bench in
            let second = try RedisServerProcess()
            let client = try await TestClient.optedIn(bench.endpoint)
            client.send("CLIENT SETNAME caller", "SELECT 3", "SET k old")
            _ = try await client.received(5)
            try await bench.lab.pauseCommands()
            client.send("SET k new", "CLIENT GETNAME", "GET k")
            #expect(try await bench.lab.wait { $0.inFlight == 3 })
            let first = BackendClient(backend: bench.backend, eventLoop: bench.lab.eventLoop)
            #expect(try await first.run("GET", "k").isNull)
            try await bench.lab.switchBackend(to: .unix(path: second.socketPath))
            try await bench.lab.resumeCommands()
            #expect(try await client.received(8).suffix(3) == ["OK", "caller", "new"])
            #expect(second.command("INFO", "keyspace").contains("db3:keys=1"))
            #expect(bench.redis.command("INFO", "keyspace").contains("db3:keys=1"))
            #expect(try await bench.lab.counts().accepted == 1)
        }
    }

    @Test("keys are copied with their values")
    func copy() async throws {
        try await Bench.with { bench in
            let second = try RedisServerProcess()
            #expect(bench.redis.command("INCRBY", "n", "41") == ":41\r\n")
            let first = BackendClient(backend: bench.backend, eventLoop: bench.lab.eventLoop)
            let other = BackendClient(backend: .unix(path: second.socketPath), eventLoop: bench.lab.eventLoop)
            try await first.copy(["n", "absent"], to: other)
            #expect(second.command("INCR", "n") == ":42\r\n")
        }
    }

    @Test("an endpoint refuses, closes, keeps silent or fails the handshake, and serves again on its port")
    func modes() async throws {
        try await Bench.with { bench in
            try await bench.lab.setMode(.refuse, of: bench.endpoint)
            await #expect(throws: (any Error).self) { _ = try await TestClient(bench.endpoint) }
            try await bench.lab.setMode(.closeAtOnce, of: bench.endpoint)
            let closed = try await TestClient(bench.endpoint)
            _ = try await closed.end()
            try await bench.lab.setMode(.failHandshake("ERR not today"), of: bench.endpoint)
            let failing = try await TestClient(bench.endpoint)
            failing.send("HELLO 3")
            #expect(try await failing.received(1) == ["ERR not today"])
            try await bench.lab.setMode(.silent, of: bench.endpoint)
            let silent = try await TestClient(bench.endpoint)
            silent.send("PING")
            #expect(try await bench.lab.wait(upTo: .milliseconds(50)) { $0.replies > 1 } == false)
            try await bench.lab.setMode(.serve, of: bench.endpoint)
            let served = try await TestClient(bench.endpoint)
            served.send("PING")
            #expect(try await served.received(1) == ["PONG"])
        }
    }

    @Test("a second endpoint has its own connections and counts")
    func secondEndpoint() async throws {
        try await Bench.with { bench in
            let second = try await bench.lab.open(host: "127.0.0.2", backend: bench.backend)
            let one = try await TestClient.optedIn(bench.endpoint)
            let two = try await TestClient.optedIn(second)
            #expect(
                try await bench.lab.push(
                    .moving(sequence: 1, time: 15, target: second.address), to: .optedIn(bench.endpoint)) == 1)
            two.send("PING")
            #expect(try await two.received(3).last == "PONG")
            #expect(try await one.received(3).last == ">MOVING 1 15 \(second.address)")
            #expect(try await bench.lab.close(.all(bench.endpoint)) == 1)
            #expect(try await bench.lab.counts(of: second).open == 1)
            #expect(try await bench.lab.connections().map(\.endpoint) == [second])
        }
    }

    @Test("the end of the backend ends its connections")
    func backendEnds() async throws {
        try await Bench.with { bench in
            let client = try await TestClient(bench.endpoint)
            client.send("PING")
            _ = try await client.received(1)
            bench.redis.kill(9)
            _ = try await client.end()
            #expect(try await bench.lab.wait { $0.closedByBackend == 1 })
        }
    }
}
