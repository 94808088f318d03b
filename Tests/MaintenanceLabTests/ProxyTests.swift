// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import MaintenanceLab
import NIOCore
import TestKit
import Testing

@Suite("Lab: a proxy that pushes", .serialized)
struct ProxyTests {
    @Test("commands reach Redis and replies come back in order", arguments: ["127.0.0.1", "::1"])
    func proxies(host: String) async throws {
        try await Bench.with(host: host) { bench in
            let client = try await TestClient(bench.endpoint)
            client.send("SET k v", "GET k", "GET absent", "INCR n", "NOSUCH")
            let replies = try await client.received(5)
            #expect(replies[0...3] == ["OK", "v", "null", "1"])
            #expect(replies[4].hasPrefix("ERR unknown command"))
            let counts = try await bench.lab.counts(of: bench.endpoint)
            #expect(counts.commands == ["SET": 1, "GET": 2, "INCR": 1, "NOSUCH": 1])
            #expect(counts.accepted == 1 && counts.open == 1 && counts.replies == 5 && counts.inFlight == 0)
        }
    }

    @Test("only connections that opted in get pushes, unless all are meant")
    func optIn() async throws {
        try await Bench.with { bench in
            let asked = try await TestClient(bench.endpoint)
            asked.send("HELLO 3", "CLIENT MAINT_NOTIFICATIONS ON moving-endpoint-type external-ip")
            #expect(try await asked.received(2) == ["map", "OK"])
            let other = try await TestClient(bench.endpoint)
            other.send("PING")
            _ = try await other.received(1)
            #expect(try await bench.lab.push(.migrating(sequence: 1)) == 1)
            #expect(try await bench.lab.push(.migrated(sequence: 2), to: .all) == 2)
            #expect(try await asked.received(4).suffix(2) == [">MIGRATING 1 2 [\"1\"]", ">MIGRATED 2 [\"1\"]"])
            #expect(try await other.received(2).last == ">MIGRATED 2 [\"1\"]")
            let counts = try await bench.lab.counts()
            #expect(counts.optIns == 1 && counts.endpointTypes == ["external-ip"])
            #expect(counts.pushes == ["MIGRATING": 1, "MIGRATED": 2])
        }
    }

    static let refusals: [(OptInAnswer, String)] = [
        (.unknownSubcommand, "ERR unknown subcommand"), (.disabled, "ERR maintenance notifications are disabled"),
        (.noPermission, "NOPERM"), (.error("ERR no"), "ERR no"), (.passOn, "ERR"),
    ]

    @Test("an opt-in is refused as chosen, and the connection gets no pushes", arguments: Self.refusals)
    func refusal(answer: OptInAnswer, text: String) async throws {
        try await Bench.with { bench in
            try await bench.lab.setOptInAnswer(answer)
            let client = try await TestClient(bench.endpoint)
            client.send("HELLO 3", "CLIENT MAINT_NOTIFICATIONS ON", "PING")
            let replies = try await client.received(3)
            #expect(replies[1].hasPrefix(text) && replies[2] == "PONG")
            #expect(try await bench.lab.push(.migrating(sequence: 1)) == 0)
        }
    }

    @Test("a push goes between replies where it is told to")
    func points() async throws {
        try await Bench.with { bench in
            let client = try await TestClient.optedIn(bench.endpoint)
            try await bench.lab.push(.migrating(sequence: 1), at: .afterReplies(2))
            try await bench.lab.push(.migrated(sequence: 2), at: .afterQueued)
            client.send("PING", "MULTI", "INCR a", "INCR b", "EXEC")
            #expect(
                try await client.received(9).dropFirst(2)
                    == [
                        "PONG", "OK", ">MIGRATING 1 2 [\"1\"]", "QUEUED", ">MIGRATED 2 [\"1\"]", "QUEUED", "[1 1]",
                    ])
        }
    }

    @Test("a push can come before the handshake's replies and between them", arguments: [0, 1, 2])
    func arrival(position: Int) async throws {
        try await Bench.with { bench in
            try await bench.lab.pushOnArrival(.migrating(sequence: 1), at: bench.endpoint, beforeReply: position)
            let client = try await TestClient(bench.endpoint)
            client.send("HELLO 3", "CLIENT MAINT_NOTIFICATIONS ON", "PING")
            var expected = ["map", "OK", "PONG"]
            expected.insert(">MIGRATING 1 2 [\"1\"]", at: position)
            #expect(try await client.received(4) == expected)
        }
    }

    @Test("output in pieces of one byte is the same output")
    func dribble() async throws {
        try await Bench.with { bench in
            try await bench.lab.setDribble(Dribble(bytes: 1, interval: .microseconds(50)))
            let client = try await TestClient.optedIn(bench.endpoint)
            client.send("SET k value", "GET k")
            try await bench.lab.push(.moving(sequence: 3, time: 15, target: "10.0.0.1:6379"), at: .afterReplies(1))
            client.send("PING")
            let received = try await client.received(6).dropFirst(2)
            #expect(received.filter { !$0.hasPrefix(">") } == ["OK", "value", "PONG"])
            #expect(received.contains(">MOVING 3 15 10.0.0.1:6379"))
        }
    }

    @Test("a late joiner hears of what is under way, and of nothing that is over")
    func lateJoiners() async throws {
        try await Bench.with { bench in
            try await bench.lab.push(.migrating(sequence: 1))
            try await bench.lab.push(.failingOver(sequence: 2))
            try await bench.lab.push(.migrated(sequence: 3))
            try await bench.lab.push(.moving(sequence: 4, time: 60, target: nil))
            try await bench.lab.push(.moving(sequence: 5, time: 0, target: nil))
            let client = try await TestClient.optedIn(bench.endpoint)
            client.send("PING")
            #expect(
                try await client.received(5) == [
                    "map", "OK", ">FAILING_OVER 2 2 [\"1\"]", ">MOVING 4 60 null", "PONG",
                ])
        }
    }

    @Test("the replay may be the newest completion, and come before the answer")
    func replayPolicy() async throws {
        try await Bench.with { bench in
            try await bench.lab.setReplays([.completion, .beforeAnswer])
            try await bench.lab.push(.migrating(sequence: 1))
            try await bench.lab.push(.migrated(sequence: 2))
            let client = try await TestClient(bench.endpoint)
            client.send("HELLO 3", "CLIENT MAINT_NOTIFICATIONS ON")
            #expect(try await client.received(3) == ["map", ">MIGRATED 2 [\"1\"]", "OK"])
        }
    }

    @Test("subscriptions do not shift replies")
    func subscriptions() async throws {
        try await Bench.with { bench in
            let client = try await TestClient(bench.endpoint)
            client.send("HELLO 3", "SUBSCRIBE news", "PING")
            #expect(try await client.received(3) == ["map", ">subscribe news 1", "PONG"])
            #expect(bench.redis.command("PUBLISH", "news", "hello") == ":1\r\n")
            #expect(try await client.received(4).last == ">message news hello")
        }
    }
}
