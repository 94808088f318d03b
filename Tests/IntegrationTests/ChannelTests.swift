// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import MaintenanceLab
import NIOCore
import TestKit
import Testing

extension Integration {
    @Suite("Channels")
    struct ChannelTests {
        private static func subscriptions(_ redis: RedisServerProcess, _ channel: String) -> String {
            redis.command("PUBSUB", "NUMSUB", channel)
        }

        @Test("messages of channels, patterns and shard channels, binary ones too, over both versions")
        func messages() async throws {
            let gateway = try Gateway()
            let port = gateway.baton.port
            let channel = try EventStream(port, "/v1/channels/a%2Fb%0A/messages")
            let pattern = try EventStream(port, "/v1/patterns/a%2A/messages")
            let shard = try EventStream(port, "/v1/shard-channels/a%2Fb%0A/messages")
            let client = try await gateway.http2()
            for body in [Array("line\nbreak \"x\"".utf8), [0xFF, 0], []] {
                let posted = try await client.request("POST", "/v1/channels/a%2Fb%0A/messages", body: body)
                #expect(posted.status == 200 && posted.text == "{\"receivers\":2}")
            }
            #expect(
                try await client.request("POST", "/v1/shard-channels/a%2Fb%0A/messages", body: Array("s".utf8)).text
                    == "{\"receivers\":1}")
            try channel.read(until: #"{"channel":"a/b\n","message":""}"#)
            #expect(
                channel.text.contains(
                    "event: message\ndata: {\"channel\":\"a/b\\n\",\"message\":\"line\\nbreak \\\"x\\\"\"}\n\n"))
            #expect(channel.text.contains(#""message":{"base64":"/wA="}"#))
            try pattern.read(until: #"{"pattern":"a*","channel":"a/b\n","message":""}"#)
            try shard.read(until: #""message":"s"}"#)
            client.close()
            let curl = try run(
                "curl",
                ["-sN", "--http2-prior-knowledge", "-m", "1", "http://127.0.0.1:\(port)/v1/channels/x/messages"])
            #expect(curl.status == 28 && curl.output == "retry: 1000\n\n")
        }

        @Test("several channels or patterns by one request, each message once")
        func several() throws {
            let gateway = try Gateway()
            let port = gateway.baton.port
            let channels = try EventStream(port, "/v1/channels/a/messages?channel=b&channel=%FF&channel=a")
            let patterns = try EventStream(port, "/v1/patterns/a%2A/messages?pattern=b%2A")
            for (channel, number) in [("a", "1"), ("b", "2"), ("c", "3"), ("a", "4")] {
                _ = gateway.redis.command("PUBLISH", channel, number)
            }
            try channels.read(until: "\"message\":\"4\"}")
            try patterns.read(until: "\"message\":\"4\"}")
            #expect(channels.numbers == [1, 2, 4] && patterns.numbers == [1, 2, 4])
            let client = try gateway.http1()
            for (count, status) in [(98, 200), (99, 200), (100, 400)] {
                let more = (1...count).map { "channel=c\($0)" }.joined(separator: "&")
                if status == 200 {
                    _ = try EventStream(port, "/v1/channels/a/messages?\(more)")
                } else {
                    #expect(client.request("GET", "/v1/channels/a/messages?\(more)")?.status == status)
                }
            }
            #expect(client.request("GET", "/v1/channels/a/messages?pattern=x")?.status == 400)
        }

        @Test("one subscription at Redis serves all subscribers of a loop, and ends with the last")
        func sharing() async throws {
            let gateway = try Gateway()
            var streams = try (0..<50).map { _ in try EventStream(gateway.baton.port, "/v1/channels/c/messages") }
            #expect(Self.subscriptions(gateway.redis, "c").hasSuffix(":1\r\n"))
            for number in 0..<100 { #expect(gateway.redis.command("PUBLISH", "c", "\(number)") == ":1\r\n") }
            for stream in streams {
                try stream.read(until: "\"message\":\"99\"}")
                #expect(stream.numbers == Array(0..<100))
            }
            streams.removeAll()
            // Found to have gone by the next message.
            #expect(
                Wait.until(seconds: 10) {
                    _ = gateway.redis.command("PUBLISH", "c", "x")
                    return Self.subscriptions(gateway.redis, "c").hasSuffix(":0\r\n")
                })
        }

        @Test("a lost connection to Redis is told as a gap, and messages come again after it")
        func gap() throws {
            let gateway = try Gateway()
            let stream = try EventStream(gateway.baton.port, "/v1/channels/c/messages")
            #expect(gateway.redis.command("CLIENT", "KILL", "TYPE", "pubsub") == ":1\r\n")
            try stream.read(until: "event: gap\ndata: {\"reason\":\"connection-lost\",\"duration_ms\":")
            #expect(gateway.redis.command("PUBLISH", "c", "7") == ":1\r\n")
            try stream.read(until: "\"message\":\"7\"}")
            let metrics = try #require(HTTP1TestClient(port: gateway.baton.port)?.request("GET", "/metrics")).text
            #expect(
                metrics.contains("\nbaton_channel_subscribers 1\n")
                    && metrics.contains("\nbaton_channel_gaps_total 1\n"))
            #expect(metrics.contains("\nbaton_channel_deliveries_total 1\n"))
            #expect(HTTP1TestClient(port: gateway.baton.port)?.request("GET", "/readyz")?.status == 200)
        }

