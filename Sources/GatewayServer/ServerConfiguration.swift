// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import GatewayCore
package import HTTP1Engine
package import HTTP2Engine
package import NIOCore
package import RedisClient

/// Everything that a gateway needs to run. Each value is a setting; ranges and defaults are enforced there.
package struct ServerConfiguration: Sendable {
    /// Where to listen: `host` is an IP address or a name, `port` 0...65535 (0: any free one, printed at the start).
    package struct ListenAddress: Sendable, Equatable {
        package var host: String
        package var port: Int

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    /// The certificate and key for HTTPS, both PEM files.
    package struct TLS: Sendable, Equatable {
        package var certificateFile: String
        package var keyFile: String
        /// Clients must show a certificate signed by an authority of this PEM file; nil: none is asked for.
        package var clientCAFile: String?

        package init(certificateFile: String, keyFile: String, clientCAFile: String? = nil) {
            self.certificateFile = certificateFile
            self.keyFile = keyFile
            self.clientCAFile = clientCAFile
        }
    }

    package var listen: [ListenAddress] = [ListenAddress(host: "127.0.0.1", port: 6380)]
    /// nil: cleartext.
    package var tls: TLS?
    /// Event loops, each with a thread of its own, 1...1024.
    package var eventLoops: Int = 1
    package var redis: RedisConfiguration
    /// Policy, tokens and limits of the pure part.
    package var gateway = GatewayConfiguration()
    /// Lines of `name:sha256-hex:scope[,scope]`; nil: no token is asked for, and only loopback may be listened on.
    package var tokenFile: String?

    package var http1 = HTTP1Limits()
    package var http2 = HTTP2Limits()
    /// Open HTTP connections, over all loops. Further ones are closed at once.
    package var connections: Int = 16_384
    /// Response bytes that one connection may hold before Baton stops reading from it.
    package var queuedOutputBytes: Int = 4 * 1024 * 1024
    /// Request-body bytes that one event loop may hold. Over it: 503.
    package var bufferedBodyBytes: Int = 256 * 1024 * 1024
    /// Response bytes that one event loop may hold for slow readers. Over it, a large response becomes 503.
    package var queuedResponseBytes: Int = 48 * 1024 * 1024
    /// From the first byte (or the TLS handshake's start) to the end of the header section.
    package var headerTimeout: TimeAmount = .seconds(10)
    /// A request body must bring at least one byte in this time.
    package var bodyTimeout: TimeAmount = .seconds(10)
    /// A connection without a request is closed after this time.
    package var idleTimeout: TimeAmount = .seconds(300)
    /// A connection whose peer accepts no byte of a waiting response for this time is closed.
    package var writeTimeout: TimeAmount = .seconds(30)
    /// A connection older than this is told to go away once it is done. 0: never.
    package var connectionAge: TimeAmount = .seconds(0)

    /// How long `/readyz` answers 503 while the listener still accepts, after SIGTERM.
    package var drainDelay: TimeAmount = .seconds(0)
    /// How long requests in flight may take after that.
    package var drainTimeout: TimeAmount = .seconds(30)
    /// `/readyz` answers 503 when the upstream has been unusable for longer than this.
    package var unreadyAfter: TimeAmount = .seconds(2)
    /// The longest that a request may wait for news of maintenance (`Prefer: wait`).
    package var maintenanceWaitMaximum: TimeAmount = .seconds(60)
    /// Requests per event loop that may wait for such news or subscribe to it. Further ones are answered at once, or refused.
    package var maintenanceWatchersMaximum: Int = 1_024
    /// Subscribers of channels and patterns, readers of events of streams, and scans as lines, per event loop.
    package var subscribersMaximum: Int = 20_000
    /// Unsent bytes of a subscriber beyond which it is ended.
    package var subscriberQueueBytes: Int = 256 * 1024
    /// Whether GETs of one string that come together are answered by one read.
    package var sharesReads: Bool = true
    /// One line a request.
    package var accessLog: Bool = false
    /// Whether that line holds the request target, which names keys.
    package var accessLogTargets: Bool = false

    package init(redis: RedisConfiguration) {
        self.redis = redis
    }
}
