// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Says whether an announced target may be dialled: whoever controls the stream could otherwise have our credentials
/// sent anywhere.
///
/// With a list, the target must be on it. Without one, and with TLS that verifies names, any target will do, for its
/// certificate must name it or the configured host. Without one and without such TLS, the target must be close to what
/// is known to be right: the configured host or a name beside it in the same domain, or an address of the same private
/// kind as the peer's, or of the same /16 (IPv6: /48). Loopback, link-local and unusable addresses are refused in any
/// case, unless the peer's own is of the same scope or the list holds them.
package struct EndpointPolicy: Sendable {
    private let rules: [TargetRule]
    private let portPolicy: PortPolicy
    private let host: String?
    private let port: Int
    private let isVerified: Bool

    /// - Parameters:
    ///   - configuration: the allow-list and the port policy.
    ///   - host: the configured one; nil for a Unix socket.
    ///   - port: the configured one; 0 for a Unix socket.
    ///   - isVerified: whether TLS checks the names of certificates.
    package init(_ configuration: MaintenanceConfiguration, host: String?, port: Int, isVerified: Bool) {
        self.rules = configuration.targetAllowList
        self.portPolicy = configuration.portPolicy
        self.host = host?.lowercased()
        self.port = port
        self.isVerified = isVerified
    }

    /// Whether a target that was announced on a connection to `peer` may be dialled.
    package func allows(_ target: MovingTarget, peer: PeerAddress?) -> Bool {
        if self.portPolicy == .same, let port = target.port, port != self.port { return false }
        if self.isListed(target.host) { return true }
        guard self.rules.isEmpty else { return false }
        let name = target.host.lowercased()
        if let address = IPAddress(name) { return self.allows(address, peer: peer?.ip) }
        return self.isVerified || name == self.host || self.isBeside(name)
            || (name == "localhost" && peer?.ip?.scope == .loopback)
    }

    /// Whether the address that a target's name led to is one to speak to. Asked before anything is sent.
    package func allowsConnected(_ address: PeerAddress, insteadOf peer: PeerAddress?) -> Bool {
        guard let ip = address.ip else { return true }
        return Self.isOrdinary(ip, beside: peer?.ip)
            || self.rules.contains { if case .range(let range) = $0 { range.contains(ip) } else { false } }
    }

    private func isListed(_ host: String) -> Bool {
        self.rules.contains { $0.allows(host) }
    }

    private func allows(_ address: IPAddress, peer: IPAddress?) -> Bool {
        guard Self.isOrdinary(address, beside: peer) else { return false }
        guard !self.isVerified else { return true }
        guard let peer else { return false }
        if address == peer { return true }
        switch address.scope {
        case .privateUse, .loopback, .linkLocal, .sharedSpace: return address.scope == peer.scope
        case .global: return address.sharesPrefix(of: address.isIPv4 ? 16 : 48, with: peer)
        case .unusable: return false
        }
    }

    /// Not a place that only an attacker would name.
    private static func isOrdinary(_ address: IPAddress, beside peer: IPAddress?) -> Bool {
        switch address.scope {
        case .global, .privateUse, .sharedSpace: true
        case .loopback, .linkLocal: peer?.scope == address.scope
        case .unusable: false
        }
    }

    /// Whether the name has the same parent domain as the configured one, of two labels at least.
    private func isBeside(_ name: String) -> Bool {
        guard let host = self.host, IPAddress(host) == nil, let dot = host.firstIndex(of: ".") else { return false }
        let parent = host[dot...].dropFirst()
        return parent.contains(".") && name.hasSuffix(".\(parent)")
    }
}
