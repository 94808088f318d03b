// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP1Engine
import HTTP2Engine
import NIOCore
import NIOSSL
import NIOTLS

/// Builds the pipeline of an accepted connection.
enum ConnectionSetup {
    /// Cleartext: the first bytes decide. TLS: ALPN decides, HTTP/1.1 when the client names nothing.
    static func configure(_ channel: any Channel, loop: LoopContext, tls: NIOSSLContext?) throws {
        let pipeline = channel.pipeline.syncOperations
        guard let tls else { return try pipeline.addHandler(ProtocolSniffer(loop: loop)) }
        let bound = NIOLoopBound(loop, eventLoop: channel.eventLoop)
        try pipeline.addHandler(NIOSSLServerHandler(context: tls))
        try pipeline.addHandler(HandshakeTimeout(loop: loop))
        try pipeline.addHandler(
            ApplicationProtocolNegotiationHandler { result, channel in
                channel.eventLoop.makeCompletedFuture {
                    let version: HTTPVersion = result == .negotiated("h2") ? .http2 : .http1
                    let handler = try Self.makeHandler(version, isEncrypted: true, loop: bound.value)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            })
    }

    /// The handler of a connection whose protocol is known.
    static func makeHandler(_ version: HTTPVersion, isEncrypted: Bool, loop: LoopContext) throws -> any ChannelHandler {
        switch version {
        case .http1:
            return HTTP1ConnectionHandler(loop: loop, session: HTTP1Session(limits: loop.configuration.http1))
        case .http2:
            let session = try HTTP2Session(limits: loop.configuration.http2, pool: loop.streams)
            return HTTP2ConnectionHandler(loop: loop, session: session, isEncrypted: isEncrypted)
        }
    }
}
