// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import NIOEmbedded
import NIOHTTP1
import TestKit
import Testing

@testable import HTTP1Engine

@Suite("HTTP/1 requests")
struct RequestTests {
    struct Case: CustomTestStringConvertible {
        var wire: String
        var expected: Conversation
        var testDescription: String { self.wire.debugDescription }

        init(_ wire: String, _ requests: String..., close: Bool = false) {
            self.wire = wire
            self.expected = Conversation(requests: requests, mustClose: close)
        }
    }

    static let accepted: [Case] = [
        Case("GET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET / [h] "),
        Case("GET /a?b=c%20 HTTP/1.1\r\nhOsT:\t h:1 \t\r\nX-Other: y\r\n\r\n", "GET /a?b=c%20 [h:1] "),
        Case("\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", "GET / [h] "),
        Case("PUT /k HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", "PUT /k [h] hello"),
        Case("PUT /k HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", "PUT /k [h] "),
        Case("PUT /k HTTP/1.1\r\nHost: h\r\nContent-Length: 0005\r\n\r\nhello", "PUT /k [h] hello"),
        Case(
            "POST /k HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=\"y\"\r\n0123456789\r\n0\r\nT: v\r\n\r\n",
            "POST /k [h] hello0123456789"),
        Case("POST /k HTTP/1.1\r\nHost: h\r\ntransfer-encoding: CHUNKED\r\n\r\n000\r\n\r\n", "POST /k [h] "),
        Case("GET http://other:8/p HTTP/1.1\r\nHost: h\r\n\r\n", "GET /p [other:8] "),
        Case("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", "OPTIONS * [h] "),
        Case("GET / HTTP/1.0\r\n\r\n", "GET / [-] ", close: true),
        Case("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", "GET / [-] "),
        Case(
            "GET / HTTP/1.1\r\nHost: h\r\nConnection: foo , Close\r\n\r\nGET / HTTP/1.1\r\n", "GET / [h] ", close: true),
        Case(
            "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nPUT /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nabGET /3 HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET /1 [h] ", "PUT /2 [h] ab", "GET /3 [h] "),
        Case("QUERY /q HTTP/1.1\r\nHost:\r\n\r\n", "QUERY /q [] "),
        Case("GET / HTTP/1.1\r\nHost: h\r\nX: \u{e9}\r\nEmpty:\r\n\r\n", "GET / [h] "),
    ]

    @Test("well-formed requests are read", arguments: accepted)
    func reads(_ example: Case) {
        #expect(Conversation(example.wire) == example.expected)
    }

    @Test("requests cut at any byte are read the same", arguments: accepted)
    func splits(_ example: Case) {
        let wire = ByteBuffer(string: example.wire)
        for cut in 0...wire.readableBytes {
            let pieces = [
                wire.getSlice(at: 0, length: cut)!, wire.getSlice(at: cut, length: wire.readableBytes - cut)!,
            ]
            #expect(Conversation(pieces) == example.expected, "cut at \(cut)")
        }
        #expect(Conversation((0..<wire.readableBytes).map { wire.getSlice(at: $0, length: 1)! }) == example.expected)
    }

    @Test("a truncated request is never handed over", arguments: accepted)
    func truncations(_ example: Case) {
        let wire = ByteBuffer(string: example.wire)
        guard example.expected.requests.count == 1, !example.wire.hasSuffix("HTTP/1.1\r\n") else { return }
        for length in 0..<wire.readableBytes {
            #expect(Conversation([wire.getSlice(at: 0, length: length)!]).requests.isEmpty, "\(length) bytes")
        }
    }

