// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import MaintenanceLab
import NIOCore
import TestKit
import Testing

extension Integration {
    /// Announced maintenance with callers, over real sockets.
    @Suite("Handoff")
    struct HandoffTests {
        @Test(
            "MOVING to a named endpoint, five times: nobody notices, and nothing is left behind",
            arguments: [false, true])
        func moving(closesEarly: Bool) async throws {
            try await MaintainedGateway.with { gateway in
                var current = gateway.endpoint
                try await gateway.unnoticed { callers in
                    for round in 1...5 {
                        let next = try await gateway.lab.open(
                            host: round % 2 == 0 ? "127.0.0.1" : "127.0.0.2", backend: gateway.backend)
                        try await gateway.lab.push(
                            .moving(sequence: Int64(round), time: 3, target: next.address), to: .optedIn(current))
                        #expect(try await gateway.lab.wait(of: next) { $0.commands["INCR", default: 0] > 20 })
                        if closesEarly { try await gateway.lab.close(.all(current)) }
                        #expect(try await gateway.lab.wait(of: current) { $0.open == 0 })
                        await callers.progress()
                        current = next
                    }
                }
                #expect(try gateway.metric("baton_handoffs_total{outcome=\"failed\"}") == 0)
                #expect(try gateway.metric("baton_handoffs_total{outcome=\"done\"}") >= 5)
            }
        }

        @Test("MOVING over IPv6, and without a named endpoint")
        func otherTargets() async throws {
            try await MaintainedGateway.with { gateway in
                let next = try await gateway.lab.open(host: "::1", backend: gateway.backend)
                try await gateway.unnoticed { callers in
                    try await gateway.lab.push(
                        .moving(sequence: 1, time: 3, target: next.address), to: .optedIn(gateway.endpoint))
                    #expect(try await gateway.lab.wait(of: next) { $0.commands["INCR", default: 0] > 20 })
                    #expect(try await gateway.lab.wait(of: gateway.endpoint) { $0.open == 0 })
                    // Without a name: the configured endpoint again, at half of the time.
                    let accepted = try await gateway.lab.counts(of: gateway.endpoint).accepted
                    try await gateway.lab.push(.moving(sequence: 2, time: 2, target: nil), to: .optedIn(next))
                    #expect(try await gateway.lab.wait(of: gateway.endpoint) { $0.accepted > accepted })
                    #expect(try await gateway.lab.wait(of: next) { $0.open == 0 })
                }
            }
        }

        @Test("M7: a target that refuses for a while, or for ever, or fails the handshake, costs nothing")
        func refusingTarget() async throws {
            try await MaintainedGateway.with { gateway in
                let next = try await gateway.lab.open(host: "127.0.0.2", backend: gateway.backend)
                try await gateway.unnoticed { callers in
                    try await gateway.lab.setMode(.refuse, of: next)
                    try await gateway.lab.push(
                        .moving(sequence: 1, time: 10, target: next.address), to: .optedIn(gateway.endpoint))
                    try await gateway.lab.pause(.seconds(3))
                    try await gateway.lab.setMode(.serve, of: next)
                    #expect(try await gateway.lab.wait(of: next) { $0.commands["INCR", default: 0] > 20 })
                    #expect(try await gateway.lab.wait(of: gateway.endpoint) { $0.open == 0 })

                    for (sequence, mode) in [
                        (2, EndpointMode.refuse), (3, .failHandshake("NOPERM no")), (4, .closeAtOnce),
                    ] {
                        let bad = try await gateway.lab.open(backend: gateway.backend)
                        try await gateway.lab.setMode(mode, of: bad)
                        try await gateway.lab.push(
                            .moving(sequence: Int64(sequence), time: 2, target: bad.address), to: .optedIn(next))
                        try await gateway.lab.pause(.milliseconds(2_500))
                        await callers.progress()
                        #expect(try await gateway.lab.counts(of: bad).commands["INCR"] == nil)
                    }
                }
                #expect(try gateway.metric("baton_handoffs_total{outcome=\"failed\"}") >= 3)
            }
        }

        @Test("a target that the policy forbids is not dialled; the move goes to the configured endpoint")
        func forbiddenTarget() async throws {
            try await MaintainedGateway.with { gateway in
                try await gateway.unnoticed { callers in
                    let accepted = try await gateway.lab.counts().accepted
                    try await gateway.lab.push(
                        .moving(sequence: 1, time: 2, target: "169.254.169.254:6379"), to: .optedIn(gateway.endpoint))
                    #expect(try await gateway.lab.wait { $0.accepted > accepted })
                    await callers.progress()
                }
                #expect(try gateway.metric("baton_handoff_refused_targets_total") >= 1)
            }
        }

