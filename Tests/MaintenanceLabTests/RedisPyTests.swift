// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import MaintenanceLab
import NIOCore
import TestKit
import Testing

/// The lab speaks as a Redis Software endpoint does only if a client that somebody else wrote understands it.
@Suite(
    "Lab: redis-py follows it", .serialized,
    .enabled(
        if: RedisPy.python != nil, "no Python with redis-py 7 or later: pip install -r Tests/redis-py/requirements.txt")
)
struct RedisPyTests {
    /// A second endpoint with the same port: redis-py takes no notice of the port in a MOVING.
    static func openSecond(_ bench: Bench) async throws -> LabEndpoint {
        try await bench.lab.open(host: "127.0.0.2", port: bench.endpoint.port, backend: bench.backend)
    }

    @Test(
        "it asks for notifications once a connection, for the form of endpoint that its own address suggests",
        arguments: [("127.0.0.1", "internal-ip"), ("localhost", "internal-fqdn")])
    func optIn(host: String, type: String) async throws {
        try await Bench.with { bench in
            let client = try RedisPy(bench.endpoint, host: host, of: bench.lab)
            #expect(try await client.ask("open 3").opened == 3)
            let counts = try await bench.lab.counts()
            #expect(counts.optIns == 3 && counts.accepted == 3)
            #expect(counts.commands["CLIENT MAINT_NOTIFICATIONS"] == 3 && counts.commands["HELLO"] == 3)
            #expect(counts.endpointTypes == [type, type, type])
        }
    }

    @Test("MOVING: all of its connections go to the named endpoint, no command is lost, and later it comes back")
    func moving() async throws {
        try await Bench.with { bench in
            let second = try await Self.openSecond(bench)
            let client = try RedisPy(bench.endpoint, of: bench.lab, arguments: ["--no-retry"])
            #expect(try await client.ask("open 4").opened == 4)
            #expect(try await client.ask("incr n 4 5").done == 20)
            #expect(try await bench.lab.counts(of: second).accepted == 0)

            let told = try await bench.lab.push(
                .moving(sequence: 1, time: 3, target: second.address), to: .optedIn(bench.endpoint))
            #expect(told == 4)
            // One command is enough to read the push; idle connections of the pool go as well.
            #expect(try await client.ask("incr n 1 1").done == 1)
            let before = try await bench.lab.counts(of: bench.endpoint)
            #expect(try await client.ask("incr n 4 25").done == 100)
            let first = try await bench.lab.counts(of: bench.endpoint)
            let moved = try await bench.lab.counts(of: second)
            // redis-py's name for the command is INCRBY.
            #expect(before.commands["INCRBY"] == 21 && first.commands["INCRBY"] == 21)
            #expect(moved.commands["INCRBY"] == 100 && moved.optIns == moved.accepted)
            #expect(
                try await bench.lab.wait(of: bench.endpoint) {
                    $0.closedByClient == 4 && $0.open == 0 && $0.inFlightAtClientClose == 0
                })
            #expect(bench.redis.command("GET", "n") == "$3\r\n121\r\n")

            // The time is over: new connections go to the configured endpoint again.
            let limit = bench.lab.eventLoop.now + .seconds(15)
            var isBack = false
            while !isBack, bench.lab.eventLoop.now < limit {
                try await bench.lab.pause(.milliseconds(100))
                _ = try await client.ask("drop")
                #expect(try await client.ask("incr n 1 1").done == 1)
                isBack = try await bench.lab.counts(of: bench.endpoint).commands["INCRBY"] == 22
            }
            #expect(isBack)
        }
    }

    @Test("the control: without notifications it stays where it is")
    func movingUnasked() async throws {
        try await Bench.with { bench in
            let second = try await Self.openSecond(bench)
            let client = try RedisPy(bench.endpoint, of: bench.lab, arguments: ["--off"])
            #expect(try await client.ask("open 2").opened == 2)
            let told = try await bench.lab.push(
                .moving(sequence: 1, time: 3, target: second.address), to: .optedIn(bench.endpoint))
            #expect(told == 0)
            #expect(try await client.ask("incr n 2 10").done == 20)
            #expect(try await bench.lab.counts(of: second).accepted == 0)
        }
    }

    @Test("MOVING without an endpoint: it opens its connections anew at half of the time")
    func movingNull() async throws {
        try await Bench.with { bench in
            let client = try RedisPy(bench.endpoint, of: bench.lab, arguments: ["--no-retry"])
            #expect(try await client.ask("open 2").opened == 2)
            let started = bench.lab.eventLoop.now
            try await bench.lab.push(.moving(sequence: 1, time: 4, target: nil))
            #expect(try await client.ask("incr n 1 1").done == 1)
            #expect(try await bench.lab.counts().closedByClient == 0)
            #expect(try await bench.lab.wait(upTo: .seconds(10)) { $0.closedByClient == 2 })
            let waited = bench.lab.eventLoop.now - started
            #expect(waited >= .seconds(2) && waited < .seconds(4))
            #expect(try await client.ask("incr n 1 1").done == 1)
            #expect(try await bench.lab.counts().accepted == 3)
        }
    }

    @Test(
        "an announced stall is waited for, however short the timeout; the same stall is too long before and after",
        arguments: [
            (LabPush.migrating(sequence: 1), LabPush.migrated(sequence: 2)),
            (LabPush.failingOver(sequence: 1), LabPush.failedOver(sequence: 2)),
        ])
    func relaxed(opener: LabPush, closer: LabPush) async throws {
        try await Bench.with { bench in
            let client = try RedisPy(bench.endpoint, of: bench.lab, arguments: ["--timeout", "0.5", "--no-retry"])
            #expect(try await client.ask("incr n 1 1").done == 1)

            try await bench.lab.stallReplies()
            let control = try await client.ask("incr n 1 1")
            #expect(control.errors == ["TimeoutError": 1])
            try await bench.lab.releaseReplies()
            #expect(try await client.ask("incr n 1 1").done == 1)

            #expect(try await bench.lab.push(opener) == 1)
            try await bench.lab.stallReplies(for: .milliseconds(1200))
            let relaxed = try await client.ask("incr n 1 1")
            #expect(relaxed.done == 1 && relaxed.slowestMs ?? 0 >= 1100)

            #expect(try await bench.lab.push(closer) == 1)
            #expect(try await client.ask("incr n 1 1").done == 1)
            try await bench.lab.stallReplies()
            #expect(try await client.ask("incr n 1 1").errors == ["TimeoutError": 1])
        }
    }
}
