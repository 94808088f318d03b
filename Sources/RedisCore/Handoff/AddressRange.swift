// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// A block of addresses in CIDR notation: `10.0.0.0/8`, `2001:db8::/32`, or one address.
package struct AddressRange: Sendable, Equatable {
    package let first: IPAddress
    package let prefixLength: Int

    /// - Returns: nil if the address or the length (0...32, 0...128) is not one.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let head = parts.first, let address = IPAddress(String(head)) else { return nil }
        let longest = address.isIPv4 ? 32 : 128
        var length = longest
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }), let number = Int(parts[1]) else {
                return nil
            }
            length = number
        }
        guard length <= longest else { return nil }
        self.first = address
        self.prefixLength = length
    }

    package func contains(_ address: IPAddress) -> Bool {
        self.first.sharesPrefix(of: self.prefixLength, with: address)
    }
}
