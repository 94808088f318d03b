// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import CNGHTTP2
package import NIOCore

/// Response bodies that come bit by bit (``Response/isStreamed``). What the peer's windows do not let through waits in the
/// stream: the owner looks at ``HTTP2Stream/unsentBytes`` before it sends more.
extension HTTP2Session {
    /// Sends more of a streamed body. Ignored once the response is finished or the stream has ended.
    package func send(_ bytes: ByteBuffer, on stream: HTTP2Stream) throws(EngineError) {
        guard stream.facts.contains(.isStreaming), !stream.isClosed, bytes.readableBytes > 0 else { return }
        if var unsent = stream.unsent.take() {
            unsent.discardReadBytes()
            unsent.writeImmutableBuffer(bytes)
            stream.unsent = unsent
        } else {
            stream.unsent = bytes
        }
        self.queuedBytes &+= bytes.readableBytes
        self.resume(stream)
    }

    /// Ends a streamed body: what is unsent is the rest of it.
    package func finishResponse(on stream: HTTP2Stream) throws(EngineError) {
        guard stream.facts.contains(.isStreaming), !stream.isClosed else { return }
        stream.facts.remove(.isStreaming)
        self.resume(stream)
    }

    private func resume(_ stream: HTTP2Stream) {
        // It fails if the body was not waiting for us, but for the peer's window, and goes on by itself then.
        _ = unsafe nghttp2_session_resume_data(self.native, stream.id)
    }
}
