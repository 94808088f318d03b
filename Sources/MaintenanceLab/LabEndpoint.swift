// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// An address that the lab listens on.
package struct LabEndpoint: Sendable, Hashable {
    /// Counts from 0 in the order in which the endpoints were opened.
    package let id: Int
    /// An IP address of the loopback interface, without brackets.
    package let host: String
    package let port: Int

    /// `host:port` as a MOVING names it; an IPv6 address in brackets.
    package var address: String {
        "\(self.host.contains(":") ? "[\(self.host)]" : self.host):\(self.port)"
    }

    /// For `--redis`.
    package var url: String { "redis://\(self.address)" }
}
