// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore
package import RESP
package import RedisCore

/// How one upstream is reached and used. Each value is a setting of the same name; the ranges are enforced there.
package struct RedisConfiguration: Sendable {
    /// Where the upstream listens, and who we are there.
    package var endpoint: RedisEndpoint
    /// Multiplexed connections per event loop, 1...8.
    package var connectionsPerLoop: Int = 1
    /// Connections per event loop for blocking commands and the like, 0...1024. 0 refuses such commands.
    package var leasedConnectionsPerLoop: Int = 16
    /// How long a command may take when the caller does not say, and the most a caller may ask for.
    package var commandTimeout: TimeAmount = .seconds(1)
    /// How long a blocking command may wait.
    package var blockingTimeoutMaximum: TimeAmount = .seconds(30)
    /// TCP connect, TLS and the Redis handshake together.
    package var connectTimeout: TimeAmount = .seconds(5)
    /// First and largest pause between attempts to connect; each is multiplied by a random factor of 0.5...1.
    package var reconnectDelayMinimum: TimeAmount = .milliseconds(20)
    package var reconnectDelayMaximum: TimeAmount = .milliseconds(500)
    /// Commands written and not yet answered, per connection. Over it: ``RedisFailure/overloaded``.
    package var inFlightMaximum: Int = 16_384
    /// Requests that wait per loop while no connection is ready, or after a transient error; the same again for those
    /// that wait for a lease. Over it: ``RedisFailure/overloaded``.
    package var holdQueueMaximum: Int = 16_384
    /// Bytes of commands per connection that the socket has not taken. A connection over it takes no more requests:
    /// ``RedisFailure/overloaded``. One request may pass it.
    package var writeBufferMaximum: Int = 64 * 1024 * 1024
    /// An idle connection is probed with PING after this long without a reply.
    package var probeInterval: TimeAmount = .seconds(5)
    /// A connection whose oldest command has waited this long without any byte from the server is closed and dialled anew.
    package var stallTimeout: TimeAmount = .seconds(10)
    /// Leased connections that wait for the next request, per loop, and how long.
    package var idleLeasesMaximum: Int = 4
    package var idleLeaseTimeout: TimeAmount = .seconds(30)
    /// Limits for everything that the server sends.
    package var limits: RESPLimits = RESPLimits()
    /// The name given by CLIENT SETNAME; empty: none. Redis allows printable ASCII without spaces.
    package var clientName: String = "baton"
    /// The version that CLIENT SETINFO gives; letters, digits, dots and the like.
    package var libraryVersion: String = "0.1.0"
    /// How the server's certificate is checked (`rediss://`).
    package var tlsVerify: RedisTLSVerification = .full
    /// A PEM file with the authorities to trust instead of the system's.
    package var tlsCAFile: String?

    /// How announced maintenance is met.
    package var maintenance = MaintenanceConfiguration()

    package init(endpoint: RedisEndpoint) {
        self.endpoint = endpoint
    }

    /// Whether the endpoint is named, so that it may lead to another address by and by.
    var hasName: Bool {
        guard case .tcp(let host, _) = self.endpoint.address else { return false }
        return IPAddress(host) == nil
    }

    /// Where announcements may send us.
    var endpointPolicy: EndpointPolicy {
        let isVerified = self.endpoint.usesTLS && self.tlsVerify == .full
        switch self.endpoint.address {
        case .tcp(let host, let port):
            return EndpointPolicy(self.maintenance, host: host, port: port, isVerified: isVerified)
        case .unix:
            return EndpointPolicy(self.maintenance, host: nil, port: 0, isVerified: isVerified)
        }
    }
}
