// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
package import NIOCore

/// One request stream as its owner sees it. The session makes, reuses and frees it: after ``HTTP2Event/streamClosed(_:)``
/// the owner must forget it.
package final class HTTP2Stream {
    /// The stream's identifier (RFC 9113 section 5.1.1).
    package internal(set) var id: Int32 = 0
    package let fields = RequestFields()
    /// The request body so far.
    package var body = ByteBuffer()
    /// For the owner's use; 0 for a new stream.
    package var tag: UInt64 = 0

    package init() {}
}
