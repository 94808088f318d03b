// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine
import HTTPCore
import NIOCore
import Testing

@Suite("Floods")
struct FloodTests {
    @Test("Rapid reset: one more than the limit ends the connection", arguments: [-1, 0, 1])
    func rapidReset(difference: Int) throws {
        var limits = HTTP2Limits()
        limits.resets = 20
        let connection = try Connection.established(limits: limits)
        let attack = {
            for index in 0..<20 + difference {
                let stream = Int32(index * 2 + 1)
                let block = try connection.block(Connection.fields())
                try connection.send(.headers(stream, block: block, end: true), .reset(stream))
            }
        }
        guard difference > 0 else {
            try attack()
            try connection.send(.ping())
            #expect(connection.seen.count == (20 + difference) * 2)
            return
        }
        #expect(throws: EngineError.abusive(.resets), performing: attack)
        try LimitTests.expectGoAway(connection, reason: 0xb)
    }

    @Test("The reset count starts anew with each interval")
    func resetInterval() throws {
        var limits = HTTP2Limits()
        limits.resets = 5
        limits.resetIntervalSeconds = 10
        let connection = try Connection.established(limits: limits)
        var stream: Int32 = 1
        for _ in 0..<4 {
            for _ in 0..<5 {
                try connection.request(stream)
                try connection.send(.reset(stream))
                stream += 2
            }
            connection.now = connection.now + .seconds(10)
        }
        connection.now = connection.now - .nanoseconds(1)
        try connection.request(stream)
        #expect(throws: EngineError.abusive(.resets)) { try connection.send(.reset(stream)) }
    }

    @Test("Errors that make us reset count like resets")
    func provokedResets() throws {
        var limits = HTTP2Limits()
        limits.resets = 10
        let connection = try Connection.established(limits: limits)
        for index in 0..<11 {
            let stream = Int32(index * 2 + 1)
            try connection.request(stream, "POST", "/", end: false)
            try connection.send(.windowUpdate(stream, by: 0x7FFF_FFFF))
            let frames = try connection.frames()
            #expect(frames.map(\.kind) == [.resetStream])
            #expect(connection.seen.last == .closed(stream))
        }
        #expect(throws: EngineError.abusive(.resets)) { try connection.send(.ping()) }
        try LimitTests.expectGoAway(connection, reason: 0xb)
    }

    @Test("Resets of our own, and those behind an early answer, do not count")
    func ownResets() throws {
        var limits = HTTP2Limits()
        limits.resets = 1
        let connection = try Connection.established(limits: limits)
        for index in 0..<20 {
            let id = Int32(index * 2 + 1)
            try connection.request(id, "POST", "/", end: false)
            let stream = try #require(connection.streams[id])
            if index % 2 == 0 {
                try connection.respond(id)
            } else {
                try connection.session.reset(stream, errorCode: 2)
            }
            let last = try #require(try connection.frames().last)
            #expect(last.kind == .resetStream)
            #expect(last.word == (index % 2 == 0 ? 0 : 2))
        }
        try connection.send(.ping())
        #expect(connection.session.openStreams == 0)
    }

    /// A frame that costs the peer nothing, and how many of them one round sends.
    enum Nuisance: CaseIterable {
        case settings
        case ping
        case pingAcknowledgement
        case priority
        case headersOfOld
        case windowUpdate
        case emptyData
        case paddedData
        case windowUpdateOfClosed

        var frame: Frame {
            switch self {
            case .settings: .settings()
            case .ping: .ping()
            case .pingAcknowledgement: Frame(.ping, flags: 1, payload: ByteBuffer(integer: UInt64(1)))
            case .priority: .priority(9)
            // A stream number below the latest one is ignored, but its header block must be decoded.
            case .headersOfOld: .headers(1, block: ByteBuffer(integer: UInt8(0x82)), end: true)
            case .windowUpdate: .windowUpdate(0, by: 1)
            case .emptyData: .data(5, ByteBuffer())
            case .paddedData: .data(5, ByteBuffer(), padding: 3)
            case .windowUpdateOfClosed: .windowUpdate(7, by: 1)
            }
        }
    }

    @Test("A flood of frames that carry nothing ends the connection", arguments: Nuisance.allCases)
    func controlFrames(nuisance: Nuisance) throws {
        var limits = HTTP2Limits()
        limits.controlFrames = 100
        let connection = try Connection.established(limits: limits)
        try connection.request(5, "POST", "/", end: false)
        try connection.request(7)
        try connection.respond(7)
        _ = try connection.frames()
        // 100, less the client's SETTINGS, and what two requests and one DATA frame have earned.
        for _ in 0..<100 - 1 + 2 * 4 + 2 {
            try connection.send(nuisance.frame)
            _ = try connection.frames()
        }
        // HEADERS have an overdraft of one frame.
        if nuisance == .headersOfOld { try connection.send(nuisance.frame) }
        #expect(throws: EngineError.abusive(.controlFrames)) { try connection.send(nuisance.frame) }
        try LimitTests.expectGoAway(connection, reason: 0xb)
    }

