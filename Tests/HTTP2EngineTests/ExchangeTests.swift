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
}
