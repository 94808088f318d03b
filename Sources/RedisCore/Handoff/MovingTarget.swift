// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Where a MOVING sends us: a host, which is a name or an IP address without brackets, and maybe a port.
///
/// Made of harmless bytes only (letters, digits, `.`, `-`, `_`, `:`), so that it may be logged.
package struct MovingTarget: Sendable, Hashable, CustomStringConvertible {
    package let host: String
    /// 1...65535; nil: the configured port stays.
    package let port: Int?

    /// Reads `host:port`, `[v6]:port`, `v6:port` (split at the last colon), or a host alone.
    /// - Returns: nil for anything else, and for hosts of more than 253 bytes.
    package init?(_ text: String) {
        guard text.utf8.count <= 253 + 8, let (host, port) = Self.split(text) else { return nil }
        guard !host.isEmpty, host.utf8.count <= 253, host.utf8.allSatisfy(Self.isHostByte) else { return nil }
        if let port {
            guard let number = Self.port(port) else { return nil }
            self.port = number
        } else {
            self.port = nil
        }
        self.host = String(host)
    }

    /// A target that is known to be well formed.
    package init(host: String, port: Int?) {
        self.host = host
        self.port = port
    }

    /// `host:port`, with brackets around an IPv6 address.
    package var description: String {
        let name = self.host.utf8.contains(UInt8(ascii: ":")) ? "[\(self.host)]" : self.host
        return self.port.map { "\(name):\($0)" } ?? name
    }

    private static func split(_ text: String) -> (host: Substring, port: Substring?)? {
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else { return nil }
            let host = text[text.index(after: text.startIndex)..<close]
            let tail = text[text.index(after: close)...]
            guard tail.isEmpty || tail.hasPrefix(":") else { return nil }
            return (host, tail.isEmpty ? nil : tail.dropFirst())
        }
        guard let colon = text.lastIndex(of: ":") else { return (text[...], nil) }
        // An address that ends in `::` has no port.
        if text[..<colon].hasSuffix(":"), text.index(after: colon) == text.endIndex { return (text[...], nil) }
        return (text[..<colon], text[text.index(after: colon)...])
    }

    private static func port(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 5 else { return nil }
        guard text.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }), let number = Int(text) else { return nil }
        return (1...65_535).contains(number) ? number : nil
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"): true
        default: false
        }
    }
}
