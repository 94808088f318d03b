// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import NIOPosix
import RESP

/// A client connection's own connection to the backend. Confined to the lab's event loop.
final class BackendLink {
    private let eventLoop: any EventLoop
    private var channel: (any Channel)?
    private var isClosed = false
    /// Commands from before the connection was up.
    private var pending: ByteBuffer
    private var cutter = FrameCutter()
    /// Replies that belong to the commands which gave the connection its state, and are not passed on.
    private var swallowed: Int
    /// A reply or push has come.
    var received: (FrameCutter.Frame) -> Void = { _ in }
    /// The connection has ended, or could not be made.
    var ended: () -> Void = {}

    /// Commands of `preamble` are sent first, and their replies kept.
    init(eventLoop: any EventLoop, preamble: [ByteBuffer] = []) {
        self.eventLoop = eventLoop
        self.pending = ByteBuffer()
        for command in preamble { self.pending.writeImmutableBuffer(command) }
        self.swallowed = preamble.count
    }

    func connect(to backend: LabBackend) {
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        let bootstrap = ClientBootstrap(group: self.eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(link: bound.value))
                }
            }
        let connected =
            switch backend {
            case .unix(let path): bootstrap.connect(unixDomainSocketPath: path)
            case .tcp(let host, let port):
                bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1).connect(host: host, port: port)
            }
        connected.assumeIsolated().whenComplete { result in
            switch result {
            case .success(let channel): self.connected(channel)
            case .failure: self.end()
            }
        }
    }

    func send(_ command: ByteBuffer) {
        guard let channel = self.channel else {
            self.pending.writeImmutableBuffer(command)
            return
        }
        channel.writeAndFlush(command, promise: nil)
    }

    /// Nothing more comes from it.
    func close() {
        self.isClosed = true
        self.received = { _ in }
        self.ended = {}
        self.channel?.close(promise: nil)
    }

    private func connected(_ channel: any Channel) {
        guard !self.isClosed else { return channel.close(promise: nil) }
        self.channel = channel
        if self.pending.readableBytes > 0 { channel.writeAndFlush(self.pending, promise: nil) }
        self.pending = ByteBuffer()
    }

    private func read(_ bytes: ByteBuffer) {
        self.cutter.feed(bytes)
        do {
            while let frame = try self.cutter.next() {
                if self.swallowed > 0, frame.value.kind != .push {
                    self.swallowed -= 1
                } else {
                    self.received(frame)
                }
            }
        } catch {
            self.end()
        }
    }

    private func end() {
        guard !self.isClosed else { return }
        let ended = self.ended
        self.close()
        ended()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let link: BackendLink

        init(link: BackendLink) {
            self.link = link
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            self.link.read(self.unwrapInboundIn(data))
        }

        func channelInactive(context: ChannelHandlerContext) {
            self.link.end()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
