// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore

/// Percent-encoding (RFC 3986 section 2.1) of bytes that need not be text.
enum PercentCoding {
    /// Decodes once; `+` stays a plus, `%00` and `%FF` are bytes like any other.
    /// - Returns: nil if a `%` is not followed by two hexadecimal digits.
    static func decode(_ encoded: Span<UInt8>) -> ByteBuffer? {
        var buffer = ByteBuffer()
        var isValid = true
        // One write: a write of each byte would cost 200 instructions a byte.
        // Safety: a decoded text is not longer than the encoded one, which is the room that is asked for.
        _ = unsafe buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: encoded.count) { target in
            var count = 0
            var index = 0
            while index < encoded.count {
                var byte = encoded[index]
                index &+= 1
                if byte == UInt8(ascii: "%") {
                    guard encoded.count &- index >= 2, let high = Self.digit(encoded[index]),
                        let low = Self.digit(encoded[index &+ 1])
                    else {
                        isValid = false
                        return 0
                    }
                    byte = high << 4 | low
                    index &+= 2
                }
                unsafe target[count] = byte
                count &+= 1
            }
            return count
        }
        return isValid ? buffer : nil
    }

    /// Encodes every byte but the unreserved ones (RFC 3986 section 2.3).
    static func encode(_ bytes: Span<UInt8>, into text: inout String) {
        for index in bytes.indices {
            let byte = bytes[index]
            if Self.isUnreserved(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text.append("%")
                text.append(byte < 16 ? "0" : "")
                text.append(String(byte, radix: 16, uppercase: true))
            }
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte &- UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte &- UInt8(ascii: "A") &+ 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte &- UInt8(ascii: "a") &+ 10
        default: nil
        }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
