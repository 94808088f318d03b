// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine
import HTTPCore
import NIOCore
import Testing

@Suite("Streamed responses")
struct StreamingTests {
    private static func response(_ body: String = "") -> Response {
        var response = Response(status: 200, contentType: .eventStream, body: ByteBuffer(string: body))
        response.isStreamed = true
        return response
    }

    /// The DATA that has come since the last call, and whether it ended the stream.
    private static func data(_ connection: Connection) throws -> (text: String, isEnd: Bool) {
        var text = ""
        var isEnd = false
        for frame in try connection.frames() where frame.kind == .data {
            text += String(buffer: frame.payload)
            if frame.flags & 1 != 0 { isEnd = true }
        }
        return (text, isEnd)
    }

    @Test("bytes go out as they come, without a length, until the response is finished", arguments: ["", "first|"])
    func stream(first: String) throws {
        let connection = try Connection.established()
        try connection.request(1)
        let stream = try #require(connection.streams[1])
        try connection.respond(1, Self.response(first))
        let begun = try Self.data(connection)
        #expect(begun.text == first && !begun.isEnd)
        for piece in ["a", "bc", "d"] {
            try connection.session.send(ByteBuffer(string: piece), on: stream)
            let sent = try Self.data(connection)
            #expect(sent.text == piece && !sent.isEnd)
            #expect(connection.session.queuedBytes == 0)
        }
        #expect(connection.session.openStreams == 1)
        try connection.session.finishResponse(on: stream)
        let end = try Self.data(connection)
        #expect(end.text.isEmpty && end.isEnd)
        #expect(connection.seen == [.request(1), .closed(1)])
    }

    @Test("what the window does not let through waits, is counted, and goes out in order before the end")
    func window() throws {
        let connection = try Connection.established(settings: [(4, 10)])
        try connection.request(1)
        let stream = try #require(connection.streams[1])
        try connection.respond(1, Self.response("0123456"))
        for piece in ["789abc", "def"] { try connection.session.send(ByteBuffer(string: piece), on: stream) }
        #expect(try Self.data(connection).text == "0123456789")
        #expect(stream.unsentBytes == 6)
        #expect(connection.session.queuedBytes == 6)
        try connection.session.finishResponse(on: stream)
        #expect(try Self.data(connection).text.isEmpty)
        try connection.send(.windowUpdate(1, by: 100))
        let rest = try Self.data(connection)
        #expect(rest.text == "abcdef" && rest.isEnd)
        #expect(connection.session.queuedBytes == 0)
        #expect(connection.session.openStreams == 0)
    }

    @Test("after the peer's reset nothing is sent, and nothing stays counted")
    func reset() throws {
        let connection = try Connection.established(settings: [(4, 1)])
        try connection.request(1)
        let stream = try #require(connection.streams[1])
        try connection.respond(1, Self.response("abc"))
        _ = try connection.frames()
        #expect(connection.session.queuedBytes == 2)
        try connection.send(.reset(1))
        #expect(connection.seen.last == .closed(1))
        #expect(connection.session.queuedBytes == 0)
        #expect(stream.unsentBytes == 0)
    }

    @Test("HEAD ends at once")
    func head() throws {
        let connection = try Connection.established()
        try connection.request(1, "HEAD")
        try connection.respond(1, Self.response("abc"))
        _ = try connection.frames()
        #expect(connection.seen == [.request(1), .closed(1)])
        #expect(connection.session.queuedBytes == 0)
    }
}
