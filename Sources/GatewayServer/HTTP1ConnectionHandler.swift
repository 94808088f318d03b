// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTP1Engine
import HTTPCore
import Logging
import NIOCore

/// One HTTP/1.x connection: moves bytes between the channel and an ``HTTP1Session``, and its one current request between
/// the session and the loop. Pipelined requests wait in the session, and are answered in order.
final class HTTP1ConnectionHandler: HTTPConnection {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    /// Pipelined bytes kept while an answer is awaited; past it the socket is not read.
    private static let pipelinedBytes = 64 * 1024

    let loop: LoopContext
    let session: HTTP1Session
    var isDirty = false
    var hasPausedFeeds = false
    private var context: ChannelHandlerContext?
    private var record: RequestRecord?
    private var isProcessing = false
    private var isReadHeld = false
    private var isDraining = false
    /// An answer was written, and no flush has followed.
    private var isUnflushed = false
    private var isBodyAwaited = false
    /// Bytes of large and of streamed bodies that the channel has not written yet.
    private(set) var queuedBytes = 0
    private var deadlines: ConnectionDeadlines
    var timer: NIOScheduledCallback?
    var timerDeadline = NIODeadline.distantFuture

    init(loop: LoopContext, session: HTTP1Session) {
        self.loop = loop
        self.session = session
        self.deadlines = ConnectionDeadlines(
            timeouts: ConnectionTimeouts(loop.configuration), now: loop.eventLoop.now)
    }

    // MARK: Events of the session

    private func processEvents() {
        guard !self.isProcessing else { return }
        self.isProcessing = true
        while self.queuedBytes <= self.loop.configuration.queuedOutputBytes, self.context != nil,
            let event = self.session.nextEvent()
        {
            self.handle(event)
        }
        self.isProcessing = false
    }

    private func handle(_ event: HTTP1Event) {
        switch event {
        case .headersReceived: self.headersReceived()
        case .dataReceived(let bytes): self.dataReceived(bytes: bytes)
        case .requestReceived: self.requestReceived()
        case .requestRejected(let rejection):
            self.loop.count(rejection)
            self.loop.respond(to: self.record ?? self.begin(), with: Problem(rejection))
        }
    }

    private func begin() -> RequestRecord {
        let record = self.loop.begin(self.session.fields, owner: .init(self))
        self.record = record
        self.deadlines.requestSeen(now: self.loop.now)
        return record
    }

    private func headersReceived() {
        let record = self.begin()
        guard self.loop.accept(record) else { return }
        self.isBodyAwaited = true
        self.arm(self.loop.now + self.deadlines.timeouts.body)
        guard record.fields.expectsContinue, let context = self.context else { return }
        self.loop.output.clear()
        self.session.writeContinue(into: &self.loop.output)
        context.writeAndFlush(self.wrapOutboundOut(self.loop.output), promise: nil)
    }

    private func dataReceived(bytes: Int) {
        guard let record = self.record, record.takesBody else {
            self.session.body = ByteBuffer()
            return
        }
        if !self.loop.charge(bytes, to: record) { self.session.body = ByteBuffer() }
    }

    private func requestReceived() {
        self.isBodyAwaited = false
        guard let record = self.record else {
            let record = self.begin()
            self.loop.handle(record)
            return
        }
        let body = record.takesBody ? self.session.body : ByteBuffer()
        self.session.body = ByteBuffer()
        self.loop.run(record, body: body, completed: self.loop.now)
    }

    // MARK: Responses

    /// Answers the current request. Called by the loop, which then forgets the request, unless it is streamed.
    func respond(with response: Response, requestID: RequestID) {
        if !response.isStreamed { self.record = nil }
        self.isBodyAwaited = false
        guard let context = self.context else { return }
        if self.isDraining { self.session.closeAfterResponse() }
        self.loop.output.clear()
        let body = self.session.respond(with: response, requestID: requestID, into: &self.loop.output)
        context.write(self.wrapOutboundOut(self.loop.output), promise: nil)
        if let body { self.write(large: body, context) }
        self.isUnflushed = true
        self.loop.markDirty(self)
    }

    /// Sends more of a streamed body.
    func send(_ bytes: ByteBuffer) {
        guard let context = self.context else { return }
        self.loop.output.clear()
        self.session.send(bytes, into: &self.loop.output)
        self.write(large: self.loop.output, context)
        self.isUnflushed = true
        self.loop.markDirty(self)
    }

    /// Ends a streamed body. The loop then forgets the request.
    func finishResponse() {
        self.record = nil
        guard let context = self.context else { return }
        self.loop.output.clear()
        self.session.finishResponse(into: &self.loop.output)
        context.write(self.wrapOutboundOut(self.loop.output), promise: nil)
        self.isUnflushed = true
        self.loop.markDirty(self)
    }

