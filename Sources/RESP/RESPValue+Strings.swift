// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

extension RESPValue {
    /// Whether it is text or bytes.
    package var isString: Bool {
        switch self.kind {
        case .simpleString, .bulkString, .verbatimString: true
        default: false
        }
    }
}
