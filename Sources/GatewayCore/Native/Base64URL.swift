// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import JSONCodec
import NIOCore

/// Keys, fields and members in base64url.
enum Base64URL {
    /// Decodes, padded or not.
    /// - Returns: nil if it is not base64url.
    static func decode(_ text: ByteBuffer) -> ByteBuffer? {
        Base64.decode(text.readableBytesUInt8Span, isURL: true)
    }
}
