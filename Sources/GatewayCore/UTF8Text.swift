// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// Bytes that may be text.
enum UTF8Text {
    /// Whether the bytes are well-formed UTF-8.
    static func isValid(_ bytes: ByteBuffer) -> Bool {
        (try? UTF8Span(validating: bytes.readableBytesUInt8Span)) != nil
    }
}
