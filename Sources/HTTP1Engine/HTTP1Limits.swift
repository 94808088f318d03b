// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What one HTTP/1.1 connection may ask of us. Each value is a setting.
package struct HTTP1Limits: Sendable, Equatable {
    /// Request line and header fields together, as sent. Over it: 431.
    package var headerBytes: Int = 16 * 1024
    /// Number of header fields. Over it: 431.
    package var headerFields: Int = 128
    /// Length of the request target. Over it: 414.
    package var targetBytes: Int = 8 * 1024
    /// Largest request body. Over it: 413.
    package var bodyBytes: Int = 32 * 1024 * 1024
    /// Length of one chunk header with its extensions.
    package var chunkHeaderBytes: Int = 1024
    /// Size of the trailer section, which is read and dropped.
    package var trailerBytes: Int = 8 * 1024

    package init() {}
}
