// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// An IPv4 or IPv6 address as a number. An IPv4 address inside IPv6 (`::ffff:a.b.c.d`) is the IPv4 address.
package struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    package let isIPv4: Bool
    let high: UInt64
    /// An IPv4 address is in the lowest 32 bits.
    let low: UInt64

    package init(ipv4: UInt32) {
        self.isIPv4 = true
        self.high = 0
        self.low = UInt64(ipv4)
    }

    package init(ipv6High high: UInt64, low: UInt64) {
        let isMapped = high == 0 && low >> 32 == 0xFFFF
        self.isIPv4 = isMapped
        self.high = high
        self.low = isMapped ? low & 0xFFFF_FFFF : low
    }

    /// `192.0.2.1`, or the eight words of an IPv6 address in hexadecimal.
    package var description: String {
        if self.isIPv4 { return [24, 16, 8, 0].map { String(self.low >> $0 & 0xFF) }.joined(separator: ".") }
        let words = [self.high, self.low].flatMap { half in [48, 32, 16, 0].map { half >> UInt64($0) & 0xFFFF } }
        return words.map { String($0, radix: 16) }.joined(separator: ":")
    }

    /// - Returns: nil for the address of a Unix socket.
    package init?(_ address: SocketAddress) {
        guard let text = address.ipAddress else { return nil }
        self.init(text)
    }

    /// Reads `192.0.2.1` or `2001:db8::1`, without brackets or zone (RFC 4291 section 2.2).
    package init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count <= 45 else { return nil }
        guard bytes.contains(UInt8(ascii: ":")) else {
            guard let number = Self.ipv4(text[...]) else { return nil }
            self.init(ipv4: number)
            return
        }
        guard let words = Self.ipv6(text) else { return nil }
        let halves = [words[..<4], words[4...]].map { $0.reduce(UInt64(0)) { $0 << 16 | UInt64($1) } }
        self.init(ipv6High: halves[0], low: halves[1])
    }

    private static func ipv4(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var number: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }),
                let byte = UInt8(part)
            else { return nil }
            number = number << 8 | UInt32(byte)
        }
        return number
    }

    /// The eight words; `::` stands for as many zeros as are missing, at least one.
    private static func ipv6(_ text: String) -> [UInt16]? {
        guard let gap = text.firstRange(of: "::") else {
            guard let words = Self.words(text[...]), words.count == 8 else { return nil }
            return words
        }
        guard let head = Self.words(text[..<gap.lowerBound]), let tail = Self.words(text[gap.upperBound...]),
            head.count + tail.count < 8
        else { return nil }
        return head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
    }

    /// Words of up to four digits between colons; the last two may be an IPv4 address.
    private static func words(_ text: Substring) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 8 else { return nil }
        var words: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains("."), let number = Self.ipv4(part) {
                words += [UInt16(number >> 16), UInt16(truncatingIfNeeded: number)]
                continue
            }
            guard (1...4).contains(part.utf8.count), !part.hasPrefix("+"), let word = UInt16(part, radix: 16) else {
                return nil
            }
            words.append(word)
        }
        return words
    }

    /// Whether the first `length` bits are those of `other`, of the same family.
    func sharesPrefix(of length: Int, with other: IPAddress) -> Bool {
        guard self.isIPv4 == other.isIPv4 else { return false }
        if self.isIPv4 { return Self.matches(self.low << 32, other.low << 32, length: min(length, 32)) }
        guard length > 64 else { return Self.matches(self.high, other.high, length: length) }
        return self.high == other.high && Self.matches(self.low, other.low, length: min(length - 64, 64))
    }

    private static func matches(_ left: UInt64, _ right: UInt64, length: Int) -> Bool {
        length <= 0 || (left ^ right) >> (64 - UInt64(length)) == 0
    }

    /// What the address is for.
    package enum Scope: Sendable, Equatable {
        case global
        /// RFC 1918 and RFC 4193.
        case privateUse
        /// 100.64/10 (RFC 6598): public as far as the endpoint type goes.
        case sharedSpace
        case loopback
        /// Metadata services live here.
        case linkLocal
        /// Multicast, broadcast, unspecified: nothing to connect to.
        case unusable
    }

    package var scope: Scope {
        self.isIPv4 ? self.scope4 : self.scope6
    }

    private var scope4: Scope {
        switch self.low >> 24 {
        case 0, 224...255: .unusable
        case 10: .privateUse
        case 100 where self.low >> 22 == 100 << 2 | 1: .sharedSpace
        case 127: .loopback
        case 169 where self.low >> 16 == 169 << 8 | 254: .linkLocal
        case 172 where self.low >> 20 == 172 << 4 | 1: .privateUse
        case 192 where self.low >> 16 == 192 << 8 | 168: .privateUse
        default: .global
        }
    }

    private var scope6: Scope {
        if self.high == 0 { return self.low == 0 ? .unusable : self.low == 1 ? .loopback : .global }
        return switch self.high >> 54 {
        case 0x3FA: .linkLocal
        case 0x3FC...0x3FF: .unusable
        case 0x3F0...0x3F7: .privateUse
        default: .global
        }
    }
}
