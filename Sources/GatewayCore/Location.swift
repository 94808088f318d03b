// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore

/// The `Location` of a resource named by a key.
enum Location {
    /// The path of a string. Keys that clients would normalise away (`.`, `..`) or that have no segment (the empty one)
    /// are given in base64url.
    static func string(_ key: ByteBuffer) -> String {
        Self.path("/v1/strings/", key)
    }

    /// The path of what a prefix and a key name.
    static func path(_ prefix: String, _ key: ByteBuffer) -> String {
        var text = prefix
        let bytes = key.readableBytesUInt8Span
        if bytes.count == 0 || bytes.equals(".") || bytes.equals("..") {
            // Of these three neither alphabet differs, nor is padding refused; `=` stands in a path as it is.
            var encoded = ByteBuffer()
            Base64.encode(bytes, into: &encoded)
            return text + String(buffer: encoded) + "?key_encoding=base64url"
        }
        PercentCoding.encode(bytes, into: &text)
        return text
    }

    /// The request's own target, with a segment more if wanted. Bytes that a client sent raw are encoded, since a field
    /// value must be ASCII.
    static func target(_ fields: RequestFields, appending segment: ByteBuffer? = nil) -> String {
        var text = ""
        var isPath = true
        for byte in fields.slice(.path)?.readableBytesView ?? ByteBufferView() {
            if isPath, byte == UInt8(ascii: "?") {
                isPath = false
                Self.append(segment, to: &text)
            }
            if byte > 0x20, byte < 0x7F {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        if isPath { Self.append(segment, to: &text) }
        return text
    }

    private static func append(_ segment: ByteBuffer?, to text: inout String) {
        guard let segment else { return }
        text += "/"
        PercentCoding.encode(segment.readableBytesUInt8Span, into: &text)
    }
}
