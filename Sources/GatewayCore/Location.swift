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
        var text = "/v1/strings/"
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
}
