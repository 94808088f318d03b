// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

extension RequestFields {
    /// Whether the caller waits for `100 (Continue)` before it sends the body (RFC 9110 section 10.1.1).
    package var expectsContinue: Bool {
        guard self.contains(.expect) else { return false }
        let storage = self.storage
        return storage.readableBytesUInt8Span.extracting(self.range(.expect)).equalsIgnoringCase("100-continue")
    }
}
