// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// One request of a client and the response to it. The session makes it and keeps it until its `closed` event was taken.
package final class HTTP2Exchange {
    /// The stream's identifier (RFC 9113 section 5.1.1).
    package internal(set) var id: Int32 = 0
    /// The caller's own number.
    package let tag: UInt64
    /// The status of the final response; 0 until it has come.
    package internal(set) var status = 0
    /// The response's `content-type`; empty without one.
    package internal(set) var contentType = ""
    /// The response body so far.
    package internal(set) var body = ByteBuffer()
    /// Whether the response is complete.
    package internal(set) var isComplete = false
    /// The error code with which the stream ended (RFC 9113 section 7); 0 for a good end.
    package internal(set) var errorCode: UInt32 = 0

    /// What is left of the request body.
    var unsent: ByteBuffer
    /// Whether `headReceived` was queued.
    var hasHead = false
    /// Whether `closed` was queued.
    var isClosed = false

    init(tag: UInt64, body: ByteBuffer) {
        self.tag = tag
        self.unsent = body
    }
}
