// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine
import HTTPCore
import NIOCore
import Testing

@Suite("Flow control")
struct FlowControlTests {
    @Test("A body of 1 MiB goes out as the windows allow, exactly")
    func largeBody() throws {
        let connection = try Connection.established()
        try connection.request(1)
        let body = ByteBuffer(bytes: (0..<1_048_576).map { UInt8(truncatingIfNeeded: $0 &* 131 >> 3) })
        try connection.respond(1, Response(status: 200, contentType: .octetStream, body: body))
        var received = ByteBuffer()
        var rounds = 0
        while connection.session.openStreams > 0, rounds < 1000 {
            rounds += 1
            var bytes = 0
            for frame in try connection.frames() where frame.kind == .data {
                received.writeImmutableBuffer(frame.payload)
                bytes += frame.payload.readableBytes
            }
            #expect(bytes <= 65_535)
            #expect(connection.session.queuedBytes == 1_048_576 - received.readableBytes)
            guard connection.session.openStreams > 0 else { break }
            #expect(connection.session.hasStalledOutput)
            try connection.send(.windowUpdate(0, by: UInt32(bytes)), .windowUpdate(1, by: UInt32(bytes)))
            #expect(!connection.session.hasStalledOutput)
        }
        #expect(received == body)
        #expect(connection.seen == [.request(1), .closed(1)])
        #expect(connection.session.queuedBytes == 0)
        #expect(!connection.session.hasStalledOutput)
    }

    @Test("A tiny window lets a tiny piece through at a time", arguments: [1, 7, 100])
    func tinyWindow(size: Int) throws {
        let connection = try Connection.established(settings: [(4, UInt32(size))])
        try connection.request(1)
        let body = ByteBuffer(string: String(repeating: "0123456789", count: 30))
        try connection.respond(1, Response(status: 200, body: body))
        var frames = try connection.frames()
        #expect(frames.filter { $0.kind == .data }.map(\.payload.readableBytes) == [size])
        while connection.session.openStreams > 0, frames.count < 1000 {
            try connection.send(.windowUpdate(1, by: UInt32(size)))
            frames += try connection.frames()
        }
        #expect(ExchangeTests.body(of: 1, in: frames) == body)
    }

    @Test(
        "With a window of zero only the head goes out, until SETTINGS or WINDOW_UPDATE opens it",
        arguments: [true, false])
    func zeroWindow(bySettings: Bool) throws {
        let connection = try Connection.established(settings: [(4, 0)])
        try connection.request(1)
        #expect(!connection.session.hasStalledOutput)
        try connection.respond(1)
        #expect(try connection.frames().map(\.kind) == [.headers])
        #expect(connection.session.queuedBytes == 2)
        #expect(connection.session.hasStalledOutput)
        #expect(connection.seen == [.request(1)])
        try connection.send(bySettings ? .settings([(4, 2)]) : .windowUpdate(1, by: 2))
        let frames = try connection.frames()
        #expect(frames.last?.payload == ByteBuffer(string: "ok"))
        #expect(connection.seen == [.request(1), .closed(1)])
    }

    @Test("An empty body needs no window")
    func emptyBody() throws {
        let connection = try Connection.established(settings: [(4, 0)])
        try connection.request(1)
        try connection.respond(1, Response(status: 200))
        #expect(try connection.frames().map(\.kind) == [.headers])
        #expect(connection.seen == [.request(1), .closed(1)])
    }

    @Test("The peer's reset takes an answer that is half sent off the books")
    func resetWhileSending() throws {
        let connection = try Connection.established(settings: [(4, 10)])
        try connection.request(1)
        try connection.respond(1, Response(status: 200, body: ByteBuffer(repeating: 1, count: 100)))
        _ = try connection.frames()
        #expect(connection.session.queuedBytes == 90)
        try connection.send(.reset(1))
        #expect(connection.session.queuedBytes == 0)
        #expect(connection.seen == [.request(1), .closed(1)])
        #expect(try connection.frames().isEmpty)
    }

    @Test("Credit goes back when the owner returns it, and not before")
    func credit() throws {
        var limits = HTTP2Limits()
        limits.streamWindow = 65_535
        limits.connectionWindow = 65_535
        let connection = try Connection.established(limits: limits)
        try connection.request(1, "POST", "/", end: false)
        let part = ByteBuffer(repeating: 1, count: 16_000)
        try connection.send(.data(1, part), .data(1, part), .data(1, part), .data(1, part))
        #expect(try connection.frames().isEmpty)
        let stream = try #require(connection.streams[1])
        try connection.session.returnCredit(stream, bytes: 64_000)
        let frames = try connection.frames()
        #expect(frames.map(\.kind) == [.windowUpdate, .windowUpdate])
        #expect(frames.map(\.word) == [64_000, 64_000])
        #expect(Set(frames.map(\.stream)) == [0, 1])
        // More than is owed changes nothing.
        try connection.session.returnCredit(stream, bytes: 1_000_000)
        #expect(try connection.frames().isEmpty)
    }

    @Test("Padding costs window, and its credit comes back by itself")
    func padding() throws {
        let connection = try Connection.established()
        try connection.request(1, "POST", "/", [("content-length", "4000")], end: false)
        for index in 0..<4000 {
            let isLast = index == 3999
            try connection.send(.data(1, ByteBuffer(string: "x"), end: isLast, padding: 255))
            _ = try connection.frames()
            #expect(connection.credit(1) > 257)
        }
        #expect(connection.seen.last == .request(1))
        #expect(connection.streams[1]?.body.readableBytes == 4000)
        // 4000 bytes are owed still, and up to half a window waits to be worth a frame.
        #expect(connection.connectionCredit >= 1024 * 1024 / 2 - 4000)
    }

    @Test("Uploads that are cut short do not eat the connection's window", arguments: 0..<5)
    func cutUploads(way: Int) throws {
        var limits = HTTP2Limits()
        limits.resets = 20_000
        limits.bodyBytes = 6000
        let connection = try Connection.established(limits: limits)
        let part = ByteBuffer(repeating: 1, count: 4096)
        for index in 0..<10_000 / 5 {
            let stream = Int32(index * 2 + 1)
            try connection.request(stream, "POST", "/", end: false)
            try #require(connection.credit(stream) > 8192)
            try connection.send(.data(stream, part))
            try self.cut(stream, way: way, on: connection, part: part)
            _ = try connection.frames()
        }
        #expect(connection.session.openStreams == 0)
        #expect(connection.connectionCredit > 1024 * 1024 / 2 - 8192)
        #expect(connection.seen.filter { if case .closed = $0 { true } else { false } }.count == 2000)
    }

    private func cut(_ id: Int32, way: Int, on connection: Connection, part: ByteBuffer) throws {
        let stream = try #require(connection.streams[id])
        switch way {
        case 0:  // The peer resets.
            try connection.send(.reset(id))
        case 1:  // We reset, and data that was under way comes after it.
            try connection.session.reset(stream, errorCode: 8)
            _ = try connection.frames()
            try connection.send(.data(id, part))
        case 2:  // The answer is early; data comes before and after it is sent.
            try connection.respond(id)
            try connection.send(.data(id, part))
            _ = try connection.frames()
            try connection.send(.data(id, part))
        case 3:  // The body is too large.
            try connection.send(.data(id, part))
            #expect(connection.seen.last == .rejected(id, .bodyTooLarge))
            try connection.respond(id, Response(status: 413))
        default:  // Trailers that are malformed.
            try connection.send(.headers(id, block: Frame.literalBlock([(":path", "/")]), end: true))
        }
    }
}
