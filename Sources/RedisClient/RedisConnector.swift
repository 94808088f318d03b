// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import NIOPosix
package import NIOSSL
import RedisCore

/// Opens the transport of a connection. Tests put another in its place.
struct RedisConnector {
    /// Starts to connect, with the handler in the channel's pipeline before it becomes active.
    let connect: (RedisConnectionHandler) -> EventLoopFuture<any Channel>
    /// Finds all addresses of a name.
    let resolve: (String) -> EventLoopFuture<[IPAddress]>

    init(
        connect: @escaping (RedisConnectionHandler) -> EventLoopFuture<any Channel>,
        resolve: @escaping (String) -> EventLoopFuture<[IPAddress]>
    ) {
        self.connect = connect
        self.resolve = resolve
    }

    /// TCP, TLS or a Unix socket, as the configuration says.
    init(_ configuration: RedisConfiguration, eventLoop: any EventLoop) {
        let tls: Result<NIOSSLContext?, any Error> = Result {
            configuration.endpoint.usesTLS ? try configuration.makeTLSContext() : nil
        }
        self.resolve = { NameLookup.addresses(of: $0, on: eventLoop) }
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
        let place = configuration.endpoint.place(of: handler.plan.target)
        let hostname = place.serverName
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
        switch place.address {
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
    /// Where a target is, and the name that its certificate must hold. An announced address is verified by the configured
    /// name, for that is what a server's certificate holds; an announced name by itself.
    func place(of target: DialTarget) -> (address: Address, serverName: String?) {
        guard case .tcp(_, let port) = self.address else {
            guard case .announced(let target) = target, let port = target.port else {
                return (self.address, self.serverNameForTLS)
            }
            return (.tcp(host: target.host, port: port), nil)
        }
        switch target {
        case .configured:
            return (self.address, self.serverNameForTLS)
        case .announced(let target):
            let isAddress = IPAddress(target.host) != nil
            return (
                .tcp(host: target.host, port: target.port ?? port), isAddress ? self.serverNameForTLS : target.host
            )
        case .resolved(let address):
            return (.tcp(host: address.description, port: port), self.serverNameForTLS)
        }
    }

    /// The name for SNI and the certificate; nil for IP addresses, which the certificate must name as such, and for
    /// Unix sockets.
    var serverNameForTLS: String? {
        guard case .tcp(let host, _) = self.address else { return nil }
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return isAddress ? nil : host
    }
}
