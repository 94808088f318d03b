// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import NIOHTTP1

/// HTTP/1.1 with keep-alive, for one caller.
final class HTTP1LoadConnection: ChannelInboundHandler, LoadConnection {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    private let authority: String
    private let token: String
    private var completion: ((LoadResponse) -> Void)?
    private var response = LoadResponse()
    private var context: ChannelHandlerContext?

    init(authority: String, token: String) {
        self.authority = authority
        self.token = token
    }

    var isOpen: Bool { self.context?.channel.isActive ?? false }

    func send(
        _ method: String, _ path: String, body: ByteBuffer, completion: @escaping (LoadResponse) -> Void
    ) {
        guard let context = self.context, self.isOpen, self.completion == nil else { return completion(LoadResponse()) }
        self.completion = completion
        var head = HTTPRequestHead(version: .http1_1, method: HTTPMethod(rawValue: method), uri: path)
        head.headers.add(name: "host", value: self.authority)
        if method == "POST" { head.headers.add(name: "content-type", value: "application/json") }
        if !self.token.isEmpty { head.headers.add(name: "authorization", value: "Bearer \(self.token)") }
        if body.readableBytes > 0 { head.headers.add(name: "content-length", value: "\(body.readableBytes)") }
        context.write(self.wrapOutboundOut(.head(head)), promise: nil)
        if body.readableBytes > 0 { context.write(self.wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.writeAndFlush(self.wrapOutboundOut(.end(nil)), promise: nil)
    }

    func close() {
        self.context?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch self.unwrapInboundIn(data) {
        case .head(let head): self.response = LoadResponse(status: Int(head.status.code))
        case .body(var bytes): self.response.body.writeBuffer(&bytes)
        case .end: self.end(self.response)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.context = nil
        self.end(LoadResponse())
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func end(_ response: LoadResponse) {
        let completion = self.completion
        self.completion = nil
        completion?(response)
    }
}
