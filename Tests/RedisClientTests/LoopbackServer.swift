// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import NIOPosix
import NIOSSL
import RESP

/// A scripted server on a port of its own, with or without TLS.
final class LoopbackServer: Sendable {
    private let channel: any Channel

    /// `tls` holds the server's certificate and key (nil: no TLS); `reply` says what it answers to a command.
    init(tls: TLSConfiguration? = nil, reply: @escaping @Sendable ([String]) -> String) async throws {
        let context = try tls.map { try NIOSSLContext(configuration: $0) }
        self.channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }
                    try channel.pipeline.syncOperations.addHandler(Script(reply: reply))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    var port: Int { self.channel.localAddress?.port ?? 0 }

    func close() async throws {
        try await self.channel.close()
    }

    private final class Script: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private var decoder = RESPDecoder()
        private let reply: ([String]) -> String

        init(reply: @escaping ([String]) -> String) { self.reply = reply }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            self.decoder.feed(self.unwrapInboundIn(data))
            while let command = try? self.decoder.next() {
                let words = command.elements.map { String(buffer: $0.payload) }
                let text = words.first == "HELLO" ? "%0\r\n" : words.first == "CLIENT" ? "+OK\r\n" : self.reply(words)
                guard text != "close" else { return context.close(promise: nil) }
                context.write(self.wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
            }
            context.flush()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
