// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayServer
import NIOCore

/// Listen addresses as people write them.
enum ListenText {
    /// `HOST:PORT` or `[IPv6]:PORT`; nil for anything else.
    static func parse(_ text: String) -> ServerConfiguration.ListenAddress? {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, !host.contains(where: \.isWhitespace) else { return nil }
        return ServerConfiguration.ListenAddress(host: String(host), port: port)
    }

    /// Whether only this machine can reach the host: `localhost`, 127.0.0.0/8 or ::1.
    static func isLoopback(_ host: String) -> Bool {
        if host.lowercased() == "localhost" { return true }
        guard let address = try? SocketAddress(ipAddress: host, port: 0) else { return false }
        switch address {
        case .v4: return address.ipAddress?.hasPrefix("127.") ?? false
        case .v6: return address.ipAddress == "::1"
        case .unixDomainSocket: return false
        }
    }
}
