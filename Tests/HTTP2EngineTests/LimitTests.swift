// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine
import HTTPCore
import NIOCore
import Testing

@Suite("Limits")
struct LimitTests {
    /// What the four pseudo-header fields of ``Connection/fields(_:_:_:)`` count with a path of `pathBytes`.
    private static func decodedBytes(pathBytes: Int, further: [(String, String)] = []) -> Int {
        let path = String(repeating: "p", count: pathBytes)
        return Connection.fields("GET", path, further).reduce(0) { $0 + $1.0.utf8.count + $1.1.utf8.count + 32 }
    }

    private static func outcome(_ limits: HTTP2Limits, path: String, _ further: [(String, String)] = []) throws -> Seen?
    {
        let connection = try Connection.established(limits: limits)
        try connection.request(1, "GET", path, further)
        return connection.seen.first
    }

    @Test("Header bytes", arguments: [-1, 0, 1])
    func headerBytes(difference: Int) throws {
        var limits = HTTP2Limits()
        limits.headerBytes = 1000
        let value = String(
            repeating: "v", count: 1000 - Self.decodedBytes(pathBytes: 1, further: [("x", "")]) + difference)
        let seen = try Self.outcome(limits, path: "/", [("x", value)])
        #expect(seen == (difference > 0 ? .rejected(1, .headerFieldsTooLarge) : .request(1)))
    }

    @Test("Header fields, cookie crumbs included", arguments: [-1, 0, 1])
    func headerFields(difference: Int) throws {
        var limits = HTTP2Limits()
        limits.headerFields = 10
        let crumbs = Array(repeating: ("cookie", "a=b"), count: 6 + difference)
        let seen = try Self.outcome(limits, path: "/", crumbs)
        #expect(seen == (difference > 0 ? .rejected(1, .headerFieldsTooLarge) : .request(1)))
    }

    @Test("Target bytes", arguments: [-1, 0, 1])
    func targetBytes(difference: Int) throws {
        var limits = HTTP2Limits()
        limits.targetBytes = 100
        let seen = try Self.outcome(limits, path: "/" + String(repeating: "p", count: 99 + difference))
        #expect(seen == (difference > 0 ? .rejected(1, .targetTooLong) : .request(1)))
    }

    @Test("Header bytes of all open streams together", arguments: [-1, 0, 1])
    func connectionHeaderBytes(difference: Int) throws {
        var limits = HTTP2Limits()
        let one = Self.decodedBytes(pathBytes: 1)
        limits.connectionHeaderBytes = 3 * one - difference
        let connection = try Connection.established(limits: limits)
        try connection.request(1, "GET", "/")
        try connection.request(3, "GET", "/")
        guard difference > 0 else {
            try connection.request(5, "GET", "/")
            #expect(connection.seen == [.request(1), .request(3), .request(5)])
            return
        }
        #expect(throws: EngineError.abusive(.connectionHeaderBytes)) { try connection.request(5, "GET", "/") }
        try Self.expectGoAway(connection, reason: 0xb)
        #expect(throws: EngineError.abusive(.connectionHeaderBytes)) { try connection.send(.ping()) }
    }

    @Test("Header bytes of a stream are forgotten when it ends, however it ends")
    func connectionHeaderBytesReturn() throws {
        var limits = HTTP2Limits()
        limits.connectionHeaderBytes = 2 * Self.decodedBytes(pathBytes: 1)
        limits.resets = 1000
        let connection = try Connection.established(limits: limits)
        for index in 0..<300 {
            let stream = Int32(index * 2 + 1)
            switch index % 3 {
            case 0:
                try connection.request(stream, "GET", "/")
                try connection.respond(stream)
            case 1:
                try connection.request(stream, "GET", "/", end: false)
                try connection.send(.reset(stream))
            default:
                let block = Frame.literalBlock([(":method", "GET"), ("X-Upper", "1")])
                try connection.send(.headers(stream, block: block, end: true))
            }
            _ = try connection.frames()
        }
        #expect(connection.session.openStreams == 0)
        #expect(connection.seen.count == 400)
    }

    @Test("The body, as it comes", arguments: [-1, 0, 1])
    func bodyBytes(difference: Int) throws {
        var limits = HTTP2Limits()
        limits.bodyBytes = 100
        let connection = try Connection.established(limits: limits)
        try connection.request(1, "POST", "/", end: false)
        try connection.send(.data(1, ByteBuffer(repeating: 1, count: 50)))
        try connection.send(.data(1, ByteBuffer(repeating: 1, count: 50 + difference), end: true))
        if difference > 0 {
            #expect(connection.seen == [.headers(1), .data(1, 50), .rejected(1, .bodyTooLarge)])
            try connection.send(.ping())
            try connection.respond(1, Response(status: 413))
            #expect(try connection.frames().map(\.kind) == [.ping, .headers])
            #expect(connection.seen.last == .closed(1))
        } else {
            #expect(connection.seen.last == .request(1))
        }
    }

