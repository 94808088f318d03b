// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine
import NIOCore

/// Cleartext HTTP/2 with prior knowledge, for several callers.
final class HTTP2LoadConnection: ChannelInboundHandler, LoadConnection {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let session: HTTP2ClientSession
    private let authority: String
    private let token: String
    private var completions: [UInt64: (LoadResponse) -> Void] = [:]
    private var nextTag: UInt64 = 0
    private var context: ChannelHandlerContext?
    private var isFlushScheduled = false

    init(authority: String, token: String) throws {
        self.session = try HTTP2ClientSession()
        self.authority = authority
        self.token = token
    }

    var isOpen: Bool { self.context != nil && self.session.acceptsRequests }

    func send(
        _ method: String, _ path: String, body: ByteBuffer, completion: @escaping (LoadResponse) -> Void
    ) {
        var request = HTTP2ClientRequest(method: method, authority: self.authority, path: path, body: body)
        if method == "POST" { request.fields.append(("content-type", "application/json")) }
        if !self.token.isEmpty { request.fields.append(("authorization", "Bearer \(self.token)")) }
        self.nextTag += 1
        guard self.isOpen, (try? self.session.submit(request, tag: self.nextTag)) != nil else {
            return completion(LoadResponse())
        }
        self.completions[self.nextTag] = completion
        self.scheduleFlush()
    }

    func close() {
        self.context?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { self.flush() }
    }

    func channelActive(context: ChannelHandlerContext) {
        self.flush()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do {
            try self.session.receive(self.unwrapInboundIn(data))
        } catch {
            context.close(promise: nil)
        }
        self.takeEvents()
        self.flush()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        self.session.close()
        self.takeEvents()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func takeEvents() {
        while let event = self.session.nextEvent() {
            guard case .closed(let exchange) = event else { continue }
            let completion = self.completions.removeValue(forKey: exchange.tag)
            completion?(
                exchange.isComplete ? LoadResponse(status: exchange.status, body: exchange.body) : LoadResponse())
        }
    }

    /// One write for all requests of a tick.
    private func scheduleFlush() {
        guard !self.isFlushScheduled, let context = self.context else { return }
        self.isFlushScheduled = true
        context.eventLoop.assumeIsolated().execute {
            self.isFlushScheduled = false
            self.flush()
        }
    }

    private func flush() {
        guard let context = self.context else { return }
        var output = ByteBuffer()
        try? self.session.drain(into: &output)
        self.takeEvents()
        if output.readableBytes > 0 { context.writeAndFlush(self.wrapOutboundOut(output), promise: nil) }
        if self.session.isFinished { context.close(promise: nil) }
    }
}
