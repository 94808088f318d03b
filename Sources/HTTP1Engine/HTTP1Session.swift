// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
package import NIOCore

/// A server's side of one HTTP/1.x connection (RFC 9112): bytes in, events out; responses in, bytes out. No I/O, no clock.
///
/// One request at a time; pipelined ones wait as bytes. Confined to its owner's event loop.
package final class HTTP1Session {
    /// Where the session stands.
    private enum State {
        /// Before or inside a request head. -> body, awaitingResponse
        case head
        /// The head of a request without a body, or the whole body, has been read: `requestReceived` is next.
        case complete
        /// This many bytes of the body are to come. -> complete
        case body(Int)
        /// Inside a chunked body. -> complete
        case chunked
        /// The request was handed over. -> head, closed
        case awaitingResponse
        /// The connection is to be closed: nothing is read any more.
        case closed
    }

    /// Empty lines that may stand before a request line (RFC 9112 section 2.2).
    private static let emptyLines = 2
    /// A body of at least this size is not copied behind its head.
    private static let largeBodyBytes = 16 * 1024

    package let fields = RequestFields()
    /// The current request's body so far.
    package var body = ByteBuffer()
    private let limits: HTTP1Limits
    private var input = ByteBuffer()
    private var state = State.head
    private var head: HTTP1Head
    private var chunks = ChunkedDecoder()
    /// The head has no LF between the line start that was last seen and here.
    private var scanned = 0
    /// Offset of the first byte of the line being scanned.
    private var lineStart = 0
    private var skippedLines = 0
    private var isLast = false
    /// Whether a response was begun whose body goes on.
    private var isStreaming = false

    package init(limits: HTTP1Limits) {
        self.limits = limits
        self.head = HTTP1Head(limits: limits)
    }

    deinit {
        self.fields.deallocate()
    }

    /// The connection must be closed once the output is flushed: it was asked for, or the framing is no longer certain.
    package private(set) var mustClose = false

    /// A request has begun (its first byte was seen) and is not complete yet.
    package var isReceiving: Bool {
        switch self.state {
        case .head: self.input.readableBytes > 0
        case .body, .chunked, .complete: true
        case .awaitingResponse, .closed: false
        }
    }

    /// Bytes received and not parsed yet.
    package var bufferedBytes: Int {
        self.input.readableBytes
    }

    /// Takes bytes from the peer. They are kept while an answer is awaited (pipelining); the owner stops reading when
    /// ``bufferedBytes`` grows too large.
    package func receive(_ bytes: ByteBuffer) {
        if case .closed = self.state { return }
        if self.input.readableBytes == 0 {
            self.input = bytes
        } else {
            self.input.writeImmutableBuffer(bytes)
        }
    }

    /// Parses on to the next event; nil when more bytes, or the answer to the current request, are needed.
    package func nextEvent() -> HTTP1Event? {
        switch self.state {
        case .head: self.readHead()
        case .complete: self.hand(.requestReceived)
        case .body(let rest): self.readBody(rest)
        case .chunked: self.readChunks()
        case .awaitingResponse, .closed: nil
        }
    }

    /// Answer the current request, and then close: `Connection: close` is sent with the next response.
    package func closeAfterResponse() {
        self.isLast = true
    }

    // MARK: Reading

    private func hand(_ event: HTTP1Event) -> HTTP1Event {
        self.state = .awaitingResponse
        return event
    }

    private func reject(_ rejection: RequestRejection) -> HTTP1Event {
        self.isLast = true
        return self.hand(.requestRejected(rejection))
    }

    private func readHead() -> HTTP1Event? {
        switch self.findHeadEnd() {
        case .incomplete: return nil
        case .rejected(let rejection): return self.reject(rejection)
        case .complete(let length):
            self.head = HTTP1Head(limits: self.limits)
            let input = self.input
            let rejection = HTTP1Head.read(
                input.readableBytesUInt8Span.extracting(0..<length), into: self.fields, limits: self.limits,
                head: &self.head)
            self.input.moveReaderIndex(forwardBy: length)
            self.releaseInput()
            if let rejection { return self.reject(rejection) }
            if !self.head.keepsAlive { self.isLast = true }
            return self.begin(self.head.framing)
        }
    }

    private func begin(_ framing: HTTP1Head.Framing) -> HTTP1Event {
        switch framing {
        case .none:
            return self.hand(.requestReceived)
        case .length(let length):
            self.state = .body(length)
        case .chunked:
            self.chunks = ChunkedDecoder()
            self.state = .chunked
        }
        return .headersReceived
    }

    private enum HeadEnd {
        case incomplete
        case complete(Int)
        case rejected(RequestRejection)
    }

    /// Looks for the empty line, from where the last call stopped. An LF without its CR ends the search at once.
    private func findHeadEnd() -> HeadEnd {
        while true {
            self.scanned = Self.lineFeed(self.input, from: self.scanned)
            let index = self.input.readerIndex + self.scanned
            guard index < self.input.writerIndex else { return self.checkIncomplete() }
            guard self.scanned > self.lineStart, self.input.getInteger(at: index - 1, as: UInt8.self) == 0x0D else {
                return .rejected(.malformed)
            }
            // Whether the line came in one piece must not matter: `checkIncomplete` refuses it as well.
            if self.lineStart == 0, self.isTooLong(requestLine: self.scanned) { return .rejected(.targetTooLong) }
            let isEmpty = self.scanned == self.lineStart + 1
            self.scanned += 1
            self.lineStart = self.scanned
            guard isEmpty else { continue }
            let length = self.scanned
            self.scanned = 0
            self.lineStart = 0
            guard length == 2 else {
                return length <= self.limits.headerBytes ? .complete(length) : .rejected(.headerFieldsTooLarge)
            }
            // An empty line before the request line.
            self.skippedLines += 1
            guard self.skippedLines <= Self.emptyLines else { return .rejected(.malformed) }
            self.input.moveReaderIndex(forwardBy: 2)
            self.releaseInput()
        }
    }

    /// The offset of the first LF at or after `start`; the number of readable bytes if there is none.
    private static func lineFeed(_ input: ByteBuffer, from start: Int) -> Int {
        let bytes = input.readableBytesUInt8Span
        var index = start
        while index < bytes.count, bytes[index] != 0x0A {
            index += 1
        }
        return index
    }

    private func checkIncomplete() -> HeadEnd {
        let count = self.input.readableBytes
        if self.lineStart == 0, self.isTooLong(requestLine: count) { return .rejected(.targetTooLong) }
        return count > self.limits.headerBytes ? .rejected(.headerFieldsTooLarge) : .incomplete
    }

    /// Whether a request line is longer than the longest target with a method and a version beside it.
    private func isTooLong(requestLine bytes: Int) -> Bool {
        bytes > self.limits.targetBytes + 64
    }

    private func readBody(_ rest: Int) -> HTTP1Event? {
        let count = min(rest, self.input.readableBytes)
        guard count > 0, let data = self.input.readSlice(length: count) else { return nil }
        self.releaseInput()
        self.state = count == rest ? .complete : .body(rest - count)
        return self.keep(data, expected: rest)
    }

    private func readChunks() -> HTTP1Event? {
        switch self.chunks.next(&self.input, limits: self.limits) {
        case .needsMore: return nil
        case .data(let data): return self.keep(data, expected: data.readableBytes)
        case .complete:
            self.releaseInput()
            return self.hand(.requestReceived)
        case .rejected(let rejection): return self.reject(rejection)
        }
    }

    /// Appends to the body. The first piece is adopted as it is when nothing follows it.
    private func keep(_ data: ByteBuffer, expected: Int) -> HTTP1Event {
        let bytes = data.readableBytes
        if self.body.readableBytes == 0, bytes == expected {
            self.body = data
        } else {
            if self.body.capacity == 0 { self.body.reserveCapacity(min(expected, Self.reservedBodyBytes)) }
            self.body.writeImmutableBuffer(data)
        }
        return .dataReceived(bytes: bytes)
    }

    /// Memory that a `Content-Length` alone may make us reserve.
    private static let reservedBodyBytes = 256 * 1024

    /// Gives the buffer back when it is used up, so that the reader of the socket may use it again.
    private func releaseInput() {
        if self.input.readableBytes == 0 { self.input = ByteBuffer() }
    }

    // MARK: Writing

    /// Writes the answer to the current request. After it ``nextEvent()`` goes on with the next one, unless ``mustClose``.
    /// For HEAD, 204 and 304 no body is written. A request whose body has not arrived in full is answered all the same, and
    /// ``mustClose`` becomes true.
    /// - Returns: a body of 16 KiB or more, which is not copied: the owner writes it right after `output`.
    package func respond(
        with response: Response, requestID: RequestID, into output: inout ByteBuffer
    ) -> ByteBuffer? {
        if case .awaitingResponse = self.state {} else { self.isLast = true }
        let isHead = self.fields.method == .head
        // HTTP/1.0 has no chunks: the end of the connection is the end of the body.
        if response.isStreamed, self.head.isVersion10 { self.isLast = true }
        let connection: HTTP1ResponseHead.Connection =
            self.isLast ? .close : self.head.isVersion10 ? .keepAlive : .unsaid
        let head = HTTP1ResponseHead(
            response: response, requestID: requestID, connection: connection,
            isChunked: response.isStreamed && !self.head.isVersion10)
        head.write(to: &output, request: self.fields)
        if response.isStreamed, !response.isBodiless, !isHead {
            self.isStreaming = true
            self.send(response.body, into: &output)
            return nil
        }
        self.finish()
        guard !isHead, !response.isBodiless, response.body.readableBytes > 0 else { return nil }
        guard response.body.readableBytes < Self.largeBodyBytes else { return response.body }
        output.writeImmutableBuffer(response.body)
        return nil
    }

    /// Writes more of a streamed body (``Response/isStreamed``); nothing once it is finished.
    package func send(_ bytes: ByteBuffer, into output: inout ByteBuffer) {
        guard self.isStreaming, bytes.readableBytes > 0 else { return }
        guard !self.head.isVersion10 else { return _ = output.writeImmutableBuffer(bytes) }
        output.writeString(String(bytes.readableBytes, radix: 16))
        output.writeStaticString("\r\n")
        output.writeImmutableBuffer(bytes)
        output.writeStaticString("\r\n")
    }

    /// Ends a streamed body. After it ``nextEvent()`` goes on with the next request, unless ``mustClose``.
    package func finishResponse(into output: inout ByteBuffer) {
        guard self.isStreaming else { return }
        self.isStreaming = false
        if !self.head.isVersion10 { output.writeStaticString("0\r\n\r\n") }
        self.finish()
    }

    /// `HTTP/1.1 100 Continue`.
    package func writeContinue(into output: inout ByteBuffer) {
        output.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
    }

    private func finish() {
        self.fields.removeAll()
        self.body = ByteBuffer()
        self.skippedLines = 0
        guard self.isLast else {
            self.state = .head
            return
        }
        self.state = .closed
        self.mustClose = true
        self.input = ByteBuffer()
    }
}
