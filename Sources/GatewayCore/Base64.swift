// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// Base64 (RFC 4648) of request parts, padded or not.
enum Base64 {
    /// Which two characters stand for 62 and 63.
    enum Alphabet {
        /// `+` and `/` (section 4).
        case standard
        /// `-` and `_` (section 5).
        case url
    }

    /// Decodes.
    /// - Returns: nil for a character outside of the alphabet, wrong padding, a length that no encoding has, or bits
    ///   left
    ///   over that are not zero (so that each value has one unpadded spelling).
    static func decode(_ text: Span<UInt8>, alphabet: Alphabet) -> ByteBuffer? {
        var count = text.count
        var padding = 0
        while padding < 2, count > 0, text[count &- 1] == UInt8(ascii: "=") {
            count &-= 1
            padding &+= 1
        }
        guard padding == 0 || text.count % 4 == 0, count % 4 != 1 else { return nil }
        var buffer = ByteBuffer()
        buffer.reserveCapacity(count / 4 * 3 + 2)
        var bits: UInt32 = 0
        var held = 0
        for index in 0..<count {
            guard let value = Self.value(text[index], alphabet) else { return nil }
            bits = bits << 6 | UInt32(value)
            held &+= 6
            if held >= 8 {
                held &-= 8
                buffer.writeInteger(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
                bits &= (1 << UInt32(held)) &- 1
            }
        }
        return bits == 0 ? buffer : nil
    }

    /// Encodes by the URL alphabet, without padding.
    static func encodeURL(_ bytes: Span<UInt8>) -> String {
        var text = ""
        var bits: UInt32 = 0
        var held: UInt32 = 0
        for index in bytes.indices {
            bits = bits << 8 | UInt32(bytes[index])
            held += 8
            while held >= 6 {
                held -= 6
                text.unicodeScalars.append(Self.scalar(bits >> held & 63))
            }
            bits &= (1 << held) - 1
        }
        if held > 0 {
            text.unicodeScalars.append(Self.scalar(bits << (6 - held) & 63))
        }
        return text
    }

    private static func value(_ byte: UInt8, _ alphabet: Alphabet) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte &- UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte &- UInt8(ascii: "a") &+ 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte &- UInt8(ascii: "0") &+ 52
        case UInt8(ascii: "+") where alphabet == .standard: 62
        case UInt8(ascii: "/") where alphabet == .standard: 63
        case UInt8(ascii: "-") where alphabet == .url: 62
        case UInt8(ascii: "_") where alphabet == .url: 63
        default: nil
        }
    }

    private static func scalar(_ value: UInt32) -> Unicode.Scalar {
        let byte: UInt32 =
            switch value {
            case 0..<26: 65 + value
            case 26..<52: 71 + value
            case 52..<62: value - 4
            case 62: 45
            default: 95
            }
        return Unicode.Scalar(UInt8(truncatingIfNeeded: byte))
    }
}