        @Test("a target outside of the allow-list is not dialled, and one inside of it is")
        func allowList() async throws {
            try await MaintainedGateway.with("--handoff-target-allow-list", "127.0.0.3/32") { gateway in
                let outside = try await gateway.lab.open(host: "127.0.0.2", backend: gateway.backend)
                let inside = try await gateway.lab.open(host: "127.0.0.3", backend: gateway.backend)
                try await gateway.unnoticed { callers in
                    let accepted = try await gateway.lab.counts(of: gateway.endpoint).accepted
                    let old = Set(try await gateway.lab.connections(.all(gateway.endpoint)).map(\.id))
                    try await gateway.lab.push(
                        .moving(sequence: 1, time: 2, target: outside.address), to: .connections(old))
                    // To the configured endpoint instead.
                    #expect(try await gateway.lab.wait(of: gateway.endpoint) { $0.accepted > accepted })
                    await callers.progress()
                    try await gateway.lab.push(
                        .moving(sequence: 2, time: 2, target: inside.address), to: .optedIn(gateway.endpoint))
                    #expect(try await gateway.lab.wait(of: inside) { $0.commands["INCR", default: 0] > 20 })
                }
                #expect(try await gateway.lab.counts(of: outside).accepted == 0)
                #expect(try gateway.metric("baton_handoff_refused_targets_total") >= 1)
            }
        }

        @Test(
            "FAILING_OVER, the backend switched, FAILED_OVER: nobody notices; with connections reset, nothing is doubled"
        )
        func failover() async throws {
            try await MaintainedGateway.with { gateway in
                try await gateway.unnoticed { callers in
                    try await gateway.lab.push(.failingOver(sequence: 1))
                    try await gateway.lab.pauseCommands()
                    try await gateway.lab.pause(.milliseconds(500))
                    try await gateway.lab.resumeCommands()
                    try await gateway.lab.switchBackend(to: gateway.backend)
                    try await gateway.lab.push(.failedOver(sequence: 2))
                    await callers.progress()
                }
                let before = gateway.counter
                let callers = try await gateway.callers { callers in
                    try await gateway.lab.push(.failingOver(sequence: 3))
                    try await gateway.lab.close(.all, .reset)
                    await callers.progress()
                    try await gateway.lab.push(.failedOver(sequence: 4))
                }
                let counts = callers.counts
                #expect(counts.failures.isEmpty, "\(counts.failures.prefix(5))")
                #expect(counts.unknown <= Callers.count)
                let counted = gateway.counter - before
                #expect(counts.acknowledged <= counted && counted <= counts.acknowledged + counts.unknown)
                #expect(try gateway.metric("baton_redis_connections_closed_total{cause=\"maintenance\"}") > 0)
            }
        }

        @Test(
            "W1, W2: replies that stall for 2.5 s in an announced migration fail nobody; unannounced they do, honestly")
        func stall() async throws {
            try await MaintainedGateway.with { gateway in
                try await gateway.unnoticed { callers in
                    try await gateway.lab.push(.migrating(sequence: 1))
                    try await gateway.lab.stallReplies()
                    try await gateway.lab.pause(.milliseconds(2_500))
                    try await gateway.lab.releaseReplies()
                    try await gateway.lab.push(.migrated(sequence: 2))
                    await callers.progress()
                    let longest = callers.counts.longest
                    #expect((2.4...3.0).contains(longest), "\(longest) s")
                }
                // The tail is over when the timeouts are what they were.
                var isRelaxed = true
                let end = Wait.now() + 10
                while isRelaxed, Wait.now() < end { isRelaxed = try gateway.metric("baton_redis_timeouts_relaxed") > 0 }
                #expect(!isRelaxed)
                let before = gateway.counter
                let callers = try await gateway.callers { callers in
                    try await gateway.lab.stallReplies()
                    try await gateway.lab.pause(.milliseconds(2_500))
                    try await gateway.lab.releaseReplies()
                }
                let counts = callers.counts
                #expect(counts.unknown > 0)
                #expect(!counts.failures.isEmpty)
                #expect(counts.failures.allSatisfy { $0.hasPrefix("GET: 504") }, "\(counts.failures.prefix(3))")
                let counted = gateway.counter - before
                #expect(counts.acknowledged <= counted && counted <= counts.acknowledged + counts.unknown)
            }
        }

        @Test("a caller's own timeout stays a hard limit while timeouts are relaxed")
        func hardLimit() async throws {
            try await MaintainedGateway.with { gateway in
                try await gateway.lab.push(.migrating(sequence: 1))
                try await gateway.lab.stallReplies()
                let client = try await gateway.http2()
                let start = Wait.now()
                async let hard = client.request("GET", "/v1/strings/a", fields: [("request-timeout-ms", "300")])
                async let soft = client.request("GET", "/v1/strings/a")
                #expect(try await hard.status == 504)
                #expect((0.25...0.9).contains(Wait.now() - start))
                try await gateway.lab.pause(.milliseconds(1_200))
                try await gateway.lab.releaseReplies()
                #expect(try await soft.status == 404)
                #expect(Wait.now() - start > 1.4)
                client.close()
            }
        }

