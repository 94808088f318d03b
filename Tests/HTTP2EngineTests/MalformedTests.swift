// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine
import HTTPCore
import NIOCore
import Testing

@Suite("Malformed messages and broken framing")
struct MalformedTests {
    /// A header section that RFC 9113 section 8.1.1 calls malformed.
    struct Section: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var fields: [(String, String)]

        init(_ description: String, _ fields: [(String, String)]) {
            self.testDescription = description
            self.fields = fields
        }
    }

    private static let pseudo = [
        (":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "localhost"),
    ]

    private static let malformed: [Section] = [
        Section("upper case in a name", pseudo + [("X-Test", "1")]),
        Section("an unknown pseudo-header field", pseudo + [(":test", "1")]),
        Section("a response's pseudo-header field", pseudo + [(":status", "200")]),
        Section("a pseudo-header field after a regular one", Array(pseudo.prefix(3)) + [("a", "b")] + [pseudo[3]]),
        Section("no :method", Array(pseudo.dropFirst())),
        Section("no :scheme", [pseudo[0]] + pseudo.suffix(2)),
        Section("no :path", Array(pseudo.prefix(2)) + [pseudo[3]]),
        Section("an empty :path", [pseudo[0], pseudo[1], (":path", ""), pseudo[3]]),
        Section("a :path without a slash", [pseudo[0], pseudo[1], (":path", "x"), pseudo[3]]),
        Section("two :method", [pseudo[0]] + pseudo),
        Section("two :path", pseudo + [pseudo[2]]),
        Section("two :authority", pseudo + [pseudo[3]]),
        Section("connection", pseudo + [("connection", "keep-alive")]),
        Section("transfer-encoding", pseudo + [("transfer-encoding", "chunked")]),
        Section("upgrade", pseudo + [("upgrade", "websocket")]),
        Section("keep-alive", pseudo + [("keep-alive", "1")]),
        Section("te other than trailers", pseudo + [("te", "trailers, deflate")]),
        Section("LF in a value", pseudo + [("a", "b\nc")]),
        Section("CR in a value", pseudo + [("a", "b\rc")]),
        Section("NUL in a value", pseudo + [("a", "b\0c")]),
        Section("LF in :path", [pseudo[0], pseudo[1], (":path", "/\n"), pseudo[3]]),
        Section("a space in :method", [(":method", "GE T")] + pseudo.dropFirst()),
        Section("a space at the start of a value", pseudo + [("a", " b")]),
        Section("an empty name", pseudo + [("", "b")]),
        Section("a space in a name", pseudo + [("a b", "c")]),
        Section("a colon inside a name", pseudo + [("a:b", "c")]),
        Section("content-length that is no number", pseudo + [("content-length", "1x")]),
        Section("content-length below zero", pseudo + [("content-length", "-1")]),
        Section("two content-length", pseudo + [("content-length", "0"), ("content-length", "0")]),
        Section("content-length without a body", pseudo + [("content-length", "1")]),
        Section("two host", pseudo + [("host", "a"), ("host", "b")]),
        Section("an extended CONNECT that was not offered", [(":protocol", "websocket")] + pseudo),
    ]

    @Test("A malformed header section resets its stream, and nobody hears of it", arguments: malformed)
    func malformedSection(section: Section) throws {
        let connection = try Connection.established()
        try connection.send(.headers(1, block: Frame.literalBlock(section.fields), end: true))
        let frames = try connection.frames()
        #expect(frames.map(\.kind) == [.resetStream])
        #expect(frames.first?.word == .some(UInt32(1)))
        #expect(connection.seen.isEmpty)
        #expect(connection.session.openStreams == 0)
        // The connection lives on.
        try connection.request(3)
        #expect(connection.seen == [.request(3)])
    }

    @Test("A field that may stand once and stands twice is answered with 400")
    func doubled() throws {
        let connection = try Connection.established()
        try connection.request(1, "GET", "/", [("range", "bytes=0-1"), ("range", "bytes=1-2")])
        #expect(connection.seen == [.rejected(1, .malformed)])
        try connection.request(3, "GET", "/", [("accept", "a/b"), ("accept", "c/d")])
        #expect(connection.streams[3]?.fields.string(.accept) == "a/b, c/d")
    }

    @Test("`host` stands in for `:authority`, and is ignored beside it")
    func host() throws {
        let connection = try Connection.established()
        try connection.request(1, "GET", "/", [("host", "other")])
        #expect(connection.streams[1]?.fields.string(.authority) == "localhost")
        let fields = [(":method", "GET"), (":scheme", "http"), (":path", "/"), ("host", "alone")]
        try connection.send(.headers(3, block: Frame.literalBlock(fields), end: true))
        #expect(connection.streams[3]?.fields.string(.authority) == "alone")
    }

    @Test(
        "A body that differs from its content-length resets the stream", arguments: [(3, true), (5, true), (5, false)])
    func contentLength(bytes: Int, end: Bool) throws {
        let connection = try Connection.established()
        try connection.request(1, "POST", "/", [("content-length", "4")], end: false)
        try connection.send(.data(1, ByteBuffer(repeating: 1, count: bytes), end: end))
        #expect(connection.seen.first == .headers(1))
        #expect(!connection.seen.contains(.request(1)))
        let frames = try connection.frames()
        #expect(frames.map(\.kind) == [.resetStream])
        #expect(connection.seen.last == .closed(1))
        #expect(connection.seen.filter { $0 == .closed(1) }.count == 1)
    }

    @Test(
        "Malformed trailers reset the stream", arguments: [[(":path", "/")], [("A", "b")], [("connection", "close")]])
    func trailers(fields: [(String, String)]) throws {
        let connection = try Connection.established()
        try connection.request(1, "POST", "/", end: false)
        try connection.send(.headers(1, block: Frame.literalBlock(fields), end: true))
        #expect(try connection.frames().map(\.kind) == [.resetStream])
        #expect(connection.seen == [.headers(1), .closed(1)])
    }

    /// Input that ends the connection, and the reason in its GOAWAY.
    struct Breach: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var frames: [Frame]
        var reason: UInt32
    }

    private static let breaches: [Breach] = [
        Breach(testDescription: "DATA on stream 0", frames: [.data(0, ByteBuffer(string: "x"))], reason: 1),
        Breach(testDescription: "DATA on an idle stream", frames: [.data(5, ByteBuffer(string: "x"))], reason: 1),
        Breach(testDescription: "RST_STREAM on an idle stream", frames: [.reset(5)], reason: 1),
        Breach(testDescription: "WINDOW_UPDATE on an idle stream", frames: [.windowUpdate(5, by: 1)], reason: 1),
        Breach(
            testDescription: "an even stream",
            frames: [.headers(2, block: Frame.literalBlock(pseudo), end: true)], reason: 1),
        Breach(
            testDescription: "PING of 7 bytes",
            frames: [Frame(.ping, payload: ByteBuffer(repeating: 0, count: 7))], reason: 6),
        Breach(
            testDescription: "SETTINGS of 5 bytes",
            frames: [Frame(.settings, payload: ByteBuffer(repeating: 0, count: 5))], reason: 6),
        Breach(testDescription: "a window over 2^31-1", frames: [.windowUpdate(0, by: 0x7FFF_FFFF)], reason: 3),
        Breach(
            testDescription: "a frame over 16 KiB", frames: [.data(0, ByteBuffer(repeating: 0, count: 16_385))],
            reason: 6),
        Breach(
            testDescription: "PUSH_PROMISE",
            frames: [Frame(.pushPromise, flags: 4, stream: 1, payload: ByteBuffer(repeating: 0, count: 8))], reason: 1),
        Breach(
            testDescription: "CONTINUATION out of nowhere",
            frames: [Frame(.continuation, flags: 4, stream: 1, payload: ByteBuffer())], reason: 1),
        Breach(
            testDescription: "a frame between HEADERS and CONTINUATION",
            frames: [Frame(.headers, flags: 1, stream: 1, payload: ByteBuffer()), .ping()], reason: 1),
        Breach(
            testDescription: "an index beyond the table",
            frames: [.headers(1, block: ByteBuffer(integer: UInt8(0xFE)), end: true)], reason: 9),
        Breach(
            testDescription: "padding longer than the frame",
            frames: [Frame(.data, flags: 8, stream: 1, payload: ByteBuffer(repeating: 9, count: 4))], reason: 1),
    ]

    @Test("Broken framing ends the connection with a GOAWAY", arguments: breaches)
    func breach(breach: Breach) throws {
        let connection = try Connection.established()
        _ = try? connection.send(breach.frames)
        let goAway = try #require(try connection.frames().last { $0.kind == .goAway })
        #expect(goAway.secondWord == breach.reason)
        #expect(connection.session.isFinished)
        #expect(connection.session.connectionError == .some(breach.reason))
    }

    @Test("A wrong preface is a protocol violation")
    func preface() throws {
        let connection = try Connection()
        #expect(throws: EngineError.protocolViolation(-903)) {
            try connection.receive(ByteBuffer(string: "GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
        }
        try LimitTests.expectGoAway(connection, reason: 1)
    }

    @Test("The first frame must be SETTINGS")
    func settingsFirst() throws {
        let connection = try Connection()
        try connection.receive(Frame.preface)
        _ = try? connection.send(.ping())
        #expect(try connection.frames().contains { $0.kind == .goAway })
        #expect(connection.session.isFinished)
    }

    @Test("Frames on a stream that has ended are ignored or refused, and never trap")
    func afterTheEnd() throws {
        let connection = try Connection.established()
        try connection.request(1, "POST", "/", end: false)
        try connection.respond(1)
        _ = try connection.frames()
        #expect(connection.seen.last == .closed(1))
        try connection.send(.data(1, ByteBuffer(string: "late")), .windowUpdate(1, by: 5), .reset(1), .priority(1))
        #expect(connection.seen == [.headers(1), .closed(1)])
        try connection.request(3)
        #expect(connection.seen.last == .request(3))
    }
}