        @Test("a subscriber that does not read is told so and ended, and keeps nobody back")
        func slowSubscriber() throws {
            let gateway = try Gateway("--subscriber-queue", "1KiB")
            let slow = try #require(RawConnection(port: gateway.baton.port))
            // A window of nothing.
            slow.send(
                HTTP2Bytes.preface + HTTP2Bytes.frame(4, 0, 0, [0, 4] + HTTP2Bytes.bytes(0))
                    + HTTP2Bytes.headers(1, "/v1/channels/c/messages"))
            let stream = try EventStream(gateway.baton.port, "/v1/channels/c/messages")
            for number in 0..<100 { #expect(gateway.redis.command("PUBLISH", "c", "\(number)") == ":1\r\n") }
            try stream.read(until: "\"message\":\"99\"}")
            #expect(stream.numbers == Array(0..<100))
            #expect(
                Wait.until(seconds: 5) {
                    let text = HTTP1TestClient(port: gateway.baton.port)?.request("GET", "/metrics")?.text ?? ""
                    return text.contains("baton_http_limit_hits_total{limit=\"subscriber_queue\"} 1\n")
                })
            // The window opens: what was queued, and why it ends.
            slow.send(HTTP2Bytes.frame(8, 0, 1, HTTP2Bytes.bytes(1 << 20)))
            var text = ""
            while !text.contains("event: overflow\ndata: {}\n\n") {
                let bytes = try #require(slow.receive(seconds: 5))
                try #require(!bytes.isEmpty)
                text += String(decoding: bytes, as: UTF8.self)
            }
        }

        @Test("subscribers are bounded in number", arguments: [(1, 200), (2, 200), (3, 503)])
        func limit(number: Int, status: Int) throws {
            let gateway = try Gateway("--subscribers-maximum", "2")
            let streams = try (1..<number).map { _ in try EventStream(gateway.baton.port, "/v1/channels/c/messages") }
            let last = try #require(RawConnection(port: gateway.baton.port))
            last.send("GET /v1/channels/d/messages HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let head = String(decoding: try #require(last.receive(seconds: 5)), as: UTF8.self)
            #expect(head.hasPrefix("HTTP/1.1 \(status)"))
            #expect(streams.count == number - 1)
        }

        @Test("without Redis a subscription is not begun, and the drain ends those that are")
        func ends() throws {
            let gateway = try Gateway("--command-timeout", "300ms", "--drain-delay", "1s")
            let stream = try EventStream(gateway.baton.port, "/v1/channels/c/messages")
            gateway.redis.kill(SIGKILL)
            let refused = HTTP1TestClient(port: gateway.baton.port)?.request("GET", "/v1/channels/d/messages")
            #expect(refused?.status == 504)
            gateway.baton.signal(SIGTERM)
            try stream.read(until: "0\r\n\r\n")
            #expect(gateway.baton.exitStatus() == 0)
        }

        @Test("through a MOVING no published message is lost, and none comes twice")
        func moving() async throws {
            try await MaintainedGateway.with { gateway in
                let stream = try EventStream(gateway.baton.port, "/v1/channels/c/messages")
                var number = 0
                var current = gateway.endpoint
                for round in 1...3 {
                    let next = try await gateway.lab.open(
                        host: round % 2 == 0 ? "127.0.0.1" : "127.0.0.2", backend: gateway.backend)
                    try await gateway.lab.push(
                        .moving(sequence: Int64(round), time: 2, target: next.address), to: .optedIn(current))
                    let end = Wait.now() + 3
                    while Wait.now() < end, try await gateway.lab.counts(of: current).open > 0 {
                        _ = gateway.redis.command("PUBLISH", "c", "\(number)")
                        number += 1
                    }
                    #expect(try await gateway.lab.counts(of: current).open == 0)
                    current = next
                }
                _ = gateway.redis.command("PUBLISH", "c", "\(number)")
                try stream.read(until: "\"message\":\"\(number)\"}")
                #expect(stream.numbers == Array(0...number), "\(number) messages")
                #expect(!stream.text.contains("event: gap"))
            }
        }
    }
}