    private func write(large body: ByteBuffer, _ context: ChannelHandlerContext) {
        let bytes = body.readableBytes
        self.queuedBytes += bytes
        self.loop.queuedResponseBytes += bytes
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.whenComplete { _ in bound.value.wrote(bytes) }
        context.write(self.wrapOutboundOut(body), promise: promise)
    }

    private func wrote(_ bytes: Int) {
        self.queuedBytes -= bytes
        self.loop.queuedResponseBytes -= bytes
        if self.context != nil { self.loop.markDirty(self) }
        self.loop.scheduleFlush()
    }

    func flush() {
        self.isDirty = false
        guard let context = self.context else { return }
        self.processEvents()
        self.isDirty = false
        let wasWritten = self.isUnflushed
        if self.isUnflushed {
            self.isUnflushed = false
            context.flush()
        }
        self.settle(context, wasWritten: wasWritten)
        if self.hasPausedFeeds { self.resumeFeeds(of: self.loop) }
    }

    private func settle(_ context: ChannelHandlerContext, wasWritten: Bool) {
        guard self.context != nil else { return }
        if !context.channel.isWritable || self.queuedBytes > 0 {
            if self.deadlines.outputBlocked(now: self.loop.now, progressed: wasWritten) {
                self.arm(self.loop.now + self.deadlines.timeouts.write)
            }
        } else {
            self.deadlines.outputDone()
        }
        if self.session.mustClose, self.record == nil {
            self.closeAfterFlush(context)
        } else if self.isDraining, self.record == nil, !self.session.isReceiving {
            self.closeAfterFlush(context)
        } else if self.isReadHeld, self.mayRead {
            self.isReadHeld = false
            context.read()
        }
    }

    /// Everything written before is sent first: a channel's close fails what was not flushed, and all is flushed here. What the
    /// socket has not taken yet keeps the connection open until it has, or the write timeout ends it.
    private func closeAfterFlush(_ context: ChannelHandlerContext) {
        self.isReadHeld = true
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
        context.writeAndFlush(self.wrapOutboundOut(ByteBuffer()), promise: promise)
    }

    private var mayRead: Bool {
        self.session.bufferedBytes < Self.pipelinedBytes || (self.record != nil && self.isBodyAwaited)
    }

    // MARK: The end

    func drain() {
        guard !self.isDraining else { return }
        self.isDraining = true
        self.flush()
    }

    func abort() {
        self.context?.close(promise: nil)
    }

    /// Cancels what is open. Safe to call twice.
    private func end() {
        guard self.context != nil else { return }
        self.context = nil
        self.timer?.cancel()
        self.timer = nil
        if let record = self.record { self.loop.cancel(record) }
        self.record = nil
        self.loop.closed(self, version: .http1)
    }
}

extension HTTP1ConnectionHandler: ChannelDuplexHandler {
    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        self.loop.opened(self, version: .http1)
        self.arm(self.deadlines.opened + self.deadlines.timeouts.idle)
        if self.loop.isClosing { self.drain() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.end()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.loop.refreshNow()
        self.session.receive(self.unwrapInboundIn(data))
        self.processEvents()
        let isReceivingHeaders = self.session.isReceiving && self.record == nil
        if self.deadlines.received(now: self.loop.now, isReceivingHeaders: isReceivingHeaders) {
            self.arm(self.loop.now + self.deadlines.timeouts.header)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.flush()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        self.loop.refreshNow()
        self.deadlines.outputDone()
        self.flush()
    }

    func read(context: ChannelHandlerContext) {
        if self.mayRead {
            context.read()
        } else {
            self.isReadHeld = true
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
}

extension HTTP1ConnectionHandler: TimedConnection {
    var channelContext: ChannelHandlerContext? { self.context }

    func check(now: NIODeadline) -> ConnectionDeadlines.Verdict {
        var next: NIODeadline?
        if self.isBodyAwaited, let record = self.record {
            let deadline = record.bodyProgress + self.deadlines.timeouts.body
            guard now < deadline else { return .expired(.bodyTime) }
            next = deadline
        }
        return self.deadlines.check(now: now, isIdle: self.record == nil, next: next)
    }

    func expire(_ limit: Limit) {
        switch limit {
        case .bodyTime:
            if let record = self.record { self.loop.respond(to: record, with: Problem.requestTimeout) }
            self.flush()
        case .headerTime where self.record == nil:
            self.session.closeAfterResponse()
            self.loop.respond(to: self.begin(), with: Problem.requestTimeout)
            self.flush()
        case .connectionAge where !self.isDraining, .idleTime where !self.isDraining:
            self.drain()
        default:
            self.abort()
        }
    }
}
