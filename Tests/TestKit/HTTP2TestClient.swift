// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix

/// An HTTP/2 connection by an independent stack (swift-nio-http2), cleartext by prior knowledge.
package final class HTTP2TestClient: Sendable {
    private let channel: any Channel
    private let multiplexer: NIOHTTP2Handler.StreamMultiplexer

    package init(port: Int) async throws {
        let bootstrap = ClientBootstrap(group: NIOSingletons.posixEventLoopGroup)
        self.channel = try await bootstrap.connect(host: "127.0.0.1", port: port).get()
        let channel = self.channel
        self.multiplexer = try await channel.eventLoop.submit {
            let handler = NIOHTTP2Handler(
                mode: .client, eventLoop: channel.eventLoop, connectionConfiguration: .init(),
                streamConfiguration: .init()
            ) { $0.eventLoop.makeSucceededVoidFuture() }
            try channel.pipeline.syncOperations.addHandler(handler)
            return try handler.syncMultiplexer()
        }.get()
    }

    /// One request and its response.
    package func request(
        _ method: String, _ target: String, fields: [(String, String)] = [], body: [UInt8] = []
    ) async throws -> TestResponse {
        let promise = self.channel.eventLoop.makePromise(of: TestResponse.self)
        let stream = try await self.multiplexer.createStreamChannel { stream in
            stream.eventLoop.makeCompletedFuture {
                try stream.pipeline.syncOperations.addHandler(ResponseCollector(promise: promise))
            }
        }.get()
        var head: HPACKHeaders = [":method": method, ":scheme": "http", ":authority": "localhost", ":path": target]
        for (name, value) in fields { head.add(name: name, value: value) }
        let headers = HTTP2Frame.FramePayload.headers(.init(headers: head, endStream: body.isEmpty))
        stream.write(headers, promise: nil)
        if !body.isEmpty {
            let data = HTTP2Frame.FramePayload.Data(data: .byteBuffer(ByteBuffer(bytes: body)), endStream: true)
            stream.write(HTTP2Frame.FramePayload.data(data), promise: nil)
        }
        stream.flush()
        return try await promise.futureResult.get()
    }

    package func close() {
        self.channel.close(promise: nil)
    }
}

/// Collects one response.
private final class ResponseCollector: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload

    private let promise: EventLoopPromise<TestResponse>
    private var response = TestResponse(status: 0, fields: [:], body: [])
    private var isDone = false

    init(promise: EventLoopPromise<TestResponse>) {
        self.promise = promise
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch self.unwrapInboundIn(data) {
        case .headers(let headers):
            for field in headers.headers {
                if field.name == ":status" {
                    self.response.status = Int(field.value) ?? 0
                } else {
                    self.response.fields[field.name] = field.value
                }
            }
            if headers.endStream { self.finish() }
        case .data(let data):
            if case .byteBuffer(let bytes) = data.data { self.response.body += Array(buffer: bytes) }
            if data.endStream { self.finish() }
        default: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.fail(ChannelError.eof)
    }

    private func finish() {
        guard !self.isDone, self.response.status >= 200 else { return }
        self.isDone = true
        self.promise.succeed(self.response)
    }

    private func fail(_ error: any Error) {
        guard !self.isDone else { return }
        self.isDone = true
        self.promise.fail(error)
    }
}
