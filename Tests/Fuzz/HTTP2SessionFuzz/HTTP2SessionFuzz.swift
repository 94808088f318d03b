// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine
import HTTPCore
import NIOCore

/// Feeds bytes to a session and answers what comes out of it.
///
/// The first two bytes of the input choose the owner's behaviour and the size of the pieces; the client's preface is put in
/// front, so that the rest is frames. An invariant that does not hold traps.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTTP2Session(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    guard input.count >= 2 else { return 0 }
    var run = Run(behaviour: input[0])
    run.feed(ByteBuffer(string: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), piece: 24)
    run.feed(ByteBuffer(bytes: input.dropFirst(2)), piece: max(1, Int(input[1])))
    run.finish()
    return 0
}

private struct Run {
    private let session: HTTP2Session?
    private let behaviour: UInt8
    private var announced: Set<Int32> = []
    private var closed: Set<Int32> = []
    private var clock = NIODeadline.uptimeNanoseconds(1)
    private var isOver = false

    init(behaviour: UInt8) {
        var limits = HTTP2Limits()
        limits.bodyBytes = 10_000
        limits.targetBytes = 200
        limits.headerFields = 20
        limits.concurrentStreams = 10
        self.session = try? HTTP2Session(limits: limits)
        self.behaviour = behaviour
    }

    mutating func feed(_ bytes: ByteBuffer, piece: Int) {
        var rest = bytes
        while !self.isOver, let part = rest.readSlice(length: min(piece, rest.readableBytes)), part.readableBytes > 0 {
            self.clock = self.clock + .milliseconds(10)
            do {
                try self.session?.receive(part, now: self.clock)
            } catch {
                self.isOver = true
            }
            self.takeEvents()
            self.drain()
        }
    }

    mutating func finish() {
        guard let session = self.session else { return }
        session.close()
        self.takeEvents()
        precondition(session.openStreams == 0, "a stream is still open")
        precondition(session.queuedBytes == 0, "bytes are still counted")
        precondition(self.announced == self.closed, "a stream was not closed")
    }

    private mutating func drain() {
        guard let session = self.session else { return }
        var output = ByteBuffer()
        let limit = self.behaviour & 1 == 0 ? 100_000 : 50
        try? session.drain(into: &output, limit: limit)
        precondition(output.readableBytes <= limit + 70_000, "the limit was not kept")
        precondition(session.queuedBytes >= 0, "more was sent than there was")
        self.takeEvents()
    }

    private mutating func takeEvents() {
        while let event = self.session?.nextEvent() {
            switch event {
            case .headersReceived(let stream):
                self.announced.insert(stream.id)
                if self.behaviour & 2 != 0 { try? self.session?.sendContinue(to: stream) }
                if self.behaviour & 4 != 0 { self.answer(stream) }
            case .dataReceived(let stream, let bytes):
                precondition(self.announced.contains(stream.id), "data of an unknown stream")
                precondition(bytes <= 10_000, "more body than allowed")
                if self.behaviour & 8 != 0 { try? self.session?.returnCredit(stream, bytes: bytes) }
            case .requestReceived(let stream), .requestRejected(let stream, _):
                self.announced.insert(stream.id)
                if self.behaviour & 16 != 0 { try? self.session?.reset(stream, errorCode: 8) }
                self.answer(stream)
            case .streamClosed(let stream):
                precondition(self.closed.insert(stream.id).inserted, "a stream was closed twice")
            }
        }
    }

    private func answer(_ stream: HTTP2Stream) {
        let body = ByteBuffer(repeating: 1, count: self.behaviour & 32 == 0 ? 5 : 40_000)
        try? self.session?.respond(
            to: stream, with: Response(status: 200, contentType: .json, body: body), requestID: .made(1))
    }
}
