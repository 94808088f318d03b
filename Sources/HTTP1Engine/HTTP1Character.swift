// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The classes of bytes in HTTP/1.x messages.
enum HTTP1Character {
    /// `tchar` (RFC 9110 section 5.6.2): what methods and field names are made of.
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        guard byte < 128 else { return false }
        let word = byte < 64 ? Self.lowTokens : Self.highTokens
        return word &>> UInt64(byte & 63) & 1 == 1
    }

    /// What may stand in a field value (RFC 9110 section 5.5): visible ASCII, space, tab, and bytes from 0x80 on.
    @inline(__always)
    static func isValue(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != 0x7F || byte == 0x09
    }

    /// What may stand in a request target: visible ASCII.
    @inline(__always)
    static func isTarget(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F
    }

    /// `! # $ % & ' * + - .` and the digits.
    private static let lowTokens: UInt64 = 0x03FF_6CFA_0000_0000
    /// The letters, `^ _` and the backtick, `|`, `~`.
    private static let highTokens: UInt64 = 0x57FF_FFFF_C7FF_FFFE
}
