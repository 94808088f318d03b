// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import MaintenanceLab
import NIOCore
import TestKit
import Testing

extension Integration {
    @Suite("Answers that go on")
    struct FeedTests {
        private static let events = ["Accept": "text/event-stream"]

        private func add(_ redis: RedisServerProcess, _ numbers: Range<Int>, key: String = "s") {
            for number in numbers { _ = redis.command("XADD", key, "*", "n", "\(number)") }
        }

        private func populate(_ redis: RedisServerProcess, _ count: Int) {
            let script = "for i = 1, ARGV[1] do redis.call('SET', 'key-with-a-name-that-takes-some-room-' .. i, '') end"
            _ = redis.command("EVAL", script, "0", "\(count)")
        }

        private func blocked(_ redis: RedisServerProcess) -> Int {
            let line = redis.command("INFO", "clients").split(separator: "\r\n").first {
                $0.hasPrefix("blocked_clients:")
            }
            return line.flatMap { Int($0.dropFirst("blocked_clients:".count)) } ?? -1
        }

        @Test("the whole scan as lines, over both versions, under a reader that stops")
        func scan() async throws {
            let gateway = try Gateway()
            let port = gateway.baton.port
            self.populate(gateway.redis, 20_000)
            _ = gateway.redis.command("SET", "\n\"", "x")
            for flag in ["--http1.1", "--http2-prior-knowledge"] {
                let output = try run(
                    "curl",
                    ["-sN", flag, "-H", "Accept: application/x-ndjson", "http://127.0.0.1:\(port)/v1/keys?count=1000"]
                ).output
                let lines = output.split(separator: "\n")
                #expect(Set(lines).count == 20_001 && lines.count >= 20_001)
                #expect(lines.allSatisfy { $0.hasPrefix("{\"key\":\"") && $0.hasSuffix("\"}") })
                #expect(lines.contains(#"{"key":"\n\""}"#))
            }
            // Who does not read holds a page or two, not all.
            let stalled = try (0..<5).map { _ in try #require(RawConnection(port: port)) }
            for connection in stalled {
                connection.send(
                    "GET /v1/keys?count=1000 HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson\r\n\r\n")
            }
            let client = try await gateway.http2()
            for _ in 0..<50 { #expect(try await client.request("GET", "/v1/strings/none").status == 404) }
            let calls = gateway.redis.command("INFO", "commandstats").split(separator: "\r\n")
            let scans = try #require(calls.first { $0.hasPrefix("cmdstat_scan:calls=") })
            let count = Int(scans.dropFirst("cmdstat_scan:calls=".count).prefix { $0 != "," }) ?? 0
            #expect(count < 2 * 22 + 5 * 21, "all of it was read for those who do not read")
            for connection in stalled {
                var body: [UInt8] = []
                while !body.suffix(5).elementsEqual(Array("0\r\n\r\n".utf8)), let bytes = connection.receive(),
                    !bytes.isEmpty
                {
                    body += bytes
                }
                #expect(body.count { $0 == UInt8(ascii: "{") } >= 20_001)
            }
            client.close()
        }

        @Test("a scan of a server that goes away ends with a line that says so")
        func brokenScan() async throws {
            let gateway = try Gateway("--command-timeout", "500ms")
            self.populate(gateway.redis, 200_000)
            let connection = try #require(RawConnection(port: gateway.baton.port))
            connection.send(
                "GET /v1/keys?count=1000 HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson\r\n\r\n")
            var text = String(decoding: try #require(connection.receive()), as: UTF8.self)
            gateway.redis.kill(SIGKILL)
            while !text.hasSuffix("0\r\n\r\n"), let bytes = connection.receive(), !bytes.isEmpty {
                text += String(decoding: bytes, as: UTF8.self)
            }
            #expect(text.contains("{\"error\":{\"type\":"), "\(text.suffix(300))")
        }

        @Test("entries: old ones, new ones, and exactly those behind Last-Event-ID; one reader blocks for all")
        func entries() async throws {
            let gateway = try Gateway()
            let port = gateway.baton.port
            self.add(gateway.redis, 0..<250)
            let all = try EventStream(port, "/v1/streams/s/entries?start=-", fields: Self.events)
            let new = try (0..<20).map { _ in try EventStream(port, "/v1/streams/s/entries", fields: Self.events) }
            try all.read(until: "\"249\"")
            #expect(Wait.until(seconds: 5) { self.blocked(gateway.redis) == 1 })
            self.add(gateway.redis, 250..<400)
            // With its end, which is where its id counts.
            try all.read(until: "\"399\"", isWhole: true)
            #expect(all.entries == Array(0..<400))
            for stream in new {
                try stream.read(until: "\"399\"")
                #expect(stream.entries == Array(250..<400))
            }
            let again = try EventStream(
                port, "/v1/streams/s/entries", fields: Self.events.merging(["Last-Event-ID": all.lastID ?? ""]) { $1 })
            self.add(gateway.redis, 400..<410)
            try again.read(until: "\"409\"")
            #expect(again.entries == Array(400..<410))
            #expect(Wait.until(seconds: 5) { self.blocked(gateway.redis) == 1 })
            let wrong = try gateway.http1()
            _ = gateway.redis.command("SET", "text", "x")
            let refused = try #require(
                wrong.request("GET", "/v1/streams/text/entries", fields: ["Accept": "text/event-stream"]))
            #expect(refused.status == 409)
        }

        @Test("when the one that reads goes, another takes its place; when all have gone, nobody reads")
        func leaders() async throws {
            let gateway = try Gateway()
            let port = gateway.baton.port
            var streams = try (0..<10).map { _ in try EventStream(port, "/v1/streams/s/entries", fields: Self.events) }
            for round in 0..<9 {
                self.add(gateway.redis, round * 10..<round * 10 + 10)
                for stream in streams { try stream.read(until: "\"\(round * 10 + 9)\"") }
                #expect(Wait.until(seconds: 5) { self.blocked(gateway.redis) == 1 })
                streams.removeFirst()
            }
            let last = try #require(streams.first)
            #expect(last.entries == Array(0..<90))
            streams = []
        }

        /// What the DATA frames among HTTP/2 frames hold.
        private static func data(of bytes: [UInt8]) -> String {
            var data: [UInt8] = []
            var index = 0
            while index + 9 <= bytes.count {
                let length = Int(bytes[index]) << 16 | Int(bytes[index + 1]) << 8 | Int(bytes[index + 2])
                let end = min(index + 9 + length, bytes.count)
                if bytes[index + 3] == 0 { data += bytes[(index + 9)..<end] }
                index += 9 + length
            }
            return String(decoding: data, as: UTF8.self)
        }

        @Test("a reader that stops keeps nobody back, and misses nothing")
        func slowReader() throws {
            let gateway = try Gateway()
            let port = gateway.baton.port
            // It comes first, and so is the one that reads; its window of nothing holds everything back.
            let slow = try #require(RawConnection(port: port))
            slow.send(
                HTTP2Bytes.preface + HTTP2Bytes.frame(4, 0, 0, [0, 4] + HTTP2Bytes.bytes(0))
                    + HTTP2Bytes.frame(
                        1, 5, 1,
                        HTTP2Bytes.block("/v1/streams/s/entries?start=-")
                            + [0, 6] + Array("accept".utf8) + [17] + Array("text/event-stream".utf8)))
            #expect(Wait.until(seconds: 5) { self.blocked(gateway.redis) == 1 })
            let streams = try (0..<3).map { _ in try EventStream(port, "/v1/streams/s/entries", fields: Self.events) }
            let filling = String(repeating: "x", count: 10_000)
            for number in 0..<100 { _ = gateway.redis.command("XADD", "s", "*", "n", "\(number)", "filling", filling) }
            for stream in streams {
                try stream.read(until: "\"99\"")
                #expect(stream.entries == Array(0..<100))
            }
            slow.send(
                HTTP2Bytes.frame(8, 0, 0, HTTP2Bytes.bytes(1 << 24))
                    + HTTP2Bytes.frame(8, 0, 1, HTTP2Bytes.bytes(1 << 24)))
            var bytes: [UInt8] = []
            var text = ""
            while !text.contains("[[\"n\",\"99\"") {
                let more = try #require(slow.receive(seconds: 5))
                try #require(!more.isEmpty)
                bytes += more
                text = Self.data(of: bytes)
            }
            let numbers = text.split(separator: "[[\"n\",\"").dropFirst().compactMap { Int($0.prefix { $0 != "\"" }) }
            #expect(numbers == Array(0..<100))
            self.add(gateway.redis, 100..<110)
            for stream in streams { try stream.read(until: "\"109\"") }
        }

        @Test("exact through lost connections, a killed server and announced moves")
        func losses() async throws {
            try await MaintainedGateway.with { gateway in
                let port = gateway.baton.port
                let streams = try (0..<5).map { _ in
                    try EventStream(port, "/v1/streams/s/entries?start=-", fields: Self.events)
                }
                var endpoint = gateway.endpoint
                for round in 0..<6 {
                    self.add(gateway.redis, round * 50..<round * 50 + 25)
                    switch round % 3 {
                    case 0: _ = gateway.redis.command("CLIENT", "KILL", "TYPE", "normal")
                    case 1:
                        let next = try await gateway.lab.open(host: "127.0.0.2", backend: gateway.backend)
                        try await gateway.lab.push(
                            .moving(sequence: Int64(round), time: 2, target: next.address), to: .optedIn(endpoint))
                        endpoint = next
                    default:
                        gateway.redis.kill(SIGKILL)
                        try gateway.redis.start()
                    }
                    self.add(gateway.redis, round * 50 + 25..<round * 50 + 50)
                    for stream in streams { try stream.read(until: "\"\(round * 50 + 49)\"") }
                }
                for stream in streams { #expect(stream.entries == Array(0..<300)) }
            }
        }
    }
}
