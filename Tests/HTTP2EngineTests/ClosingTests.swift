// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine
import HTTPCore
import NIOCore
import Testing

@Suite("Resets, shutdown and the end")
struct ClosingTests {
    @Test("The peer resets before its request is complete")
    func resetWhileReceiving() throws {
        let connection = try Connection.established()
        try connection.request(1, "POST", "/", end: false)
        try connection.send(.data(1, ByteBuffer(string: "x")), .reset(1))
        #expect(connection.seen == [.headers(1), .data(1, 1), .closed(1)])
    }

    @Test("The peer resets a request that waits for its answer; the late answer has no effect")
    func resetWhileWaiting() throws {
        let connection = try Connection.established { connection, event in
            if case .requestReceived(let stream) = event {
                // The reset is behind this event in the queue.
                #expect(stream.isClosed)
                try connection.session.sendContinue(to: stream)
                try connection.respond(stream.id)
                try connection.session.returnCredit(stream, bytes: 1)
                try connection.session.reset(stream, errorCode: 0)
            }
        }
        let block = try connection.block(Connection.fields())
        try connection.send(.headers(1, block: block, end: true), .reset(1))
        #expect(connection.seen == [.request(1), .closed(1)])
        #expect(try connection.frames().isEmpty)
        #expect(connection.session.queuedBytes == 0)
    }

    @Test("Header section and reset in one receive, before the section is known to be whole")
    func resetUnannounced() throws {
        let connection = try Connection.established()
        let block = Frame.literalBlock([("UPPER", "1")])
        try connection.send(.headers(1, block: block, end: true), .reset(1))
        #expect(connection.seen.isEmpty)
        _ = try connection.frames()
        #expect(connection.session.openStreams == 0)
    }

    @Test("We reset a stream in each of its states", arguments: 0..<4)
    func ourReset(state: Int) throws {
        let connection = try Connection.established(settings: [(4, 1)])
        try connection.request(1, state == 0 ? "POST" : "GET", "/", end: state != 0)
        let stream = try #require(connection.streams[1])
        if state >= 2 { try connection.respond(1) }
        if state == 3 { _ = try connection.frames() }
        try connection.session.reset(stream, errorCode: 0xb)
        try connection.session.reset(stream, errorCode: 0xb)
        let frames = try connection.frames()
        #expect(frames.last?.kind == .resetStream)
        #expect(frames.last?.word == .some(UInt32(0xb)))
        #expect(frames.filter { $0.kind == .resetStream }.count == 1)
        #expect(connection.seen.last == .closed(1))
        #expect(connection.session.queuedBytes == 0)
    }

    @Test("After our reset the stream takes no answer, and its data makes no event")
    func afterOurReset() throws {
        let connection = try Connection.established()
        try connection.request(1, "POST", "/", end: false)
        let stream = try #require(connection.streams[1])
        try connection.session.reset(stream, errorCode: 8)
        try connection.send(.data(1, ByteBuffer(string: "x")))
        #expect(throws: EngineError.misuse) { try connection.respond(1) }
        _ = try connection.frames()
        #expect(connection.seen == [.headers(1), .closed(1)])
    }

    @Test("An early answer is followed by RST_STREAM(NO_ERROR), unless the request is complete by then")
    func earlyAnswer() throws {
        let connection = try Connection.established()
        for (stream, bytes) in [(1, 2), (3, 0)] as [(Int32, Int)] {
            try connection.request(stream, "POST", "/", end: false)
            try connection.respond(stream, Response(status: 401, body: ByteBuffer(repeating: 1, count: bytes)))
            let frames = try connection.frames()
            #expect(frames.last?.kind == .resetStream)
            #expect(frames.last?.word == .some(UInt32(0)))
            #expect(frames.dropLast().last?.endsStream == true)
        }
        try connection.request(5, "POST", "/", end: false)
        try connection.respond(5, Response(status: 401))
        try connection.send(.data(5, ByteBuffer(string: "x"), end: true))
        #expect(try connection.frames().map(\.kind) == [.headers])
        #expect(connection.seen == [.headers(1), .closed(1), .headers(3), .closed(3), .headers(5), .closed(5)])
    }

    @Test("The notice refuses nothing; the final GOAWAY ignores what begins after it, and finishes what began before")
    func shutdown() throws {
        let connection = try Connection.established()
        try connection.request(1)
        try connection.session.submitShutdownNotice()
        let notice = try #require(try connection.frames().last)
        #expect(notice.kind == .goAway)
        #expect(notice.word == 0x7FFF_FFFF)
        try connection.request(3)
        #expect(connection.seen == [.request(1), .request(3)])
        try connection.session.submitGoAway(errorCode: 0)
        let final = try #require(try connection.frames().last)
        #expect(final.kind == .goAway)
        #expect(final.word == 3)
        #expect(final.secondWord == 0)
        try connection.request(5)
        #expect(connection.seen == [.request(1), .request(3)])
        #expect(!connection.session.isFinished)
        try connection.respond(1)
        try connection.respond(3)
        _ = try connection.frames()
        #expect(connection.seen.suffix(2).contains(.closed(1)))
        #expect(connection.session.isFinished)
        #expect(connection.session.connectionError == nil)
    }

    @Test("A GOAWAY of the peer is noted, and its streams are still answered")
    func peerGoAway() throws {
        let connection = try Connection.established()
        try connection.request(1)
        var payload = ByteBuffer(integer: UInt32(0))
        payload.writeInteger(UInt32(2))
        try connection.send(Frame(.goAway, payload: payload))
        #expect(connection.session.peerGoAway == .some(UInt32(2)))
        try connection.respond(1)
        #expect(try connection.frames().map(\.kind) == [.headers, .data])
    }

    @Test("close() ends every announced stream once, and nothing happens after it")
    func close() throws {
        let pool = HTTP2StreamPool()
        let connection = try Connection.established(pool: pool, settings: [(4, 1)])
        try connection.request(1)
        try connection.request(3, "POST", "/", end: false)
        try connection.request(5)
        try connection.respond(5)
        // The first half of a header section: nobody has heard of this stream.
        try connection.send(Frame(.headers, flags: 1, stream: 7, payload: connection.block([(":method", "GET")])))
        let stream = try #require(connection.streams[1])
        connection.session.close()
        connection.session.close()
        #expect(connection.session.openStreams == 0)
        #expect(connection.session.queuedBytes == 0)
        try connection.takeEvents()
        #expect(Set(connection.seen.suffix(3).map { "\($0)" }) == ["closed(1)", "closed(3)", "closed(5)"])
        #expect(connection.session.isFinished)
        #expect(!connection.session.hasStalledOutput)
        #expect(throws: EngineError.misuse) { try connection.send(.ping()) }
        #expect(try connection.frames().isEmpty)
        #expect(stream.isClosed || stream.id == 0)
        #expect(pool.count == 4)
    }

    @Test("A session that is dropped while streams are open leaks nothing and calls nobody")
    func dropped() throws {
        weak var session: HTTP2Session?
        do {
            let connection = try Connection.established()
            try connection.request(1, "POST", "/", end: false)
            try connection.respond(1)
            session = connection.session
            #expect(session != nil)
        }
        #expect(session == nil)
    }

    @Test("A pool keeps no more streams than it may")
    func poolCapacity() throws {
        let pool = HTTP2StreamPool(capacity: 2)
        let connection = try Connection.established(pool: pool)
        for stream: Int32 in [1, 3, 5, 7] { try connection.request(stream) }
        for stream: Int32 in [1, 3, 5, 7] { try connection.respond(stream) }
        _ = try connection.frames()
        #expect(pool.count == 2)
    }
}
