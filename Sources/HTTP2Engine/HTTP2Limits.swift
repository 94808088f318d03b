// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What one HTTP/2 connection may ask of us. Each value is a setting; crossing one ends the stream or the connection.
package struct HTTP2Limits: Sendable, Equatable {
    /// SETTINGS_MAX_CONCURRENT_STREAMS.
    package var concurrentStreams: Int = 128
    /// Decoded size of one request's header fields (name + value + 32 each, RFC 9113 section 6.5.2). Over it: 431.
    package var headerBytes: Int = 16 * 1024
    /// Number of one request's header fields, pseudo-header fields and cookie crumbs included. Over it: 431.
    package var headerFields: Int = 128
    /// Sum of the decoded header sizes of all open streams of the connection; 4 KiB for each of ``concurrentStreams`` by
    /// default. Over it: the connection is closed, however early in a header section that is.
    package var connectionHeaderBytes: Int = 512 * 1024
    /// Length of `:path`. Over it: 414.
    package var targetBytes: Int = 8 * 1024
    /// Largest request body, whatever the route. Over it: 413.
    package var bodyBytes: Int = 32 * 1024 * 1024
    /// Stream resets (sent by the peer, or provoked by its errors) in ``resetInterval``. Over it: GOAWAY ENHANCE_YOUR_CALM.
    package var resets: Int = 200
    package var resetIntervalSeconds: Int = 30
    /// SETTINGS, PING, PRIORITY, WINDOW_UPDATE and empty DATA frames, and HEADERS of streams that are over, in one
    /// ``controlIntervalSeconds`` beyond what the connection's own traffic explains: four for each request and two for each
    /// DATA frame that we send. Over it: GOAWAY ENHANCE_YOUR_CALM.
    package var controlFrames: Int = 1_000
    package var controlIntervalSeconds: Int = 10
    /// Acknowledgements of SETTINGS and PING that wait to be written.
    package var queuedAcknowledgements: Int = 1_000
    /// Receive window of a stream and of the connection, in bytes.
    package var streamWindow: Int = 256 * 1024
    package var connectionWindow: Int = 1024 * 1024

    package init() {}
}
