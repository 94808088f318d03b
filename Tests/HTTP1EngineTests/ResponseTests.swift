// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import HTTPCore
import NIOCore
import Testing

@testable import HTTP1Engine

@Suite("HTTP/1 responses")
struct ResponseTests {
    private func answer(_ request: String, _ response: Response, id: RequestID = .made(0x0123_4567_89AB_CDEF)) -> String
    {
        let session = HTTP1Session(limits: HTTP1Limits())
        session.receive(ByteBuffer(string: request))
        while let event = session.nextEvent() {
            if event == .requestReceived { break }
        }
        var output = ByteBuffer(string: "before|")
        let large = session.respond(with: response, requestID: id, into: &output)
        return String(buffer: output) + (large.map { "<\($0.readableBytes)>" } ?? "")
    }

    private static let get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

    @Test("a response, to the byte")
    func whole() {
        let response = Response(
            status: 200, contentType: .json, body: ByteBuffer(string: "{}"), fields: [ResponseField(.redisTTL, "5")])
        #expect(
            self.answer(Self.get, response)
                == "before|HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
                + "x-content-type-options: nosniff\r\ncontent-length: 2\r\n"
                + "x-request-id: 0123456789abcdef\r\nredis-ttl-ms: 5\r\n\r\n{}")
    }

    @Test(
        "a streamed body comes in chunks, and to HTTP/1.0 as it is until the connection ends",
        arguments: [("1.1", "c\r\nabcdefghijkl\r\n1\r\nm\r\n0\r\n\r\n", false), ("1.0", "abcdefghijklm", true)])
    func streamed(version: String, body: String, mustClose: Bool) throws {
        let session = HTTP1Session(limits: HTTP1Limits())
        session.receive(
            ByteBuffer(string: "GET / HTTP/\(version)\r\nHost: h\r\n\r\nGET /next HTTP/1.1\r\nHost: h\r\n\r\n"))
        #expect(session.nextEvent() == .requestReceived)
        var response = Response(status: 200, contentType: .eventStream, body: ByteBuffer(string: "abcdefghijkl"))
        response.isStreamed = true
        var output = ByteBuffer()
        let large = session.respond(with: response, requestID: .made(1), into: &output)
        #expect(large == nil)
        #expect(session.nextEvent() == nil, "the next request waits for the end")
        session.send(ByteBuffer(string: "m"), into: &output)
        session.send(ByteBuffer(), into: &output)
        session.finishResponse(into: &output)
        session.send(ByteBuffer(string: "late"), into: &output)
        let text = String(buffer: output)
        let head = try #require(text.range(of: "\r\n\r\n"))
        #expect(text[head.upperBound...] == body)
        #expect(text[..<head.lowerBound].contains("transfer-encoding: chunked") != mustClose)
        #expect(text[..<head.lowerBound].contains("connection: close") == mustClose)
        #expect(!text[..<head.lowerBound].contains("content-length"))
        #expect(session.mustClose == mustClose)
        #expect(session.nextEvent() == (mustClose ? nil : .requestReceived))
    }

    @Test("the request's own identity comes back")
    func identity() {
        let text = self.answer(
            "GET / HTTP/1.1\r\nHost: h\r\nX-Request-Id: mine-1\r\n\r\n", Response(status: 404), id: .taken)
        #expect(text == "before|HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nx-request-id: mine-1\r\n\r\n")
    }

    @Test("204 and 304 have neither body nor length", arguments: [(204, "No Content"), (304, "Not Modified")])
    func bodiless(status: Int, reason: String) {
        let response = Response(status: status, body: ByteBuffer(string: "x"))
        #expect(
            self.answer(Self.get, response)
                == "before|HTTP/1.1 \(status) \(reason)\r\nx-request-id: 0123456789abcdef\r\n\r\n")
    }

    @Test("HEAD gets the length and no body")
    func head() {
        let request = "HEAD / HTTP/1.1\r\nHost: h\r\n\r\n"
        let known = Response(status: 200, body: ByteBuffer(string: "abc"))
        #expect(self.answer(request, known).hasSuffix("content-length: 3\r\nx-request-id: 0123456789abcdef\r\n\r\n"))
        let stated = Response(status: 200, contentLength: 77)
        #expect(self.answer(request, stated).hasSuffix("content-length: 77\r\nx-request-id: 0123456789abcdef\r\n\r\n"))
    }

    @Test(
        "a body is copied below 16 KiB and handed back from there on",
        arguments: [(16_383, false), (16_384, true), (16_385, true)])
    func large(bytes: Int, isLarge: Bool) {
        let text = self.answer(Self.get, Response(status: 200, body: ByteBuffer(repeating: 0x61, count: bytes)))
        #expect(text.hasSuffix("<\(bytes)>") == isLarge)
        #expect(text.contains("content-length: \(bytes)\r\n"))
    }

    @Test("the last response says so")
    func connection() {
        let close = self.answer("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", Response(status: 200))
        #expect(close.hasSuffix("\r\nconnection: close\r\n\r\n"))
        let old = self.answer("GET / HTTP/1.0\r\n\r\n", Response(status: 200))
        #expect(old.hasSuffix("\r\nconnection: close\r\n\r\n"))
        let kept = self.answer("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", Response(status: 200))
        #expect(kept.hasSuffix("\r\nconnection: keep-alive\r\n\r\n"))
    }

    @Test("an answer before the body is complete ends the connection")
    func early() {
        let session = HTTP1Session(limits: HTTP1Limits())
        session.receive(ByteBuffer(string: "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe"))
        #expect(session.nextEvent() == .headersReceived)
        var output = ByteBuffer()
        _ = session.respond(with: Response(status: 401), requestID: .made(1), into: &output)
        #expect(session.mustClose)
        #expect(String(buffer: output).contains("connection: close"))
        session.receive(ByteBuffer(string: "lloGET / HTTP/1.1\r\nHost: h\r\n\r\n"))
        #expect(session.nextEvent() == nil)
        #expect(session.bufferedBytes == 0)
    }

    @Test(
        "hexadecimal digits are right for every nibble",
        arguments: [0, 0xFEDC_BA98_7654_3210, .max, 0x0A0B_0C0D_0E0F_0908] as [UInt64])
    func hexadecimal(number: UInt64) {
        let text = self.answer(Self.get, Response(status: 200), id: .made(number))
        #expect(text.contains("x-request-id: \(RequestID.hexadecimal(number))\r\n"))
    }
}
