// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine

/// Responses that take their time.
extension HTTP2ConnectionHandler {
    /// The request of the stream waits for something else than Redis: it no longer counts in the window.
    func hold(_ stream: HTTP2Stream) {
        guard stream.tag & Self.dispatchedBit != 0 else { return }
        stream.tag &= ~Self.dispatchedBit
        self.window.end(bytes: 0)
        self.loop.markDirty(self)
    }
}
