// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import MaintenanceLab
import NIOCore
import NIOPosix
import RESP

/// A RESP connection that keeps every value as it comes, pushes too.
final class TestClient: Sendable {
    private let channel: any Channel
    private let bound: NIOLoopBoundBox<Received>

    /// Confined to the channel's event loop.
    private final class Received {
        var texts: [String] = []
        var waiters: [(count: Int, promise: EventLoopPromise<[String]>)] = []
        var isClosed = false
        var wasReset = false
        var enders: [EventLoopPromise<Bool>] = []

        func wake() {
            let ready = self.waiters.filter { $0.count <= self.texts.count || self.isClosed }
            self.waiters.removeAll { $0.count <= self.texts.count || self.isClosed }
            for waiter in ready { waiter.promise.succeed(self.texts) }
            guard self.isClosed else { return }
            for ender in self.enders { ender.succeed(self.wasReset) }
            self.enders = []
        }
    }

    init(_ endpoint: LabEndpoint) async throws {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let bound = NIOLoopBoundBox.makeBoxSendingValue(Received(), eventLoop: eventLoop)
        self.bound = bound
        self.channel = try await ClientBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(received: bound.value))
                }
            }
            .connect(host: endpoint.host, port: endpoint.port).get()
    }

    /// Connects, says HELLO 3 and opts in; the three replies are received already.
    static func optedIn(_ endpoint: LabEndpoint) async throws -> TestClient {
        let client = try await TestClient(endpoint)
        client.send("HELLO 3", "CLIENT MAINT_NOTIFICATIONS ON moving-endpoint-type none")
        _ = try await client.received(2)
        return client
    }

    /// Sends commands in one write; words are separated by spaces.
    func send(_ commands: String...) {
        var encoder = RESPEncoder()
        for command in commands {
            let words = command.split(separator: " ")
            encoder.array(count: words.count)
            for word in words { encoder.bulk(ByteBuffer(substring: word)) }
        }
        self.channel.writeAndFlush(encoder.buffer, promise: nil)
    }

    /// Everything received, once there are so many values or the connection is closed. A value is shown as its text, a
    /// push as `>` and its elements.
    func received(_ count: Int) async throws -> [String] {
        try await self.channel.eventLoop.flatSubmit { [bound, channel] in
            let promise = channel.eventLoop.makePromise(of: [String].self)
            bound.value.waiters.append((count, promise))
            bound.value.wake()
            return promise.futureResult
        }.get()
    }

    /// Waits for the end.
    /// - Returns: whether it was a reset.
    func end() async throws -> Bool {
        try await self.channel.eventLoop.flatSubmit { [bound, channel] in
            let promise = channel.eventLoop.makePromise(of: Bool.self)
            bound.value.enders.append(promise)
            bound.value.wake()
            return promise.futureResult
        }.get()
    }

    func close() {
        self.channel.close(promise: nil)
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let received: Received
        private var decoder = RESPDecoder()

        init(received: Received) {
            self.received = received
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            self.decoder.feed(self.unwrapInboundIn(data))
            while let value = try? self.decoder.next() { self.received.texts.append(Self.text(value)) }
            self.received.wake()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            self.received.wasReset = (error as? IOError)?.errnoCode == 104
            context.close(promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            self.received.isClosed = true
            self.received.wake()
        }

        private static func text(_ value: RESPValue) -> String {
            switch value.kind {
            case .push: ">" + value.elements.map(Self.text).joined(separator: " ")
            case .array: "[" + value.elements.map(Self.text).joined(separator: " ") + "]"
            case .null: "null"
            case .map: "map"
            default: value.string
            }
        }
    }
}
