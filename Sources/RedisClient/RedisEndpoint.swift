// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// A Redis server and the credentials for it: the parsed form of a `redis://`, `rediss://` or `unix://` URL.
package struct RedisEndpoint: Sendable, Equatable, CustomStringConvertible {
    /// How to get there.
    package enum Address: Sendable, Equatable {
        /// `host` is a name or an IP address without brackets; `port` is 1...65535.
        case tcp(host: String, port: Int)
        /// A socket's path.
        case unix(path: String)
    }

    package var address: Address
    /// `rediss://`.
    package var usesTLS: Bool
    package var username: String?
    package var password: String?
    /// 0...
    package var database: Int

    package init(
        address: Address, usesTLS: Bool = false, username: String? = nil, password: String? = nil, database: Int = 0
    ) {
        self.address = address
        self.usesTLS = usesTLS
        self.username = username
        self.password = password
        self.database = database
    }

    /// Where it is, as a URL without credentials.
    package var description: String {
        switch self.address {
        case .tcp(let host, let port):
            let name = host.contains(":") ? "[\(host)]" : host
            return "\(self.usesTLS ? "rediss" : "redis")://\(name):\(port)/\(self.database)"
        case .unix(let path):
            return "unix://\(path)?db=\(self.database)"
        }
    }
}
