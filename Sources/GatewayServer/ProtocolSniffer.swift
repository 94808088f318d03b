// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// Tells HTTP/2 by prior knowledge from HTTP/1.1 by the first bytes of a cleartext connection (RFC 9113 section 3.3), then
/// makes way for the protocol's handler.
final class ProtocolSniffer: ChannelInboundHandler, RemovableChannelHandler, NIOScheduledCallbackHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private static let preface: StaticString = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

    private let loop: LoopContext
    private var received = ByteBuffer()
    private var timer: NIOScheduledCallback?
    private var context: ChannelHandlerContext?

    init(loop: LoopContext) {
        self.loop = loop
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        self.arm(context, after: self.loop.configuration.idleTimeout)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        self.timer?.cancel()
        self.timer = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = self.unwrapInboundIn(data)
        if self.received.readableBytes == 0 {
            self.received = bytes
        } else {
            self.received.writeBuffer(&bytes)
        }
        let length = min(self.received.readableBytes, Self.preface.utf8CodeUnitCount)
        guard length > 0 else { return }
        guard Self.isPrefix(self.received, length: length) else { return self.become(.http1, context) }
        guard length < Self.preface.utf8CodeUnitCount else { return self.become(.http2, context) }
        self.arm(context, after: self.loop.configuration.headerTimeout)
    }

    /// A connection that closes before it has said what it is.
    func channelInactive(context: ChannelHandlerContext) {
        self.timer?.cancel()
        self.timer = nil
        context.fireChannelInactive()
    }

    func handleScheduledCallback(eventLoop: some EventLoop) {
        self.timer = nil
        self.loop.count(self.received.readableBytes == 0 ? .idleTime : .headerTime)
        self.context?.close(promise: nil)
    }

    private func become(_ version: HTTPVersion, _ context: ChannelHandlerContext) {
        let received = self.received
        self.received = ByteBuffer()
        self.timer?.cancel()
        self.timer = nil
        do {
            let handler = try ConnectionSetup.makeHandler(version, isEncrypted: false, loop: self.loop)
            try context.pipeline.syncOperations.addHandler(handler, position: .after(self))
        } catch {
            return context.close(promise: nil)
        }
        context.fireChannelRead(self.wrapInboundOut(received))
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }

    private func arm(_ context: ChannelHandlerContext, after time: TimeAmount) {
        self.timer?.cancel()
        self.timer = try? context.eventLoop.assumeIsolated().scheduleCallback(in: time, handler: self)
    }

    private static func isPrefix(_ received: ByteBuffer, length: Int) -> Bool {
        let bytes = received.readableBytesUInt8Span
        // Safety: `length` is at most the literal's own, whose bytes live as long as the process.
        let preface = unsafe UnsafeBufferPointer(start: Self.preface.utf8Start, count: length)
        for index in 0..<length where unsafe preface[index] != bytes[index] {
            return false
        }
        return true
    }
}
