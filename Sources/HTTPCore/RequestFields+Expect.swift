// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

extension RequestFields {
    /// Whether the caller waits for `100 (Continue)` before it sends the body (RFC 9110 section 10.1.1).
    package var expectsContinue: Bool {
        self.contains(.expect) && self.withValue(of: .expect) { $0.equalsIgnoringCase("100-continue") }
    }
}
