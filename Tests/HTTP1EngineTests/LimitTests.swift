// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import Testing

@testable import HTTP1Engine

@Suite("HTTP/1 limits")
struct LimitTests {
    private func outcome(_ wire: String, _ change: (inout HTTP1Limits) -> Void) -> String {
        var limits = HTTP1Limits()
        change(&limits)
        return Conversation(wire, limits: limits).requests.first ?? "nothing"
    }

    @Test("head bytes", arguments: [(-1, true), (0, true), (1, false)])
    func headerBytes(excess: Int, isAccepted: Bool) {
        let wire = "GET / HTTP/1.1\r\nHost: h\r\nX: \(String(repeating: "x", count: 1000 + excess))\r\n\r\n"
        let limit = wire.utf8.count - excess
        let outcome = self.outcome(wire, { $0.headerBytes = limit })
        #expect(outcome == (isAccepted ? "GET / [h] " : "headerFieldsTooLarge"))
    }

    @Test("field count", arguments: [(9, true), (10, true), (11, false)])
    func headerFields(count: Int, isAccepted: Bool) {
        let wire = "GET / HTTP/1.1\r\nHost: h\r\n" + String(repeating: "X: y\r\n", count: count - 1) + "\r\n"
        #expect(self.outcome(wire, { $0.headerFields = 10 }) == (isAccepted ? "GET / [h] " : "headerFieldsTooLarge"))
    }

    @Test("target bytes", arguments: [(99, true), (100, true), (101, false)])
    func targetBytes(length: Int, isAccepted: Bool) {
        let target = "/" + String(repeating: "a", count: length - 1)
        let outcome = self.outcome("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n", { $0.targetBytes = 100 })
        #expect(outcome == (isAccepted ? "GET \(target) [h] " : "targetTooLong"))
    }

    @Test(
        "a request line is as long in one piece as in many",
        arguments: [(163, true), (164, true), (165, false)])
    func requestLineBytes(length: Int, isAccepted: Bool) {
        var limits = HTTP1Limits()
        limits.targetBytes = 100
        let method = String(repeating: "M", count: length - 12)
        let wire = ByteBuffer(string: "\(method) / HTTP/1.1\r\nHost: h\r\n\r\n")
        let whole = Conversation([wire], limits: limits)
        #expect(whole.requests == [isAccepted ? "\(method) / [h] " : "targetTooLong"])
        #expect(Conversation(wire.readableBytesView.map { ByteBuffer(bytes: [$0]) }, limits: limits) == whole)
    }

    @Test("a head that never ends is refused at the limit, whatever it lacks")
    func endless() {
        let endless = String(repeating: "a", count: 20_000)
        #expect(self.outcome("GET /\(endless)", { _ in }) == "targetTooLong")
        #expect(self.outcome("GET / HTTP/1.1\r\nX: \(endless)", { _ in }) == "headerFieldsTooLarge")
    }

    @Test("body bytes by length", arguments: [(9, true), (10, true), (11, false)])
    func bodyBytes(length: Int, isAccepted: Bool) {
        let body = String(repeating: "b", count: length)
        let outcome = self.outcome(
            "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: \(length)\r\n\r\n\(body)", { $0.bodyBytes = 10 })
        #expect(outcome == (isAccepted ? "PUT / [h] \(body)" : "bodyTooLarge"))
    }

    @Test("body bytes by chunks", arguments: [(9, true), (10, true), (11, false)])
    func chunkedBodyBytes(length: Int, isAccepted: Bool) {
        let body = String(repeating: "b", count: length - 5)
        let chunks = "5\r\nbbbbb\r\n\(String(length - 5, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
        let wire = "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
        let outcome = self.outcome(wire, { $0.bodyBytes = 10 })
        #expect(outcome == (isAccepted ? "PUT / [h] bbbbb\(body)" : "bodyTooLarge"))
    }

    @Test("chunk header bytes", arguments: [(19, true), (20, true), (21, false)])
    func chunkHeaderBytes(length: Int, isAccepted: Bool) {
        let header = "1;" + String(repeating: "e", count: length - 2)
        let wire = "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n\(header)\r\nb\r\n0\r\n\r\n"
        #expect(self.outcome(wire, { $0.chunkHeaderBytes = 20 }) == (isAccepted ? "PUT / [h] b" : "malformed"))
    }

    @Test("trailer bytes", arguments: [(19, true), (20, true), (21, false)])
    func trailerBytes(length: Int, isAccepted: Bool) {
        let trailer = "T: " + String(repeating: "t", count: length - 5)
        let wire = "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\(trailer)\r\n\r\n"
        #expect(
            self.outcome(wire, { $0.trailerBytes = 20 }) == (isAccepted ? "PUT / [h] " : "headerFieldsTooLarge"))
    }
}
