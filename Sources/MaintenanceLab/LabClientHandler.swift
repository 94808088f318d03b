// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// The channel handler of a client's connection.
final class LabClientHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let connection: LabConnection

    init(connection: LabConnection) {
        self.connection = connection
    }

    func channelActive(context: ChannelHandlerContext) {
        self.connection.start()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.connection.clientRead(self.unwrapInboundIn(data))
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.connection.clientEnded()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
