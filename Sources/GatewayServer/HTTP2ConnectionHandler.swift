// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTP2Engine
import HTTPCore
import Logging
import NIOCore
import RedisCore
import Telemetry

/// One HTTP/2 connection: moves bytes between the channel and an ``HTTP2Session``, and requests between the session and
/// the loop.
///
/// Requests are dispatched as long as their answers are expected to fit in the connection's share of output memory; the
/// others wait in the session. The socket is read all the same, for what comes may be the WINDOW_UPDATE that everything waits
/// for: how much can come is bounded by the number of streams, their windows, and the budget of control frames.
final class HTTP2ConnectionHandler: HTTPConnection {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Bytes handed to the channel in one write.
    static let writeChunkBytes = 256 * 1024
    /// Between the GOAWAY that announces the end and the one that names the last stream: more than a round trip.
    private static let shutdownNoticeTime = TimeAmount.milliseconds(500)

    let loop: LoopContext
    let session: HTTP2Session
    let isEncrypted: Bool
    var isDirty = false
    var hasPausedFeeds = false
    var context: ChannelHandlerContext?
    var isFlushing = false
    /// The channel's own answer, without asking it each time.
    var isWritable = true
    var isDraining = false
    let window = DispatchWindow()
    /// The stream of a complete request that there is no room for yet.
    private var heldRequest: HTTP2Stream?
    /// What of the session's queue is counted in ``LoopContext/queuedResponseBytes``.
    var countedResponseBytes = 0
    /// Streams whose body is not complete.
    private var uploads = TrivialStack<HTTP2Stream>()
    var deadlines: ConnectionDeadlines
    var timer: NIOScheduledCallback?
    var timerDeadline = NIODeadline.distantFuture

    /// - Parameters:
    ///   - loop: The event loop's own.
    ///   - session: Of the connection.
    ///   - isEncrypted: Whether there is TLS below, which makes a record of each piece that it is handed.
    init(loop: LoopContext, session: HTTP2Session, isEncrypted: Bool) {
        self.loop = loop
        self.isEncrypted = isEncrypted
        self.session = session
        self.deadlines = ConnectionDeadlines(
            timeouts: ConnectionTimeouts(loop.configuration), now: loop.eventLoop.now)
    }

    // MARK: Events of the session

    private var mayDispatch: Bool {
        self.window.mayDispatch(room: self.loop.configuration.queuedOutputBytes - self.session.queuedBytes)
    }

    /// Handles what the session has to tell, up to a complete request that there is no room for. It and all behind it wait: what
    /// makes room is a reply of Redis or a peer that reads, never one of them.
    func processEvents() {
        if let stream = self.heldRequest {
            guard self.mayDispatch else { return }
            self.heldRequest = nil
            self.requestReceived(stream)
        }
        while self.heldRequest == nil, let event = self.session.nextEvent() { self.handle(event) }
    }

    private func handle(_ event: HTTP2Event) {
        switch event {
        case .requestReceived(let stream):
            guard self.mayDispatch else { return self.heldRequest = stream }
            self.requestReceived(stream)
        case .headersReceived(let stream): self.headersReceived(stream)
        case .dataReceived(let stream, let bytes): self.dataReceived(stream, bytes: bytes)
        case .requestRejected(let stream, let rejection): self.requestRejected(stream, rejection)
        case .streamClosed(let stream): self.streamClosed(stream)
        }
    }

    private func begin(_ stream: HTTP2Stream) -> RequestRecord {
        let record = self.loop.begin(stream.fields, owner: .init(self, stream))
        stream.tag = HTTP2ConnectionHandler.tag(of: record)
        self.deadlines.requestSeen(now: self.loop.now)
        self.loop.streamsBegun &+= 1
        return record
    }

    private func requestReceived(_ stream: HTTP2Stream) {
        // Refused by its header section, or for want of memory, while the rest of it was in the queue.
        guard stream.tag != Self.answeredTag else { return }
        self.window.begin()
        guard stream.tag == 0 else {
            stream.tag |= Self.dispatchedBit
            guard let record = self.record(of: stream) else { return }
            self.endUpload(stream)
            let body = record.takesBody ? stream.body : self.loop.noBody
            stream.trim()
            return self.loop.run(record, body: body, completed: stream.completed)
        }
        let record = self.begin(stream)
        stream.tag |= Self.dispatchedBit
        // It may have waited for room.
        record.arrived = stream.completed
        record.timedFrom = stream.completed
        self.loop.handle(record)
    }

    private func headersReceived(_ stream: HTTP2Stream) {
        let record = self.begin(stream)
        guard self.loop.accept(record) else { return }
        self.uploads.append(stream)
        self.arm(self.loop.now + self.deadlines.timeouts.body)
        guard record.fields.expectsContinue else { return }
        self.attempt { () throws(EngineError) in try self.session.sendContinue(to: stream) }
        self.loop.markDirty(self)
    }

    private func dataReceived(_ stream: HTTP2Stream, bytes: Int) {
        defer {
            self.attempt { () throws(EngineError) in try self.session.returnCredit(stream, bytes: bytes) }
            self.loop.markDirty(self)
        }
        guard let record = self.record(of: stream), record.takesBody else {
            stream.body = ByteBuffer()
            return
        }
        if !self.loop.charge(bytes, to: record) { stream.body = ByteBuffer() }
    }

    private func requestRejected(_ stream: HTTP2Stream, _ rejection: RequestRejection) {
        guard stream.tag != Self.answeredTag else { return }
        let record = self.record(of: stream) ?? self.begin(stream)
        self.loop.count(rejection)
        self.loop.respond(to: record, with: Problem(rejection))
    }

