// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// One entry of the list of targets that a server may send us to.
package enum TargetRule: Sendable, Equatable {
    /// A domain: itself and everything below it.
    case domain(String)
    case range(AddressRange)

    /// Reads `10.0.0.0/8`, `192.0.2.1`, `example.com` or `.example.com`.
    package init?(_ text: String) {
        if let range = AddressRange(text) {
            self = .range(range)
            return
        }
        let name = text.hasPrefix(".") ? String(text.dropFirst()) : text
        guard !name.isEmpty, !name.contains("/"), !name.contains(":"), MovingTarget(name) != nil else { return nil }
        self = .domain(name.lowercased())
    }

    /// Whether the host, an address or a name, is meant by the rule.
    func allows(_ host: String) -> Bool {
        switch self {
        case .domain(let domain):
            let name = host.lowercased()
            return name == domain || name.hasSuffix(".\(domain)")
        case .range(let range):
            return IPAddress(host).map { range.contains($0) } ?? false
        }
    }
}
