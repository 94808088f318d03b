// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import NIOPosix
package import NIOSSL

/// Opens the transport of a connection. Tests put another in its place.
struct RedisConnector {
    /// Starts to connect, with the handler in the channel's pipeline before it becomes active.
    let connect: (RedisConnectionHandler) -> EventLoopFuture<any Channel>

    init(connect: @escaping (RedisConnectionHandler) -> EventLoopFuture<any Channel>) {
        self.connect = connect
    }

    /// TCP, TLS or a Unix socket, as the configuration says.
    init(_ configuration: RedisConfiguration, eventLoop: any EventLoop) {
        let tls: Result<NIOSSLContext?, any Error> = Result {
            configuration.endpoint.usesTLS ? try configuration.makeTLSContext() : nil
        }
        self.connect = { handler in
            do {
                return try Self.dial(configuration, tls: tls.get(), handler: handler, eventLoop: eventLoop)
            } catch {
                return eventLoop.makeFailedFuture(error)
            }
        }
    }

    private static func dial(
        _ configuration: RedisConfiguration, tls: NIOSSLContext?, handler: RedisConnectionHandler,
        eventLoop: any EventLoop
    ) throws -> EventLoopFuture<any Channel> {
        let bound = NIOLoopBound(handler, eventLoop: eventLoop)
        let hostname = configuration.endpoint.serverNameForTLS
        var bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(configuration.connectTimeout)
            // Not over 64 KiB: glibc maps and unmaps buffers of 128 KiB and more each time, which costs more than
            // the copy of a large value.
            .channelOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 2048, initial: 16_384, maximum: 65_536)
            )
            .channelOption(.maxMessagesPerRead, value: 8)
            .channelOption(.writeBufferWaterMark, value: .init(low: 64 * 1024, high: 256 * 1024))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: tls, serverHostname: hostname))
                    }
                    try channel.pipeline.syncOperations.addHandler(bound.value)
                }
            }
        switch configuration.endpoint.address {
        case .tcp(let host, let port):
            bootstrap = bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1)
            return bootstrap.connect(host: host, port: port)
        case .unix(let path):
            return bootstrap.connect(unixDomainSocketPath: path)
        }
    }
}

extension RedisConfiguration {
    /// The TLS settings for `rediss://`.
    /// - Throws: what NIOSSL says of a CA file that cannot be read or parsed. Worth a call at start-up.
    package func makeTLSContext() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        switch self.tlsVerify {
        case .full: configuration.certificateVerification = .fullVerification
        case .chain: configuration.certificateVerification = .noHostnameVerification
        case .none: configuration.certificateVerification = .none
        }
        if let file = self.tlsCAFile {
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(file))
        }
        return try NIOSSLContext(configuration: configuration)
    }
}

extension RedisEndpoint {
    /// The name for SNI and the certificate; nil for IP addresses, which the certificate must name as such, and for
    /// Unix sockets.
    var serverNameForTLS: String? {
        guard case .tcp(let host, _) = self.address else { return nil }
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return isAddress ? nil : host
    }
}