    private func streamClosed(_ stream: HTTP2Stream) {
        guard let record = self.record(of: stream) else { return }
        let isDispatched = stream.tag & Self.dispatchedBit != 0
        self.forget(stream)
        if !self.loop.abandon(record, self.window), isDispatched { self.window.end(bytes: 0) }
    }

    // MARK: Responses

    /// Answers the request of the stream. Called by the loop, which then forgets the request, unless it is streamed.
    func respond(to stream: HTTP2Stream, with response: Response, requestID: RequestID) {
        if response.isStreamed {
            self.hold(stream)
            self.endUpload(stream)
        } else {
            if stream.tag & Self.dispatchedBit != 0 { self.window.end(bytes: response.body.readableBytes) }
            self.forget(stream)
        }
        let queued = self.session.queuedBytes
        self.attempt { () throws(EngineError) in
            try self.session.respond(to: stream, with: response, requestID: requestID)
        }
        self.countResponseBytes(self.session.queuedBytes - queued)
        self.loop.markDirty(self)
    }

    func forget(_ stream: HTTP2Stream) {
        stream.tag = Self.answeredTag
        self.endUpload(stream)
    }

    private func endUpload(_ stream: HTTP2Stream) {
        guard let index = self.uploads.firstIndex(where: { $0 == stream }) else { return }
        self.uploads.swapRemove(at: index)
    }

    // MARK: The end

    func drain() {
        guard !self.isDraining, let context = self.context else { return }
        self.isDraining = true
        self.attempt { () throws(EngineError) in try self.session.submitShutdownNotice() }
        self.flush()
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: Self.shutdownNoticeTime) { bound.value.finishDrain() }
    }

    private func finishDrain() {
        guard self.context != nil else { return }
        self.attempt { () throws(EngineError) in try self.session.submitGoAway(errorCode: 0) }
        self.deadlines.isLastGoAwaySent = true
        self.flush()
    }

    func abort() {
        self.context?.close(promise: nil)
    }

    /// A session that reports an error has a GOAWAY queued, mostly: it is sent, and the connection ends.
    func attempt(_ body: () throws(EngineError) -> Void) {
        do {
            try body()
        } catch {
            self.fail(error)
        }
    }

    private func fail(_ error: EngineError) {
        guard let context = self.context else { return }
        if case .misuse = error {
            // A response to a stream that the peer has reset meanwhile: the close event is on its way.
            return
        }
        if case .abusive(let abuse) = error { self.loop.count(Limit(abuse)) }
        self.loop.logger.debug("http/2 connection failed", metadata: ["error": "\(error)"])
        self.context = nil
        self.loop.output.clear()
        try? self.session.drain(into: &self.loop.output, limit: Self.writeChunkBytes)
        if self.loop.output.readableBytes > 0 {
            context.writeAndFlush(self.wrapOutboundOut(self.loop.output), promise: nil)
        }
        context.close(promise: nil)
    }

    /// Marks a stream whose request counts in the window.
    static let dispatchedBit: UInt64 = 1 << 31
    /// A stream whose request is over: it names no record, and is no new one either.
    static let answeredTag = dispatchedBit
}

extension HTTP2ConnectionHandler: ChannelInboundHandler {
    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        self.isWritable = context.channel.isWritable
        self.window.connection = self
        self.loop.opened(self, version: .http2)
        self.arm(self.deadlines.opened + self.deadlines.timeouts.idle)
        if self.loop.isClosing { self.drain() }
        self.flush()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.end()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.loop.refreshNow()
        let bytes = self.unwrapInboundIn(data)
        self.attempt { () throws(EngineError) in try self.session.receive(bytes, now: self.loop.now) }
        guard self.context != nil else { return }
        self.processEvents()
        if self.deadlines.received(now: self.loop.now, isReceivingHeaders: self.session.isReceivingHeaders) {
            self.arm(self.loop.now + self.deadlines.timeouts.header)
        }
        self.isDirty = true
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.flush()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        self.isWritable = context.channel.isWritable
        if self.isWritable {
            self.loop.refreshNow()
            self.flush()
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.end()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.loop.logger.debug("http connection error", metadata: ["error": "\(error)"])
        context.close(promise: nil)
    }

    /// Cancels what is open. Safe to call twice.
    private func end() {
        self.context = nil
        self.window.connection = nil
        self.heldRequest = nil
        self.timer?.cancel()
        self.timer = nil
        self.session.close()
        while let event = self.session.nextEvent() {
            if case .streamClosed(let stream) = event { self.streamClosed(stream) }
        }
        self.loop.queuedResponseBytes -= self.countedResponseBytes
        self.countedResponseBytes = 0
        self.loop.closed(self, version: .http2)
    }
}

extension HTTP2ConnectionHandler: TimedConnection {
    var channelContext: ChannelHandlerContext? { self.context }

    func check(now: NIODeadline) -> ConnectionDeadlines.Verdict {
        if let index = self.uploads.firstIndex(where: { self.isStalled($0, now: now) }) {
            let stalled = self.uploads[index]
            self.loop.count(.bodyTime)
            if let record = self.record(of: stalled) { self.loop.respond(to: record, with: Problem.requestTimeout) }
            self.flush()
        }
        let upload = self.uploads.isEmpty ? nil : now + self.deadlines.timeouts.body
        return self.deadlines.check(now: now, isIdle: self.session.openStreams == 0, next: upload)
    }

    private func isStalled(_ stream: HTTP2Stream, now: NIODeadline) -> Bool {
        guard let record = self.record(of: stream) else { return false }
        return record.bodyProgress + self.deadlines.timeouts.body <= now
    }

    func expire(_ limit: Limit) {
        if limit == .connectionAge || limit == .idleTime, !self.isDraining {
            self.drain()
        } else {
            self.abort()
        }
    }
}