    @Test("The body, as it is announced", arguments: ["99", "100", "101", "9223372036854775807"])
    func contentLength(value: String) throws {
        var limits = HTTP2Limits()
        limits.bodyBytes = 100
        let connection = try Connection.established(limits: limits)
        try connection.request(1, "POST", "/", [("content-length", value)], end: false)
        #expect(connection.seen == (value.count > 2 && value != "100" ? [.rejected(1, .bodyTooLarge)] : [.headers(1)]))
    }

    @Test("A rejected request says nothing more, and its answer is followed by RST_STREAM(NO_ERROR)")
    func rejected() throws {
        var limits = HTTP2Limits()
        limits.bodyBytes = 100
        let connection = try Connection.established(limits: limits)
        try connection.request(1, "POST", "/", [("content-length", "101")], end: false)
        try connection.send(.data(1, ByteBuffer(repeating: 1, count: 100)))
        #expect(connection.seen == [.rejected(1, .bodyTooLarge)])
        #expect(connection.streams[1]?.body.readableBytes == 0)
        try connection.respond(1, Response(status: 413, body: ByteBuffer(string: "no")))
        let frames = try connection.frames()
        #expect(frames.map(\.kind) == [.headers, .data, .resetStream])
        #expect(frames.last?.word == 0)
        #expect(connection.seen == [.rejected(1, .bodyTooLarge), .closed(1)])
    }

    @Test("Fields of a rejected request still reach the compression table")
    func tableInStep() throws {
        var limits = HTTP2Limits()
        limits.headerFields = 6
        let connection = try Connection.established(limits: limits)
        let fields = (0..<5).map { ("x-\($0)", "value-\($0)") } + [("range", "bytes=1-2")]
        try connection.request(1, "GET", "/", fields)
        #expect(connection.seen == [.rejected(1, .headerFieldsTooLarge)])
        // Indexed now by the client.
        try connection.request(3, "GET", "/", [("x-4", "value-4"), ("range", "bytes=1-2")])
        #expect(connection.streams[3]?.fields.string(.range) == "bytes=1-2")
    }

    @Test("Trailers count against the header limits")
    func trailers() throws {
        var limits = HTTP2Limits()
        limits.headerFields = 6
        let connection = try Connection.established(limits: limits)
        try connection.request(1, "POST", "/", end: false)
        let block = try connection.block([("a", "1"), ("b", "2"), ("c", "3")])
        try connection.send(.headers(1, block: block, end: true))
        #expect(connection.seen == [.headers(1), .rejected(1, .headerFieldsTooLarge)])
    }

    @Test("More streams than allowed are refused, and end the connection once SETTINGS was acknowledged")
    func concurrentStreams() throws {
        var limits = HTTP2Limits()
        limits.concurrentStreams = 3
        let connection = try Connection.established(limits: limits)
        for stream: Int32 in [1, 3, 5] { try connection.request(stream) }
        #expect(connection.session.openStreams == 3)
        try connection.request(7)
        #expect(connection.session.openStreams == 3)
        try Self.expectGoAway(connection, reason: 1)
        #expect(connection.session.connectionError == 1)

        let early = try Connection(limits: limits)
        try early.receive(Frame.preface)
        try early.send(.settings())
        for stream: Int32 in [1, 3, 5, 7] { try early.request(stream) }
        let refused = try early.frames().filter { $0.kind == .resetStream }
        #expect(refused.map(\.stream) == [7])
        #expect(refused.map(\.word) == [7])
        #expect(early.session.openStreams == 3)
    }

    @Test("A window's size is what the limits say")
    func windows() throws {
        var limits = HTTP2Limits()
        limits.streamWindow = 70_000
        limits.connectionWindow = 80_000
        let connection = try Connection.established(limits: limits)
        #expect(connection.connectionCredit == 80_000)
        try connection.request(1, "POST", "/", end: false)
        for _ in 0..<7 { try connection.send(.data(1, ByteBuffer(repeating: 1, count: 10_000))) }
        #expect(try connection.frames().isEmpty)
        try connection.send(.data(1, ByteBuffer(repeating: 1, count: 1)))
        let first = try #require(try connection.frames().first)
        #expect(first.kind == .resetStream)
        #expect(first.word == 3)
    }

    static func expectGoAway(_ connection: Connection, reason: UInt32) throws {
        let goAway = try #require(try connection.frames().last { $0.kind == .goAway })
        #expect(goAway.secondWord == reason)
        #expect(connection.session.isFinished)
    }
}
