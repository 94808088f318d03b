// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import NIOTLS

/// Closes a connection whose TLS handshake is not over in the time that a header section may take.
final class HandshakeTimeout: ChannelInboundHandler, RemovableChannelHandler, NIOScheduledCallbackHandler {
    typealias InboundIn = ByteBuffer

    private let loop: LoopContext
    private var timer: NIOScheduledCallback?
    private var context: ChannelHandlerContext?

    init(loop: LoopContext) {
        self.loop = loop
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        self.timer = try? context.eventLoop.assumeIsolated().scheduleCallback(
            in: self.loop.configuration.headerTimeout, handler: self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.timer?.cancel()
        self.timer = nil
        self.context = nil
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        context.fireUserInboundEventTriggered(event)
        guard case .handshakeCompleted? = event as? TLSUserEvent else { return }
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.timer?.cancel()
        self.timer = nil
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A handshake that fails: nobody to answer.
        context.close(promise: nil)
    }

    func handleScheduledCallback(eventLoop: some EventLoop) {
        self.timer = nil
        self.loop.count(.headerTime)
        self.context?.close(promise: nil)
    }
}
