// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import MaintenanceLab
import TestKit
import Testing

extension Integration {
    /// `/v1/maintenance/events`, over real sockets.
    @Suite("Maintenance events")
    struct MaintenanceEventTests {
        /// Begins a stream over HTTP/1.1.
        private static func open(_ port: Int, since id: String? = nil) throws -> RawConnection {
            let connection = try #require(RawConnection(port: port))
            let field = id.map { "Last-Event-ID: \($0)\r\n" } ?? ""
            connection.send("GET /v1/maintenance/events HTTP/1.1\r\nHost: localhost\r\n\(field)\r\n")
            return connection
        }

        /// Reads until the text holds something; fails after 10 s.
        private static func read(_ connection: RawConnection, until part: String) throws -> String {
            var text = ""
            while !text.contains(part) {
                let bytes = try #require(connection.receive(seconds: 10), "no \(part) in \(text)")
                try #require(!bytes.isEmpty, "closed without \(part): \(text)")
                text += String(decoding: bytes, as: UTF8.self)
            }
            return text
        }

        /// The values of all `id:` lines.
        private static func ids(_ text: String) -> [String] {
            text.split(separator: "\n").filter { $0.hasPrefix("id: ") }.map { String($0.dropFirst(4)) }
        }

        /// Moves the connections to a new endpoint of the lab, by hand.
        private static func move(_ gateway: MaintainedGateway) async throws {
            let next = try await gateway.lab.open(backend: gateway.backend)
            let client = try await gateway.http2()
            let body = #"{"upstream":"main","target":"\#(next.address)","grace_ms":5000}"#
            let posted = try await client.request(
                "POST", "/v1/maintenance/handoffs", fields: [("content-type", "application/json")],
                body: Array(body.utf8))
            #expect(posted.status == 202, "\(posted.text)")
        }

        @Test("a picture, then each change once with its revision, and only what was missed after a break")
        func events() async throws {
            try await MaintainedGateway.with("--event-loops", "2") { gateway in
                let port = gateway.baton.port
                let first = try Self.open(port)
                let begin = try Self.read(first, until: "\n\n\r\n")
                #expect(begin.contains("content-type: text/event-stream"))
                #expect(begin.contains("transfer-encoding: chunked"))
                #expect(begin.contains("retry: 1000\n\nevent: snapshot\nid: "))
                try await Self.move(gateway)
                let changes = try Self.read(first, until: #""phase":"done""#)
                let ids = Self.ids(changes)
                #expect(ids.count >= 4)
                #expect(ids.count == Set(ids).count, "each revision once: \(ids)")
                #expect(changes.components(separatedBy: #""phase":"waiting""#).count == 2)
                let start = try #require(Self.ids(begin).first)
                let missed = try Self.read(try Self.open(port, since: start), until: #""phase":"done""#)
                #expect(!missed.contains("event: snapshot"))
                #expect(Self.ids(missed).prefix(ids.count) == ids[...])
                let other = try Self.read(try Self.open(port, since: "0-1"), until: "\n\n\r\n")
                #expect(other.contains("event: snapshot"), "a revision of another process")
            }
        }

        @Test("over HTTP/2 a stream keeps nothing back, and curl can read it")
        func http2() async throws {
            let gateway = try Gateway()
            let url = "http://127.0.0.1:\(gateway.baton.port)"
            let curl = try run(
                "curl", ["-sN", "--http2-prior-knowledge", "-m", "1", "\(url)/v1/maintenance/events"])
            #expect(curl.status == 28, "it goes on until curl has enough")
            #expect(curl.output.hasPrefix("retry: 1000\n\nevent: snapshot\nid: "))
            #expect(curl.output.hasSuffix("}\n\n"))
        }

        @Test("the drain ends every stream in order, and new ones are refused")
        func drain() throws {
            let gateway = try Gateway("--drain-delay", "1s")
            let stream = try Self.open(gateway.baton.port)
            _ = try Self.read(stream, until: "event: snapshot")
            gateway.baton.signal(SIGTERM)
            _ = try Self.read(stream, until: "0\r\n\r\n")
            let refused = try #require(
                HTTP1TestClient(port: gateway.baton.port)?.request("GET", "/v1/maintenance/events"))
            #expect(refused.status == 503)
            #expect(gateway.baton.exitStatus() == 0)
        }

        @Test("streams are bounded in number")
        func limit() throws {
            let gateway = try Gateway("--maintenance-watchers-maximum", "2")
            let port = gateway.baton.port
            var streams = [try Self.open(port), try Self.open(port)]
            for stream in streams { _ = try Self.read(stream, until: "event: snapshot") }
            #expect(HTTP1TestClient(port: port)?.request("GET", "/v1/maintenance/events")?.status == 503)
            streams.removeLast()
            // The one that has gone makes room, as soon as its end has been seen.
            let hasRoom = Wait.until(seconds: 10) {
                guard let stream = try? Self.open(port), let bytes = stream.receive(seconds: 5) else { return false }
                return String(decoding: bytes, as: UTF8.self).hasPrefix("HTTP/1.1 200")
            }
            #expect(hasRoom)
        }

        @Test("a subscriber that does not read is told so and ended")
        func slowSubscriber() async throws {
            try await MaintainedGateway.with("--queued-output", "512B") { gateway in
                let slow = try #require(RawConnection(port: gateway.baton.port))
                // A window of nothing.
                slow.send(
                    HTTP2Bytes.preface + HTTP2Bytes.frame(4, 0, 0, [0, 4] + HTTP2Bytes.bytes(0))
                        + HTTP2Bytes.headers(1, "/v1/maintenance/events"))
                // HEADERS with END_HEADERS: the stream has begun.
                _ = try Self.read(slow, until: "\u{1}\u{4}\0\0\0\u{1}")
                try await Self.move(gateway)
                let watcher = try Self.open(gateway.baton.port, since: "0-1")
                _ = try Self.read(watcher, until: #""phase":"done""#)
                slow.send(
                    HTTP2Bytes.frame(8, 0, 0, HTTP2Bytes.bytes(1 << 20))
                        + HTTP2Bytes.frame(8, 0, 1, HTTP2Bytes.bytes(1 << 20)))
                let text = try Self.read(slow, until: "event: overflow\ndata: {}\n\n")
                #expect(text.contains("event: snapshot"))
                #expect(!text.contains(#""phase":"done""#), "what came after the limit is not there")
            }
        }
    }
}
