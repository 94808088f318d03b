// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// In which form the server is to name the endpoint of a MOVING.
package enum MovingEndpointType: String, Sendable, CaseIterable {
    /// Decided for each connection, by its peer's address and by whether it uses TLS.
    case auto = "auto"
    case internalIP = "internal-ip"
    case internalFQDN = "internal-fqdn"
    case externalIP = "external-ip"
    case externalFQDN = "external-fqdn"
    /// The server names none: for networks in which its addresses mean nothing.
    case none = "none"

    /// The value to send; never `auto`.
    ///
    /// A private, loopback or link-local peer is an internal one, shared address space (100.64/10) is not. With TLS a
    /// name is asked for, because that is what a certificate holds. Without an address nothing can be said: `none`.
    package func resolved(peer: PeerAddress?, usesTLS: Bool) -> MovingEndpointType {
        guard self == .auto else { return self }
        guard let address = peer?.ip else { return .none }
        switch address.scope {
        case .privateUse, .loopback, .linkLocal: return usesTLS ? .internalFQDN : .internalIP
        case .global, .sharedSpace, .unusable: return usesTLS ? .externalFQDN : .externalIP
        }
    }
}
