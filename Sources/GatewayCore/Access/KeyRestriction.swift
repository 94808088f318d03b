// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The keys and channels that a token allows: those that begin with one of its prefixes.
///
/// A class: a match holds it as one word, which is nil for most callers.
package final class KeyRestriction: Sendable, Equatable {
    /// Prefixes of one token.
    static let prefixLimit = 16
    /// Bytes of one prefix.
    static let prefixByteLimit = 256

    /// None is empty.
    let prefixes: [[UInt8]]

    /// - Parameter prefixes: 1...``prefixLimit``, of 1...``prefixByteLimit`` bytes.
    init(prefixes: [[UInt8]]) {
        self.prefixes = prefixes
    }

    /// Whether a key, or the name of a channel, begins with a prefix.
    /// - Parameter key: Its bytes.
    /// - Returns: Whether it does.
    func allows(key: Span<UInt8>) -> Bool {
        self.prefixes.contains { Self.begins(key, with: $0.span) }
    }

    /// Whether all that a pattern can match begins with a prefix.
    ///
    /// The prefix must stand in front of everything that means something in a glob of Redis (`*`, `?`, `[`); a backslash takes the
    /// next byte as it is, and itself at the pattern's end (util.c, `stringmatchlen`).
    /// - Parameter pattern: A glob-style pattern.
    /// - Returns: Whether it does.
    func allows(pattern: Span<UInt8>) -> Bool {
        var literal: [UInt8] = []
        var index = 0
        while index < pattern.count, literal.count < Self.prefixByteLimit {
            var byte = pattern[index]
            if byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[") { break }
            if byte == UInt8(ascii: "\\"), index + 1 < pattern.count {
                index += 1
                byte = pattern[index]
            }
            literal.append(byte)
            index += 1
        }
        return self.allows(key: literal.span)
    }

    private static func begins(_ key: Span<UInt8>, with prefix: Span<UInt8>) -> Bool {
        guard key.count >= prefix.count else { return false }
        for index in 0..<prefix.count where key[index] != prefix[index] {
            return false
        }
        return true
    }

    package static func == (left: KeyRestriction, right: KeyRestriction) -> Bool {
        left.prefixes == right.prefixes
    }
}