    @Test("The budget is filled up when its interval is over")
    func controlInterval() throws {
        var limits = HTTP2Limits()
        limits.controlFrames = 50
        limits.controlIntervalSeconds = 10
        let connection = try Connection.established(limits: limits)
        for _ in 0..<5 {
            connection.now = connection.now + .seconds(10)
            for _ in 0..<50 {
                try connection.send(.ping())
                _ = try connection.frames()
            }
        }
        connection.now = connection.now + .seconds(10) - .nanoseconds(1)
        #expect(throws: EngineError.abusive(.controlFrames)) { try connection.send(.ping()) }
    }

    @Test("A download with two window updates for each DATA frame is not a flood")
    func busyDownload() throws {
        var limits = HTTP2Limits()
        limits.controlFrames = 10
        let connection = try Connection.established(limits: limits)
        try connection.request(1)
        try connection.respond(1, Response(status: 200, body: ByteBuffer(repeating: 1, count: 5_000_000)))
        while connection.session.openStreams > 0 {
            for frame in try connection.frames() where frame.kind == .data && !frame.endsStream {
                let bytes = UInt32(frame.payload.readableBytes)
                try connection.send(.windowUpdate(0, by: bytes), .windowUpdate(1, by: bytes))
            }
        }
        #expect(connection.seen == [.request(1), .closed(1)])
    }

    @Test("Acknowledgements that nobody reads are bounded", arguments: [true, false])
    func acknowledgements(pings: Bool) throws {
        var limits = HTTP2Limits()
        limits.controlFrames = 100_000
        limits.queuedAcknowledgements = 50
        let connection = try Connection.established(limits: limits)
        let error = #expect(throws: EngineError.self) {
            for _ in 0..<1000 { try connection.send(pings ? .ping() : .settings()) }
        }
        #expect(error == .abusive(.controlFrames))
        let frames = try connection.frames()
        #expect(frames.filter { $0.kind != .goAway }.count <= 51)
        #expect(frames.contains { $0.kind == .goAway && $0.secondWord == 0xb })
    }

    @Test("A SETTINGS frame of very many entries ends the connection")
    func hugeSettings() throws {
        let connection = try Connection.established()
        let entries = (0..<1000).map { (UInt16(4), UInt32($0)) }
        _ = try? connection.send(.settings(entries))
        let goAway = try #require(try connection.frames().last { $0.kind == .goAway })
        #expect(goAway.secondWord == 0xb)
    }

    @Test(
        "A header block in 16 CONTINUATION frames is taken, in 17 it ends the connection",
        arguments: [1, 8, 16, 17, 100])
    func continuations(count: Int) throws {
        let connection = try Connection.established()
        let block = Frame.literalBlock(Connection.fields("GET", "/" + String(repeating: "p", count: 400)))
        let frames = Frame.headers(1, block: block, end: true, continuations: count)
        guard count > 16 else {
            try connection.send(frames)
            #expect(connection.seen == [.request(1)])
            return
        }
        #expect(throws: EngineError.abusive(.continuations)) { try connection.send(frames) }
        #expect(connection.seen.isEmpty)
        try LimitTests.expectGoAway(connection, reason: 0xb)
    }

    @Test("HPACK bomb: a large field referenced again and again ends the connection at once")
    func bomb() throws {
        let connection = try Connection.established()
        var block = Frame.literalBlock(Connection.fields())
        // A literal with incremental indexing, then as many references to it as fit: index 62 is the newest entry.
        block.writeInteger(UInt8(0x40))
        Frame.writeLiteral(Array("x".utf8), to: &block)
        Frame.writeLiteral(Array(repeating: UInt8(ascii: "v"), count: 3900), to: &block)
        block.writeRepeatingByte(0x80 | 62, count: 12_000)
        #expect(throws: EngineError.abusive(.connectionHeaderBytes)) {
            try connection.send(.headers(1, block: block, end: true))
        }
        #expect(connection.seen.isEmpty)
        try LimitTests.expectGoAway(connection, reason: 0xb)
    }

    @Test("A small bomb is a request with too large a header section")
    func smallBomb() throws {
        let connection = try Connection.established()
        var block = Frame.literalBlock(Connection.fields())
        block.writeInteger(UInt8(0x40))
        Frame.writeLiteral(Array("x".utf8), to: &block)
        Frame.writeLiteral(Array(repeating: UInt8(ascii: "v"), count: 3900), to: &block)
        block.writeRepeatingByte(0x80 | 62, count: 10)
        try connection.send(.headers(1, block: block, end: true))
        #expect(connection.seen == [.rejected(1, .headerFieldsTooLarge)])
    }
}
