// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine
import HTTPCore
import NIOCore
import Testing

@Suite("Requests and responses")
struct ExchangeTests {
    @Test("A session opens with SETTINGS, and a wider connection window")
    func opening() throws {
        let connection = try Connection()
        try connection.receive(Frame.preface)
        try connection.send(.settings())
        let frames = try connection.frames()
        #expect(frames.map(\.kind) == [.settings, .settings, .windowUpdate])
        let settings: [(UInt16, UInt32)] = [(3, 128), (4, 262_144), (6, 16_384), (9, 1)]
        #expect(frames[0].bytes == Frame.settings(settings).bytes)
        #expect(frames[1].flags == Frame.acknowledgement)
        #expect(frames[2].word == 1024 * 1024 - 65535)
    }

    @Test("GET: one event, one HEADERS and one DATA frame, then closed")
    func get() throws {
        let connection = try Connection.established()
        try connection.request(1, "GET", "/v1/strings/a?x=1", [("accept", "text/plain"), ("x-unknown", "1")])
        #expect(connection.seen == [.request(1)])
        let stream = try #require(connection.streams[1])
        #expect(stream.fields.string(.path) == "/v1/strings/a?x=1")
        #expect(stream.fields.string(.authority) == "localhost")
        #expect(stream.fields.string(.accept) == "text/plain")
        #expect(stream.fields.method == .get)
        #expect(stream.fields.fieldCount == 6)
        #expect(connection.session.openStreams == 1)

        try connection.respond(1)
        #expect(connection.session.queuedBytes == 2)
        let frames = try connection.frames()
        #expect(frames.map(\.kind) == [.headers, .data])
        let head = try connection.decode(frames[0])
        #expect(
            head == [
                ":status": "200", "content-type": "text/plain; charset=utf-8", "content-length": "2",
                "x-request-id": "0123456789abcdef",
            ])
        #expect(!frames[0].endsStream)
        #expect(frames[1].payload == ByteBuffer(string: "ok"))
        #expect(frames[1].endsStream)
        #expect(connection.seen == [.request(1), .closed(1)])
        #expect(connection.session.openStreams == 0)
        #expect(connection.session.queuedBytes == 0)
    }

    @Test("A whole response body arrives byte for byte", arguments: [1, 16_383, 16_384, 16_385, 65_535])
    func wholeBody(bytes: Int) throws {
        let connection = try Connection.established()
        try connection.request(1)
        let body = ByteBuffer(bytes: (0..<bytes).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try connection.respond(1, Response(status: 200, contentType: .octetStream, body: body))
        let frames = try connection.frames()
        #expect(frames.filter { $0.kind == .data }.allSatisfy { $0.payload.readableBytes <= 16_384 })
        #expect(Self.body(of: 1, in: frames) == body)
        #expect(connection.session.queuedBytes == 0)
        #expect(connection.seen.last == .closed(1))
    }

    @Test(
        "No body goes out for HEAD, 204 and 304",
        arguments: [("HEAD", 200, "5"), ("GET", 204, nil), ("GET", 304, nil), ("HEAD", 304, nil)]
            as [(
                String, Int, String?
            )])
    func bodiless(method: String, status: Int, length: String?) throws {
        let connection = try Connection.established()
        try connection.request(1, method)
        try connection.respond(1, Response(status: status, contentType: .json, body: ByteBuffer(string: "12345")))
        #expect(connection.session.queuedBytes == 0)
        let frames = try connection.frames()
        #expect(frames.map(\.kind) == [.headers])
        #expect(frames[0].endsStream)
        let head = try connection.decode(frames[0])
        #expect(head[":status"] == "\(status)")
        #expect(head["content-length"] == length)
        #expect(connection.seen == [.request(1), .closed(1)])
    }

    @Test("HEAD may state a length whose body is not at hand; an empty body is stated as 0")
    func statedLength() throws {
        let connection = try Connection.established()
        try connection.request(1, "HEAD")
        try connection.respond(1, Response(status: 200, contentLength: 1_234_567_890_123))
        try connection.request(3)
        try connection.respond(3, Response(status: 200))
        let frames = try connection.frames()
        #expect(frames.map(\.stream) == [1, 3])
        #expect(try connection.decode(frames[0])["content-length"] == "1234567890123")
        let head = try connection.decode(frames[1])
        #expect(head["content-length"] == "0")
        #expect(head["content-type"] == nil)
    }

    @Test("POST: headers, data, then the complete request")
    func post() throws {
        let connection = try Connection.established()
        try connection.request(1, "POST", "/v1/commands", [("content-length", "10")], end: false)
        #expect(connection.seen == [.headers(1)])
        try connection.send(.data(1, ByteBuffer(string: "01234")))
        try connection.send(.data(1, ByteBuffer(string: "56789"), end: true))
        #expect(connection.seen == [.headers(1), .data(1, 5), .data(1, 5), .request(1)])
        #expect(connection.streams[1]?.body == ByteBuffer(string: "0123456789"))
        #expect(connection.streams[1]?.isRequestComplete == true)
        try connection.respond(1)
        #expect(try connection.frames().map(\.kind) == [.headers, .data])
    }

    @Test("Data of one receive is reported once; an empty last DATA frame only completes the request")
    func coalescedData() throws {
        let connection = try Connection.established()
        try connection.request(1, "POST", "/", end: false)
        let part = ByteBuffer(string: "abc")
        try connection.send(.data(1, part), .data(1, part), .data(1, ByteBuffer(), end: true))
        #expect(connection.seen == [.headers(1), .data(1, 6), .request(1)])
    }

    @Test("Trailers are dropped and complete the request")
    func trailers() throws {
        let connection = try Connection.established()
        try connection.request(1, "POST", "/", end: false)
        try connection.send(.data(1, ByteBuffer(string: "x")))
        try connection.send(.headers(1, block: connection.block([("accept", "late")]), end: true))
        #expect(connection.seen == [.headers(1), .data(1, 1), .request(1)])
        #expect(connection.streams[1]?.fields.contains(.accept) == false)
        #expect(connection.streams[1]?.fields.fieldCount == 5)
    }

    @Test("100 (Continue) goes out before the response")
    func continues() throws {
        let connection = try Connection.established()
        try connection.request(1, "PUT", "/", [("expect", "100-continue")], end: false)
        let stream = try #require(connection.streams[1])
        try connection.session.sendContinue(to: stream)
        let first = try connection.frames()
        #expect(first.map(\.kind) == [.headers])
        #expect(!first[0].endsStream)
        #expect(try connection.decode(first[0]) == [":status": "100"])
        try connection.send(.data(1, ByteBuffer(string: "x"), end: true))
        try connection.respond(1)
        let second = try connection.frames()
        #expect(try connection.decode(second[0])[":status"] == "200")
    }

    @Test("Streams are answered in any order")
    func interleaved() throws {
        let connection = try Connection.established()
        for stream: Int32 in [1, 3, 5] { try connection.request(stream, "GET", "/\(stream)") }
        #expect(connection.seen == [.request(1), .request(3), .request(5)])
        for stream: Int32 in [5, 1, 3] {
            try connection.respond(stream, Response(status: 200, body: ByteBuffer(string: "of \(stream)")))
        }
        let frames = try connection.frames()
        for stream: Int32 in [1, 3, 5] {
            #expect(Self.body(of: stream, in: frames) == ByteBuffer(string: "of \(stream)"))
        }
        #expect(Set(connection.seen.suffix(3).map { "\($0)" }).count == 3)
        #expect(connection.session.openStreams == 0)
    }

    @Test("A part of a body is left where it lies from 4 KiB on", arguments: [-1, 0, 1])
    func bodyParts(difference: Int) throws {
        let connection = try Connection.established()
        let body = ByteBuffer(repeating: 7, count: BodyPart.minimumBytes + difference)
        try connection.request(1)
        try connection.respond(1, Response(status: 200, body: body))
        var output = ByteBuffer()
        var parts: ContiguousArray<BodyPart> = []
        try connection.session.drain(into: &output, parts: &parts, limit: .max)
        #expect(parts.count == (difference < 0 ? 0 : 1))
        #expect(parts.allSatisfy { $0.bytes == body && $0.offset == output.readableBytes })
        #expect((output.readableBytes > body.readableBytes) == parts.isEmpty)
    }

    @Test("Drain stops at its limit and goes on where it was", arguments: [false, true])
    func drainLimit(leavesParts: Bool) throws {
        let connection = try Connection.established(settings: [(4, 1 << 20)])
        try connection.send(.windowUpdate(0, by: 1 << 20))
        let body = ByteBuffer(repeating: 7, count: 200_000)
        for stream: Int32 in [1, 3] {
            try connection.request(stream)
            try connection.respond(stream, Response(status: 200, body: body))
        }
        var all: [Frame] = []
        var rounds = 0
        while connection.session.openStreams > 0, rounds < 100 {
            connection.leavesParts = leavesParts
            var output = try connection.drain(limit: 50_000)
            #expect(output.readableBytes < 50_000 + 16_384 + 9)
            #expect(!connection.session.hasStalledOutput)
            while let frame = Frame(from: &output) { all.append(frame) }
            #expect(output.readableBytes == 0)
            try connection.takeEvents()
            rounds += 1
        }
        #expect(rounds >= 7)
        #expect(Self.body(of: 1, in: all) == body)
        #expect(Self.body(of: 3, in: all) == body)
    }

    @Test("A second answer, an unusual status, or an answer to nothing is misuse")
    func misuse() throws {
        let connection = try Connection.established()
        try connection.request(1)
        let stream = try #require(connection.streams[1])
        #expect(throws: EngineError.misuse) { try connection.respond(1, Response(status: 101)) }
        #expect(throws: EngineError.misuse) { try connection.respond(1, Response(status: 600)) }
        try connection.respond(1)
        #expect(throws: EngineError.misuse) { try connection.respond(1) }
        #expect(throws: EngineError.misuse) { try connection.session.sendContinue(to: stream) }
        #expect(throws: EngineError.misuse) {
            try connection.session.respond(to: HTTP2Stream(), with: Response(status: 200), requestID: .made(1))
        }
    }

    @Test("Streams are used again, and nothing of the earlier request is left")
    func recycled() throws {
        let pool = HTTP2StreamPool()
        let connection = try Connection.established(pool: pool)
        try connection.request(1, "POST", "/old", [("range", "bytes=0-1")], end: false)
        try connection.send(.data(1, ByteBuffer(string: "old"), end: true))
        connection.streams[1]?.tag = 9
        try connection.respond(1)
        _ = try connection.frames()
        #expect(pool.count == 1)
        try connection.request(3, "GET", "/new")
        #expect(pool.count == 0)
        let stream = try #require(connection.streams[3])
        #expect(stream.tag == 0)
        #expect(stream.body.readableBytes == 0)
        #expect(!stream.fields.contains(.range))
        #expect(stream.fields.string(.path) == "/new")
    }

    static func body(of stream: Int32, in frames: [Frame]) -> ByteBuffer {
        var body = ByteBuffer()
        for frame in frames where frame.kind == .data && frame.stream == stream {
            body.writeImmutableBuffer(frame.payload)
        }
        return body
    }
}
