// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// The hosts that requests may be meant for.
///
/// A page whose name is made to resolve to this machine (DNS rebinding) is of the same origin as the gateway to a browser; but the
/// browser still sends the page's own name as the authority.
package struct HostList: Sendable, Equatable {
    /// Lower case, without a port; IPv6 addresses in brackets.
    private let hosts: [[UInt8]]

    /// Reads the hosts of a setting; nil if one of them is none.
    ///
    /// - Parameter hosts: Names and addresses without a port, in any case of letters; IPv6 with or without brackets.
    package init?(_ hosts: [String]) {
        var list: [[UInt8]] = []
        for host in hosts {
            let isBare = host.count { $0 == ":" } > 1 && !host.hasPrefix("[")
            let bytes = Array((isBare ? "[\(host)]" : host).lowercased().utf8)
            guard let range = Self.host(of: bytes.span), range == 0..<bytes.count else { return nil }
            if !list.contains(bytes) { list.append(bytes) }
        }
        self.hosts = list
    }

    /// Whether an authority, with or without a port, names one of the hosts.
    /// - Parameter authority: `:authority`, or the `Host` field.
    /// - Returns: false for an authority that is none, too.
    func contains(authority: Span<UInt8>) -> Bool {
        guard let range = Self.host(of: authority) else { return false }
        let host = authority.extracting(range)
        return self.hosts.contains { Self.isSame($0.span, host) }
    }

    /// Where the host of an authority lies (RFC 3986 section 3.2); nil if it is malformed, or holds user information.
    private static func host(of authority: Span<UInt8>) -> Range<Int>? {
        var end = 0
        let isBracketed = !authority.isEmpty && authority[0] == UInt8(ascii: "[")
        while end < authority.count {
            let byte = authority[end]
            if isBracketed, byte == UInt8(ascii: "]") {
                end += 1
                break
            }
            if !isBracketed, byte == UInt8(ascii: ":") { break }
            guard byte > 0x20, byte != 0x7F, byte != UInt8(ascii: "@"), byte != UInt8(ascii: "/"),
                byte != UInt8(ascii: ",")
            else { return nil }
            end += 1
        }
        guard end > 0, !isBracketed || authority[end - 1] == UInt8(ascii: "]") else { return nil }
        guard end < authority.count else { return 0..<end }
        guard authority[end] == UInt8(ascii: ":") else { return nil }
        for index in end + 1..<authority.count where authority[index] &- UInt8(ascii: "0") > 9 { return nil }
        return 0..<end
    }

    /// Compares with letters in lower case.
    private static func isSame(_ host: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
        guard host.count == other.count else { return false }
        for index in 0..<host.count {
            let byte = other[index]
            if host[index] != (byte &- 0x41 < 26 ? byte | 0x20 : byte) { return false }
        }
        return true
    }
}
