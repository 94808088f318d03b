// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

extension HTTP2Session {
    /// Whether a header block has begun and is not complete: the time for it is running.
    package var isReceivingHeaders: Bool {
        self.current != nil
    }
}
