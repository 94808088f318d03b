// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import Glibc
import NIOConcurrencyHelpers
import Synchronization
import TestKit
import Testing

extension Integration {
    @Suite("Redis stops")
    struct OutageTests {
        final class Tally: Sendable {
            struct Counts {
                var acknowledged = 0
                var unknown = 0
                var notExecuted = 0
                var wrong: [String] = []
                var firstSuccessAfter: Double?
            }
            let counts = NIOLockedValueBox(Counts())
            /// When Redis was last started again; nil while it is away.
            let restarted = NIOLockedValueBox<Double?>(nil)
            let isOver = Synchronization.Atomic<Bool>(false)
        }

        @Test("killed and started again under load: no wrong answer, honest outcomes, back within a second")
        func killed() async throws {
            let gateway = try Gateway()
            let client = try await gateway.http2()
            let tally = Tally()
            let redis = gateway.redis
            // A thread of its own: the waiting below would hold one of the few threads that the load runs on.
            Thread.detachNewThread { Self.stopAndStart(redis, tally) }
            await withTaskGroup(of: Void.self) { tasks in
                for worker in 0..<8 {
                    tasks.addTask {
                        while !tally.isOver.load(ordering: .relaxed) {
                            await Self.step(
                                client, tally, worker: worker)
                        }
                    }
                }
            }
            let counts = tally.counts.withLockedValue { $0 }
            #expect(counts.wrong.isEmpty, "\(counts.wrong.prefix(5))")
            let reply = gateway.redis.command("GET", "counter").split(separator: "\r\n").last.flatMap { Int($0) } ?? -1
            #expect(
                counts.acknowledged <= reply && reply <= counts.acknowledged + counts.unknown, "\(reply) of \(counts)")
            #expect(counts.acknowledged > 500)
            client.close()
        }

        /// Twice: under load kill Redis, start it again, and see when the first increment is acknowledged.
        private static func stopAndStart(_ redis: RedisServerProcess, _ tally: Tally) {
            for round in 1...2 {
                let enough = round * 300
                #expect(Wait.until(seconds: 20) { tally.counts.withLockedValue { $0.acknowledged } >= enough })
                tally.restarted.withLockedValue { $0 = nil }
                tally.counts.withLockedValue { $0.firstSuccessAfter = nil }
                let failures = tally.counts.withLockedValue { $0.unknown + $0.notExecuted }
                redis.kill(SIGKILL)
                #expect(
                    Wait.until(seconds: 10) { tally.counts.withLockedValue { $0.unknown + $0.notExecuted } > failures })
                try? redis.start()
                let now = Wait.now()
                tally.restarted.withLockedValue { $0 = now }
                #expect(Wait.until(seconds: 5) { tally.counts.withLockedValue { $0.firstSuccessAfter != nil } })
                let back = tally.counts.withLockedValue { $0.firstSuccessAfter ?? .infinity } - now
                #expect(back < 1, "back after \(back) s")
            }
            tally.isOver.store(true, ordering: .relaxed)
        }

        private static func step(
            _ client: HTTP2TestClient, _ tally: Tally, worker: Int
        ) async {
            let isRestarted = tally.restarted.withLockedValue { $0 != nil }
            let json = [("content-type", "application/json")]
            guard
                let incr = try? await client.request(
                    "POST", "/v1/commands", fields: json, body: Gateway.json(["INCR", "counter"])),
                let get = try? await client.request("GET", "/v1/strings/w\(worker)")
            else { return tally.counts.withLockedValue { $0.wrong.append("no answer") } }
            tally.counts.withLockedValue { counts in
                switch (incr.status, incr.member("outcome")) {
                case (200, _):
                    counts.acknowledged += 1
                    if isRestarted, counts.firstSuccessAfter == nil { counts.firstSuccessAfter = Wait.now() }
                case (_, "unknown"): counts.unknown += 1
                case (_, "not-executed"): counts.notExecuted += 1
                default: counts.wrong.append("\(incr.status) \(incr.text)")
                }
                if get.status != 404, get.member("outcome") == nil, get.member("retryable") == nil {
                    counts.wrong.append("\(get.status) \(get.text)")
                }
            }
        }

        @Test("frozen: requests end at their deadline, health answers, and no reply goes to the wrong request")
        func frozen() async throws {
            let gateway = try Gateway("--command-timeout", "300ms")
            let client = try await gateway.http2()
            for number in 0..<20 {
                #expect(
                    try await client.request("PUT", "/v1/strings/f\(number)", body: Array("value-\(number)".utf8))
                        .status
                        == 201)
            }
            gateway.redis.kill(SIGSTOP)
            let before = gateway.baton.residentBytes
            await withTaskGroup(of: (Int, String?, Double).self) { tasks in
                for number in 0..<100 {
                    tasks.addTask {
                        let started = Wait.now()
                        let answer = try? await client.request("GET", "/v1/strings/f\(number % 20)")
                        return (answer?.status ?? 0, answer?.member("outcome"), Wait.now() - started)
                    }
                }
                let health = try? gateway.http1()
                for path in ["/livez", "/readyz", "/livez", "/readyz"] {
                    let started = Wait.now()
                    #expect(health?.request("GET", path)?.status == 200)
                    #expect(Wait.now() - started < 0.1, "health does not wait behind requests")
                }
                for await (status, outcome, seconds) in tasks {
                    #expect(status == 504 && outcome == "unknown" && seconds < 2)
                }
            }
            #expect(gateway.baton.residentBytes - before < 64 << 20)
            gateway.redis.kill(SIGCONT)
            let isBack = { () async -> Bool in (try? await client.request("GET", "/v1/strings/f0").status) == 200 }
            var tries = 0
            while await !isBack(), tries < 50 { tries += 1 }
            for number in 0..<20 {
                #expect(try await client.request("GET", "/v1/strings/f\(number)").text == "value-\(number)")
            }
            client.close()
        }

        @Test("a blocking pop gets its element; a caller that has gone takes none")
        func blockingPop() throws {
            let gateway = try Gateway()
            let waiting = try #require(RawConnection(port: gateway.baton.port))
            let body = "[\"BLPOP\",\"list\",\"10\"]"
            let request =
                "POST /v1/commands HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            waiting.send(request)
            #expect(Wait.until(seconds: 5) { gateway.redis.command("INFO", "clients").contains("blocked_clients:1") })
            #expect(gateway.redis.command("RPUSH", "list", "one") == ":1\r\n")
            let answer = String(decoding: waiting.receive() ?? [], as: UTF8.self)
            #expect(answer.hasSuffix("{\"result\":[\"list\",\"one\"]}"))

            var leaving = RawConnection(port: gateway.baton.port)
            leaving?.send(request)
            #expect(Wait.until(seconds: 5) { gateway.redis.command("INFO", "clients").contains("blocked_clients:1") })
            leaving = nil
            #expect(Wait.until(seconds: 5) { gateway.redis.command("INFO", "clients").contains("blocked_clients:0") })
            #expect(gateway.redis.command("RPUSH", "list", "two") == ":1\r\n")
            #expect(gateway.redis.command("LLEN", "list") == ":1\r\n", "the element is still there")
        }
    }
}