    /// The head or body of a request that another parser might read in another way.
    static let malformed: [String] = [
        "GET / HTTP/1.1\nHost: h\n\n", "GET / HTTP/1.1\r\nHost: h\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\n\n",
        "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n",
        "\r\n\r\n\r\nGET / HTTP/1.1\r\n", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n", "GET / HTTP/1.1 \r\nHost: h\r\n\r\n",
        " GET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /\r\nHost: h\r\n\r\n", "GET HTTP/1.1\r\nHost: h\r\n\r\n", "GET / HTTP/2.0\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.2\r\nHost: h\r\n\r\n",
        "GET / http/1.1\r\nHost: h\r\n\r\n", "G(T / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n", "GET /\u{e9} HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET /\u{0} HTTP/1.1\r\nHost: h\r\n\r\n", "GET a HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET * HTTP/1.1\r\nHost: h\r\n\r\n", "CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET ftp://h/ HTTP/1.1\r\nHost: h\r\n\r\n", "GET http:///p HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost : h\r\n\r\n",
        "GET / HTTP/1.1\r\n: h\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\n Host: h\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nX\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nX: \u{0}\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nX\u{e9}: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nX: \u{7f}\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nX,Y: a\r\n\r\n",
        "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nab",
        "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1, 1\r\n\r\na",
        "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\na",
        "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\na",
        "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1 1\r\n\r\na",
        "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 0x1\r\n\r\na",
        "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length:\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: \"chunked\"\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding : chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding:\u{b}chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding\r\n : chunked\r\n\r\n",
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ]

    static let malformedChunks: [String] = [
        "0x5\r\n", "+5\r\n", "-5\r\n", " 5\r\n", "5 \r\n", "5 ;a\r\n", "\r\n", ";a\r\n", "g\r\n", "5\n", "5\rx\n",
        "fffffffffffffffffff\r\n", "5\r\nhello\nX", "5\r\nhello!\r\n", "5\r\nhelloXX",
        "5;\u{0}\r\n", "0\r\nbad trailer\r\n", "0\r\n: v\r\n", "0\r\nT : v\r\n", "0\r\n folded: v\r\n", "0\r\nT: v\n",
    ]

    @Test("ambiguous requests are refused and the connection closes", arguments: malformed)
    func refusesHeads(wire: String) {
        #expect(Conversation(wire) == Conversation(requests: ["malformed"], mustClose: true))
        let bytes = ByteBuffer(string: wire)
        let drips = (0..<bytes.readableBytes).map { bytes.getSlice(at: $0, length: 1)! }
        #expect(Conversation(drips) == Conversation(requests: ["malformed"], mustClose: true))
    }

    @Test("ambiguous chunks are refused and the connection closes", arguments: malformedChunks)
    func refusesChunks(body: String) {
        let wire = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body
        let bytes = ByteBuffer(string: wire)
        let refused = Conversation(requests: ["malformed"], mustClose: true)
        #expect(Conversation(wire) == refused)
        #expect(Conversation((0..<bytes.readableBytes).map { bytes.getSlice(at: $0, length: 1)! }) == refused)
    }

    @Test("what NIOHTTP1 does not accept, nor do we; and we read the rest alike", arguments: 0..<400 as Range<UInt64>)
    func differential(seed: UInt64) {
        var generator = SplitMix(state: seed)
        var bytes = Array(Self.accepted.randomElement(using: &generator)!.wire.utf8)
        let alphabet = Array("\r\n :;,\t0aZ/%*\u{0}HTPchunked".utf8)
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes[index] = alphabet.randomElement(using: &generator)!
            case 1: bytes.insert(alphabet.randomElement(using: &generator)!, at: index)
            default: bytes.remove(at: index)
            }
        }
        let ours = Conversation([ByteBuffer(bytes: bytes)]).requests.filter { $0.contains("[") }
        // Each request that we hand over, NIOHTTP1 hands over too, with the same method, target and body. It knows fewer rules.
        let theirs = NIOReading(bytes).requests
        let known: Set<Substring> = ["GET", "PUT", "POST", "OPTIONS"]
        for (index, request) in ours.enumerated() where !request.hasPrefix("GET /p [other") {
            // NIOHTTP1 knows a list of methods; for us any token is one, which every route answers with 405.
            guard let method = request.split(separator: " ").first, known.contains(method) else { return }
            guard index < theirs.count else {
                Issue.record("\(String(decoding: bytes, as: UTF8.self)): we read \(request), NIOHTTP1 nothing")
                return
            }
            #expect(
                theirs[index].matches(request),
                "\(String(decoding: bytes, as: UTF8.self)): \(theirs[index]) and \(request)")
        }
    }
}
