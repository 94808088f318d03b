// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine
import HTTPCore
import NIOCore
import Testing

/// SplitMix64: the same seed gives the same run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        self.state = seed
    }

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var word = self.state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

@Suite("Random orders of events")
struct RandomTests {
    /// A client and an owner that do anything they may, in any order.
    private final class World {
        let connection: Connection
        var random: SeededGenerator
        var nextStream: Int32 = 1
        /// Streams whose request the client has not completed, and their open `content-length`.
        var uploads: [Int32: Int] = [:]
        var expected: [Int32: ByteBuffer] = [:]
        var received: [Int32: ByteBuffer] = [:]
        var unanswered: Set<Int32> = []
        var complete: Set<Int32> = []

        init(seed: UInt64) throws {
            self.random = SeededGenerator(seed: seed)
            var limits = HTTP2Limits()
            limits.resets = 100_000
            limits.controlFrames = 100_000
            limits.concurrentStreams = 1000
            limits.streamWindow = 40_000
            limits.connectionWindow = 70_000
            limits.bodyBytes = 60_000
            self.connection = try Connection.established(limits: limits, settings: [(4, seed & 1 == 1 ? 30_000 : 3000)])
            self.connection.leavesParts = seed & 1 == 1
            self.connection.onEvent = { [unowned self] _, event in self.observe(event) }
        }

        func observe(_ event: HTTP2Event) {
            switch event {
            case .headersReceived(let stream): self.unanswered.insert(stream.id)
            case .requestReceived(let stream), .requestRejected(let stream, _): self.unanswered.insert(stream.id)
            case .dataReceived(let stream, let bytes):
                if self.chance(80) { try? self.connection.session.returnCredit(stream, bytes: bytes) }
            case .streamClosed(let stream):
                self.unanswered.remove(stream.id)
                self.uploads[stream.id] = nil
            }
        }

        func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self.random) < percent }

        func pick(_ streams: some Collection<Int32>) -> Int32? { streams.sorted().randomElement(using: &self.random) }

        func step() throws {
            switch Int.random(in: 0..<12, using: &self.random) {
            case 0, 1: try self.openStream()
            case 2, 3: try self.upload()
            case 4:
                if let stream = self.pick(self.connection.streams.keys), self.chance(30) { try self.abandon(stream) }
            case 5, 6: try self.answer()
            case 7:
                if let id = self.pick(self.unanswered), let stream = self.connection.streams[id], self.chance(20) {
                    self.unanswered.remove(id)
                    try self.connection.session.reset(stream, errorCode: 8)
                }
            case 8:
                if let id = self.pick(self.unanswered), let stream = self.connection.streams[id] {
                    try self.connection.session.sendContinue(to: stream)
                }
            case 9: try self.widen(by: UInt32.random(in: 1...20_000, using: &self.random))
            default: try self.read(limit: Int.random(in: 1...60_000, using: &self.random))
            }
        }

        func openStream() throws {
            let stream = self.nextStream
            self.nextStream += 2
            let hasBody = self.chance(50)
            let length = hasBody && self.chance(50) ? Int.random(in: 1...70_000, using: &self.random) : nil
            let further = length.map { [("content-length", "\($0)")] } ?? []
            if hasBody { self.uploads[stream] = length ?? .max }
            try self.connection.request(stream, hasBody ? "POST" : "GET", "/", further, end: !hasBody)
        }

        func upload() throws {
            guard let stream = self.pick(self.uploads.keys), let open = self.uploads[stream] else { return }
            let padding = self.chance(20) ? UInt8.random(in: 0...255, using: &self.random) : nil
            let room = min(self.connection.credit(stream) - 256, 16_000)
            guard room > 0 else { return }
            let bytes = min(open, Int.random(in: 0...room, using: &self.random))
            let end = open == .max ? self.chance(30) : bytes == open
            self.uploads[stream] = end ? nil : open == .max ? .max : open - bytes
            try self.connection.send(
                .data(stream, ByteBuffer(repeating: 3, count: bytes), end: end, padding: padding))
        }

        func abandon(_ stream: Int32) throws {
            self.uploads[stream] = nil
            try self.connection.send(.reset(stream))
        }

        func answer() throws {
            guard let stream = self.pick(self.unanswered) else { return }
            self.unanswered.remove(stream)
            let bytes = Int.random(in: 0...30_000, using: &self.random)
            let body = ByteBuffer(repeating: UInt8(truncatingIfNeeded: stream), count: bytes)
            self.expected[stream] = body
            try self.connection.respond(stream, Response(status: 200, body: body))
        }

        func widen(by bytes: UInt32) throws {
            try self.connection.send(.windowUpdate(0, by: bytes))
            if let stream = self.pick(self.connection.streams.keys) {
                try self.connection.send(.windowUpdate(stream, by: bytes))
            }
        }

        func read(limit: Int) throws {
            for frame in try self.connection.frames(limit: limit) {
                if frame.kind == .data {
                    self.received[frame.stream, default: ByteBuffer()].writeImmutableBuffer(frame.payload)
                    if frame.endsStream { self.complete.insert(frame.stream) }
                }
                // The client stops an upload that was answered or reset.
                if frame.kind == .resetStream { self.uploads[frame.stream] = nil }
            }
        }

        /// Brings every stream to its end.
        func finish() throws {
            for stream in self.uploads.keys.sorted() where self.connection.streams[stream] != nil {
                try self.abandon(stream)
            }
            while !self.unanswered.isEmpty { try self.answer() }
            for _ in 0..<1000 where self.connection.session.openStreams > 0 {
                try self.read(limit: .max)
                try self.connection.send(.windowUpdate(0, by: 30_000))
                for stream in self.connection.streams.keys.sorted() {
                    try self.connection.send(.windowUpdate(stream, by: 30_000))
                }
            }
            try self.read(limit: .max)
        }
    }

    @Test("Each announced stream ends once, bodies are whole, and nothing is left", arguments: 0..<40)
    func invariants(seed: Int) throws {
        let world = try World(seed: UInt64(seed))
        for _ in 0..<400 { try world.step() }
        if seed % 4 == 3 {
            world.connection.session.close()
            try world.connection.takeEvents()
        } else {
            try world.finish()
            #expect(world.connection.connectionCredit >= 70_000 / 2)
        }
        #expect(world.connection.session.openStreams == 0)
        #expect(world.connection.session.queuedBytes == 0)
        #expect(world.connection.streams.isEmpty)
        try Self.checkLives(world.connection.seen)
        for (stream, body) in world.received {
            let expected = try #require(world.expected[stream])
            if world.complete.contains(stream) {
                #expect(body == expected)
            } else {
                #expect(expected.readableBytesView.starts(with: body.readableBytesView))
            }
        }
    }

    /// Announced before anything else, closed once and last, complete at most once, and silent after a rejection.
    private static func checkLives(_ seen: [Seen]) throws {
        var lives: [Int32: [Seen]] = [:]
        for event in seen {
            switch event {
            case .headers(let id), .data(let id, _), .request(let id), .rejected(let id, _), .closed(let id):
                lives[id, default: []].append(event)
            }
        }
        #expect(!lives.isEmpty)
        for (id, life) in lives {
            #expect(life.last == .closed(id))
            #expect(life.filter { $0 == .closed(id) }.count == 1)
            #expect(life.filter { $0 == .request(id) }.count <= 1)
            let rejection = life.firstIndex { if case .rejected = $0 { true } else { false } }
            if let rejection { #expect(rejection == life.count - 2) }
            if life.count > 1, case .data = life[0] { Issue.record("data before headers: \(life)") }
        }
    }
}
