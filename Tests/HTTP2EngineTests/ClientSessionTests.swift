// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine
import HTTPCore
import NIOCore
import Testing

/// A client session and a server session, mouth to ear.
private final class Pair {
    let client: HTTP2ClientSession
    let server: HTTP2Session
    let now = NIODeadline.uptimeNanoseconds(1_000_000_000)
    /// What the server does with a complete request; nil: it keeps it.
    var answer: ((HTTP2Stream) -> Response?)?
    /// Bytes in one read of each side.
    let pieceBytes: Int
    var open: [HTTP2Exchange] = []
    var heads: [UInt64] = []
    var closed: [HTTP2Exchange] = []
    var requests: [HTTP2Stream] = []
    var bodies: [String] = []

    init(limits: HTTP2Limits = HTTP2Limits(), pieceBytes: Int = .max) throws {
        self.client = try HTTP2ClientSession()
        self.server = try HTTP2Session(limits: limits)
        self.pieceBytes = pieceBytes
    }

    func submit(_ tag: UInt64, _ method: String = "GET", body: String = "") throws {
        let request = HTTP2ClientRequest(
            method: method, authority: "localhost", path: "/v1/strings/a", fields: [("accept", "*/*")],
            body: ByteBuffer(string: body))
        self.open.append(try self.client.submit(request, tag: tag))
    }

    /// Carries bytes to and fro until both are silent.
    func run() throws {
        var isQuiet = false
        while !isQuiet {
            var bytes = ByteBuffer()
            try self.client.drain(into: &bytes)
            self.takeClientEvents()
            isQuiet = bytes.readableBytes == 0
            while let piece = bytes.readSlice(length: min(self.pieceBytes, bytes.readableBytes)),
                piece.readableBytes > 0
            {
                try self.server.receive(piece, now: self.now)
                try self.takeServerEvents()
            }
            bytes.clear()
            try self.server.drain(into: &bytes, limit: .max)
            try self.takeServerEvents()
            isQuiet = isQuiet && bytes.readableBytes == 0
            while let piece = bytes.readSlice(length: min(self.pieceBytes, bytes.readableBytes)),
                piece.readableBytes > 0
            {
                try self.client.receive(piece)
                self.takeClientEvents()
            }
        }
    }

    func takeClientEvents() {
        while let event = self.client.nextEvent() {
            switch event {
            case .headReceived(let exchange): self.heads.append(exchange.tag)
            case .dataReceived: break
            case .closed(let exchange): self.closed.append(exchange)
            }
        }
    }

    private func takeServerEvents() throws {
        while let event = self.server.nextEvent() {
            switch event {
            case .dataReceived(let stream, let bytes): try self.server.returnCredit(stream, bytes: bytes)
            case .requestReceived(let stream):
                self.requests.append(stream)
                self.bodies.append(String(buffer: stream.body))
                if let response = self.answer?(stream) {
                    try self.server.respond(to: stream, with: response, requestID: .made(7))
                }
            default: break
            }
        }
    }
}

@Suite("The client session")
struct ClientSessionTests {
    private static func text(_ body: String, status: Int = 200) -> Response {
        Response(status: status, contentType: .json, body: ByteBuffer(string: body))
    }

    @Test("requests with and without a body are answered, each with its own tag", arguments: [Int.max, 1])
    func exchange(pieceBytes: Int) throws {
        let pair = try Pair(pieceBytes: pieceBytes)
        pair.answer = { stream in Self.text("<\(String(buffer: stream.body))>", status: stream.id == 1 ? 404 : 200) }
        try pair.submit(10)
        try pair.submit(11, "POST", body: "hello")
        try pair.run()
        #expect(pair.bodies == ["", "hello"])
        #expect(pair.heads == [10, 11])
        #expect(pair.closed.map(\.tag) == [10, 11])
        #expect(pair.closed.map(\.status) == [404, 200])
        #expect(pair.closed.map { String(buffer: $0.body) } == ["<>", "<hello>"])
        #expect(pair.closed.allSatisfy { $0.contentType == "application/json" && $0.isComplete && $0.errorCode == 0 })
        #expect(pair.client.openExchanges == 0)
    }

    @Test("bodies larger than every window pass both ways")
    func flowControl() throws {
        let pair = try Pair()
        pair.answer = { stream in Self.text(String(buffer: stream.body) + "!") }
        let body = String(repeating: "0123456789", count: 300_000)
        try pair.submit(1, "PUT", body: body)
        try pair.run()
        #expect(pair.bodies.first?.utf8.count == body.utf8.count)
        let exchange = try #require(pair.closed.first)
        #expect(exchange.isComplete && exchange.body.readableBytes == body.utf8.count + 1)
    }

    @Test("requests over the server's limit of streams wait, and none is lost")
    func concurrency() throws {
        var limits = HTTP2Limits()
        limits.concurrentStreams = 3
        let pair = try Pair(limits: limits)
        pair.answer = { _ in Self.text("ok") }
        // The server's SETTINGS come first: until then the client believes in 100 streams.
        try pair.run()
        for tag in 0..<50 { try pair.submit(UInt64(tag)) }
        try pair.run()
        #expect(pair.closed.map(\.tag).sorted() == (0..<50).map { UInt64($0) })
        #expect(pair.closed.allSatisfy { $0.status == 200 && $0.isComplete })
    }

    @Test("a reset ends its exchange alone, with the error code")
    func reset() throws {
        let pair = try Pair()
        try pair.submit(1)
        try pair.submit(2)
        try pair.run()
        try pair.server.reset(pair.requests[0], errorCode: 0x7)
        try pair.server.respond(to: pair.requests[1], with: Self.text("ok"), requestID: .made(1))
        try pair.run()
        #expect(pair.closed.map(\.tag) == [1, 2])
        #expect(pair.closed.map(\.errorCode) == [7, 0])
        #expect(pair.closed.map(\.isComplete) == [false, true])
    }

    @Test("after GOAWAY open exchanges end well, and no request is taken")
    func goAway() throws {
        let pair = try Pair()
        try pair.submit(1)
        try pair.run()
        try pair.server.submitGoAway(errorCode: 0)
        try pair.run()
        #expect(pair.client.peerGoAway == 0 && !pair.client.acceptsRequests)
        #expect(throws: EngineError.misuse) { try pair.submit(2) }
        try pair.server.respond(to: pair.requests[0], with: Self.text("ok"), requestID: .made(1))
        try pair.run()
        #expect(pair.closed.map(\.isComplete) == [true])
    }

    @Test("when the transport is gone every open exchange is closed once, as incomplete")
    func close() throws {
        let pair = try Pair()
        try pair.submit(1)
        try pair.submit(2)
        try pair.run()
        pair.client.close()
        pair.client.close()
        pair.takeClientEvents()
        #expect(pair.closed.map(\.tag) == [1, 2] && pair.closed.allSatisfy { !$0.isComplete && $0.errorCode != 0 })
        #expect(pair.client.openExchanges == 0 && !pair.client.acceptsRequests)
    }

    @Test("bytes that are not HTTP/2 end the connection")
    func garbage() throws {
        let pair = try Pair()
        try pair.submit(1)
        #expect(!pair.client.isFinished)
        try pair.client.receive(ByteBuffer(string: "HTTP/1.1 400 Bad Request\r\n\r\n"))
        var bytes = ByteBuffer()
        try pair.client.drain(into: &bytes)
        #expect(pair.client.isFinished && !pair.client.acceptsRequests)
        pair.client.close()
        pair.takeClientEvents()
        #expect(pair.closed.map(\.tag) == [1])
    }
}
