// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// Base64 (RFC 4648 section 4) without Strings.
package enum Base64 {
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    /// Appends the padded encoding.
    package static func encode(_ bytes: borrowing Span<UInt8>, into output: inout ByteBuffer) {
        let whole = bytes.count / 3 * 3
        var index = 0
        output.reserveCapacity(minimumWritableBytes: (bytes.count + 2) / 3 * 4)
        while index < whole {
            let group = UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
            output.writeInteger(self.quad(group))
            index += 3
        }
        guard index < bytes.count else { return }
        let isPair = bytes.count - index == 2
        let group = UInt32(bytes[index]) << 16 | (isPair ? UInt32(bytes[index + 1]) << 8 : 0)
        let padding: UInt32 = isPair ? 0x3D : 0x3D3D
        output.writeInteger(self.quad(group) & (isPair ? 0xFFFF_FF00 : 0xFFFF_0000) | padding)
    }

    /// Decodes the standard or, with `isURL`, the URL-safe alphabet (RFC 4648 section 5), padded or not.
    /// - Returns: nil if the text is not base64, or its last group has stray bits.
    package static func decode(_ text: borrowing Span<UInt8>, isURL: Bool = false) -> ByteBuffer? {
        var end = text.count
        while end > 0, text.count - end < 2, text[end - 1] == UInt8(ascii: "=") {
            end -= 1
        }
        guard end % 4 != 1, end == text.count || text.count % 4 == 0 else { return nil }
        var output = ByteBuffer()
        output.reserveCapacity(end / 4 * 3 + 3)
        var bits: UInt32 = 0
        var count = 0
        for index in 0..<end {
            guard let value = self.value(text[index], isURL: isURL) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            output.writeInteger(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            bits &= (1 << UInt32(count)) - 1
        }
        return bits == 0 ? output : nil
    }

    private static func quad(_ group: UInt32) -> UInt32 {
        self.letter(group >> 18) << 24 | self.letter(group >> 12) << 16 | self.letter(group >> 6) << 8
            | self.letter(group)
    }

    private static func letter(_ value: UInt32) -> UInt32 {
        // Safety: the alphabet has 64 letters, and the index is below 64.
        unsafe UInt32(Self.alphabet.utf8Start[Int(value & 63)])
    }

    private static func value(_ letter: UInt8, isURL: Bool) -> UInt8? {
        switch letter {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): letter - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): letter - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): letter - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+") where !isURL, UInt8(ascii: "-") where isURL: 62
        case UInt8(ascii: "/") where !isURL, UInt8(ascii: "_") where isURL: 63
        default: nil
        }
    }
}