        @Test("M1: fifty connections that are told the same, and a thousand repetitions, are one move a loop")
        func storm() async throws {
            try await MaintainedGateway.with("--event-loops", "7", "--redis-connections", "8") { gateway in
                let isOptedIn = try await gateway.lab.wait { $0.optIns >= 56 }
                let seen = try await gateway.lab.counts()
                #expect(isOptedIn, "\(seen)")
                let next = try await gateway.lab.open(host: "127.0.0.2", backend: gateway.backend)
                try await gateway.unnoticed { callers in
                    try await gateway.lab.push(
                        .moving(sequence: 1, time: 5, target: next.address), to: .optedIn(gateway.endpoint), times: 20)
                    #expect(try await gateway.lab.wait(upTo: .seconds(10), of: gateway.endpoint) { $0.open == 0 })
                    await callers.progress()
                }
                #expect(try await gateway.lab.counts(of: next).accepted == 56)
                #expect(try gateway.metric("baton_handoffs_total{outcome=\"done\"}") == 7)
                #expect(try gateway.metric("baton_maintenance_pushes_total{kind=\"moving\"}") >= 1120)
            }
        }

        @Test("malformed pushes between replies, and every byte on its own, shift no reply")
        func malformed() async throws {
            try await MaintainedGateway.with { gateway in
                let accepted = try await gateway.lab.counts().accepted
                try await gateway.unnoticed { callers in
                    for (index, frame) in Self.frames.enumerated() {
                        try await gateway.lab.push(
                            .raw(ByteBuffer(string: frame)), at: .afterReplies(index % 4))
                        await callers.progress(5)
                    }
                    try await gateway.lab.setDribble(Dribble(bytes: 1, interval: .microseconds(20)))
                    try await gateway.lab.push(.migrating(sequence: 90), at: .afterReplies(1))
                    try await gateway.lab.push(.raw(ByteBuffer(string: Self.frames[0])), at: .afterReplies(2))
                    try await gateway.lab.push(.migrated(sequence: 91), at: .afterReplies(1))
                    await callers.progress(50)
                    try await gateway.lab.setDribble(nil)
                }
                #expect(try gateway.metric("baton_maintenance_pushes_discarded_total{reason=\"malformed\"}") > 10)
                #expect(try gateway.metric("baton_maintenance_pushes_total{kind=\"other\"}") > 3)
                #expect(try await gateway.lab.counts(of: gateway.endpoint).accepted == accepted)
            }
        }

        /// Pushes that no server should send.
        private static let frames: [String] = [
            ">1\r\n$6\r\nMOVING\r\n", ">2\r\n$6\r\nMOVING\r\n:1\r\n", ">0\r\n",
            ">3\r\n$6\r\nMOVING\r\n:1\r\n$3\r\nabc\r\n", ">4\r\n$6\r\nMOVING\r\n:1\r\n_\r\n$9\r\n127.0.0.1\r\n",
            ">4\r\n$6\r\nMOVING\r\n:1\r\n*1\r\n:1\r\n_\r\n", ">1\r\n:1\r\n", ">1\r\n_\r\n", ">1\r\n*0\r\n",
            ">2\r\n$6\r\nmoving\r\n:1\r\n", ">2\r\n$7\r\nMOVING \r\n:1\r\n", ">1\r\n$9\r\nMIGRATING\r\n",
            ">2\r\n$9\r\nMIGRATING\r\n$3\r\nabc\r\n", ">3\r\n$9\r\nMIGRATING\r\n#t\r\n:2\r\n",
            ">2\r\n$8\r\nMIGRATED\r\n_\r\n", ">1\r\n$12\r\nFAILING_OVER\r\n", ">1\r\n$11\r\nFAILED_OVER\r\n",
            ">2\r\n$10\r\nSMIGRATING\r\n%1\r\n:1\r\n:2\r\n", ">2\r\n$9\r\nSMIGRATED\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n",
            ">3\r\n+MIGRATING\r\n:-9223372036854775808\r\n:9223372036854775807\r\n",
            ">3\r\n+MIGRATED\r\n:9223372036854775807\r\n$0\r\n\r\n", ">2\r\n-MOVING\r\n:1\r\n",
            ">2\r\n!6\r\nMOVING\r\n:1\r\n", ">2\r\n$3\r\n\u{0}\u{1}\u{2}\r\n:1\r\n", ">2\r\n$10\r\ninvalidate\r\n_\r\n",
            ">3\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\nb\r\n", ">2\r\n(12345678901234567890\r\n:1\r\n",
            ">2\r\n,1.5\r\n:1\r\n", ">2\r\n=10\r\ntxt:MOVING\r\n:1\r\n", ">2\r\n~1\r\n$6\r\nMOVING\r\n:1\r\n",
        ]
    }
}
