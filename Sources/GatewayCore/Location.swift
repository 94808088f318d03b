// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore

/// The `Location` of a resource named by a key.
enum Location {
    /// The path of a string. Keys that clients would normalise away (`.`, `..`) or that have no segment (the empty one)
    /// are given in base64url.
    static func string(_ key: ByteBuffer) -> String {
        var text = "/v1/strings/"
        let bytes = key.readableBytesUInt8Span
        if bytes.count == 0 || bytes.equals(".") || bytes.equals("..") {
            return text + Base64.encodeURL(bytes) + "?key_encoding=base64url"
        }
        PercentCoding.encode(bytes, into: &text)
        return text
    }
}
