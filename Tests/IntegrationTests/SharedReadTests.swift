// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import Glibc
import TestKit
import Testing

extension Integration {
    /// GET requests for one key that come together are answered by one read.
    @Suite("Shared reads")
    struct SharedReadTests {
        private static let count = 60

        private static func gateway(_ arguments: String...) throws -> Gateway {
            try Gateway(["--event-loops", "1"] + arguments)
        }

        /// Reads that were answered by the reply to another one.
        private static func shared(_ gateway: Gateway) throws -> Int {
            let text = try String(decoding: #require(gateway.http1().request("GET", "/metrics")).body, as: UTF8.self)
            let line = text.split(separator: "\n").first { $0.hasPrefix("baton_shared_reads_total ") }
            return try #require(line?.split(separator: " ").last.flatMap { Int($0) })
        }

        /// Sends `count` reads of a key in one write.
        private static func reads(_ batch: HTTP2Batch, _ key: String, _ count: Int = Self.count) -> [UInt32] {
            (0..<count).map { _ in batch.add("GET", "/v1/strings/\(key)") }
        }

        @Test(
            "all get the value, its tag and its time to live, each with an identity of its own; Redis is asked a few times"
        )
        func together() throws {
            let gateway = try Self.gateway()
            _ = gateway.redis.command("SET", "k", "value", "PX", "60000")
            _ = gateway.redis.command("CONFIG", "RESETSTAT")
            let batch = try #require(HTTP2Batch(port: gateway.baton.port))
            let streams = Self.reads(batch, "k")
            batch.send()
            var identities: Set<String> = []
            for stream in streams {
                let answer = try #require(batch.answer(stream))
                #expect(answer.status == 200 && answer.body == Array("value".utf8))
                #expect(answer.fields["etag"]?.count == 18 && answer.fields["content-length"] == "5")
                #expect(1...60_000 ~= answer.fields["redis-ttl-ms"].flatMap { Int($0) } ?? 0)
                identities.insert(answer.fields["x-request-id"] ?? "")
            }
            #expect(identities.count == Self.count)
            let shared = try Self.shared(gateway)
            let calls = gateway.redis.command("INFO", "commandstats").firstMatch(of: /cmdstat_get:calls=(\d+)/)
            #expect(shared > Self.count / 2 && calls.flatMap { Int($0.1) } == Self.count - shared)
        }

        @Test("who does not want that asks for each")
        func apart() throws {
            let gateway = try Self.gateway("--shared-reads", "false")
            _ = gateway.redis.command("SET", "k", "value")
            _ = gateway.redis.command("CONFIG", "RESETSTAT")
            let batch = try #require(HTTP2Batch(port: gateway.baton.port))
            let streams = Self.reads(batch, "k")
            batch.send()
            for stream in streams { #expect(batch.answer(stream)?.body == Array("value".utf8)) }
            #expect(gateway.redis.command("INFO", "commandstats").contains("cmdstat_get:calls=\(Self.count),"))
            #expect(try Self.shared(gateway) == 0)
        }

        @Test("a read sees every write that came before it, and none that came after")
        func order() throws {
            let gateway = try Self.gateway()
            let batch = try #require(HTTP2Batch(port: gateway.baton.port))
            let others = try #require(HTTP2Batch(port: gateway.baton.port))
            var random = SplitMix(state: 11)
            // The same last eight bytes and the same length; and one that is as long as these.
            let keys = ["a:commonend", "b:commonend", "commonend"]
            var model: [String: String] = [:]
            for round in 0..<200 {
                var expected: [(stream: UInt32, status: Int, body: String?)] = []
                let noise = (0..<5).map { _ in others.add("GET", "/v1/strings/\(keys[0])") }
                for step in 0..<Int.random(in: 1...60, using: &random) {
                    let key = keys[Int.random(in: 0..<3, using: &random)]
                    let path = "/v1/strings/\(key)"
                    switch Int.random(in: 0..<12, using: &random) {
                    case 0:
                        let value = "\(round).\(step)"
                        let status = model.updateValue(value, forKey: key) == nil ? 201 : 204
                        expected.append((batch.add("PUT", path, body: Array(value.utf8)), status, nil))
                    case 1:
                        let status = model.removeValue(forKey: key) == nil ? 404 : 204
                        expected.append((batch.add("DELETE", path), status, nil))
                    case 2:
                        let body = Array(#"{"command":["APPEND","\#(key)","+"]}"#.utf8)
                        model[key, default: ""] += "+"
                        expected.append((batch.add("POST", "/v1/commands", body: body), 200, nil))
                    default:
                        let value = model[key]
                        expected.append((batch.add("GET", path), value == nil ? 404 : 200, value))
                    }
                }
                others.send()
                batch.send()
                for (stream, status, body) in expected {
                    let answer = try #require(batch.answer(stream))
                    #expect(answer.status == status)
                    if let body { #expect(String(decoding: answer.body, as: UTF8.self) == body) }
                }
                for stream in noise { #expect([200, 404].contains(others.answer(stream)?.status)) }
            }
            #expect(try Self.shared(gateway) > 500)
        }

        @Test("whoever goes away takes nobody along", arguments: [[0], [1], [59], [0, 1, 2, 30], Array(0..<59)])
        func resets(gone: [Int]) throws {
            let gateway = try Self.gateway()
            _ = gateway.redis.command("SET", "k", "value")
            let batch = try #require(HTTP2Batch(port: gateway.baton.port))
            let other = try #require(HTTP2Batch(port: gateway.baton.port))
            // Nothing is answered before all has been read.
            gateway.redis.kill(SIGSTOP)
            let streams = Self.reads(batch, "k")
            for index in gone { batch.reset(streams[index]) }
            batch.send()
            let others = Self.reads(other, "k", 3)
            other.send()
            #expect(Wait.until(seconds: 5) { (try? Self.shared(gateway)) ?? 0 > 0 })
            gateway.redis.kill(SIGCONT)
            for (index, stream) in streams.enumerated() where !gone.contains(index) {
                #expect(batch.answer(stream)?.status == 200)
            }
            for stream in others { #expect(other.answer(stream)?.body == Array("value".utf8)) }
            // Nothing is left of them.
            let last = Self.reads(batch, "k", 3)
            batch.send()
            for stream in last { #expect(batch.answer(stream)?.status == 200) }
            #expect(Wait.until(seconds: 5) { Self.inFlight(gateway) == 1 })
        }

        /// Requests being worked on, the one that asks among them.
        private static func inFlight(_ gateway: Gateway) -> Int? {
            guard let metrics = (try? gateway.http1())?.request("GET", "/metrics") else { return nil }
            let line = String(decoding: metrics.body, as: UTF8.self).split(separator: "\n").first {
                $0.hasPrefix("baton_http_requests_in_flight ")
            }
            return line?.split(separator: " ").last.flatMap { Int($0) }
        }

        @Test("connections of both versions that close take nobody along")
        func closing() throws {
            let gateway = try Self.gateway()
            _ = gateway.redis.command("SET", "k", "value")
            for _ in 0..<60 {
                var leaving = HTTP2Batch(port: gateway.baton.port)
                var short = HTTP1TestClient(port: gateway.baton.port)
                let staying = try #require(HTTP2Batch(port: gateway.baton.port))
                let long = try #require(HTTP1TestClient(port: gateway.baton.port))
                _ = leaving.map { Self.reads($0, "k", 20) }
                let streams = Self.reads(staying, "k", 20)
                short?.send("GET", "/v1/strings/k")
                leaving?.send()
                staying.send()
                long.send("GET", "/v1/strings/k")
                (leaving, short) = (nil, nil)
                for stream in streams { #expect(staying.answer(stream)?.status == 200) }
                #expect(long.response()?.status == 200)
            }
            #expect(Wait.until(seconds: 5) { Self.inFlight(gateway) == 1 })
            #expect(try Self.shared(gateway) > 300)
        }

        @Test("what is no value is told to each", arguments: [("list", 409), ("missing", 404)])
        func problems(key: String, status: Int) throws {
            let gateway = try Self.gateway()
            _ = gateway.redis.command("RPUSH", "list", "a")
            let batch = try #require(HTTP2Batch(port: gateway.baton.port))
            let streams = Self.reads(batch, key)
            batch.send()
            var identities: Set<String> = []
            for stream in streams {
                let answer = try #require(batch.answer(stream))
                #expect(answer.status == status)
                #expect(answer.fields["content-type"] == "application/problem+json")
                #expect(answer.member("instance")?.contains(answer.fields["x-request-id"] ?? "none") == true)
                identities.insert(answer.fields["x-request-id"] ?? "")
            }
            #expect(identities.count == Self.count)
            #expect(try Self.shared(gateway) > Self.count / 2)
        }

        @Test("a Redis that stands still ends all at the deadline, and one that is killed and comes back answers all")
        func outage() throws {
            let gateway = try Self.gateway("--command-timeout", "3s")
            _ = gateway.redis.command("SET", "k", "value")
            let batch = try #require(HTTP2Batch(port: gateway.baton.port))
            gateway.redis.kill(SIGSTOP)
            let late = Self.reads(batch, "k")
            batch.send()
            for stream in late { #expect(batch.answer(stream)?.status == 504) }
            let lost = Self.reads(batch, "k")
            batch.send()
            #expect(Wait.until(seconds: 5) { (try? Self.shared(gateway)) ?? 0 > Self.count })
            gateway.redis.kill(SIGKILL)
            try gateway.redis.start()
            for stream in lost { #expect(batch.answer(stream)?.body == Array("value".utf8)) }
        }
    }
}
