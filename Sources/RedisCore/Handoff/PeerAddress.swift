// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// Where the other end of a live connection is.
package struct PeerAddress: Sendable, Hashable {
    /// Nil for a Unix socket, and when the transport does not say.
    package let ip: IPAddress?
    package let port: Int

    package init(ip: IPAddress?, port: Int) {
        self.ip = ip
        self.port = port
    }

    package init(_ address: SocketAddress?) {
        self.ip = address.flatMap { IPAddress($0) }
        self.port = address?.port ?? 0
    }
}
