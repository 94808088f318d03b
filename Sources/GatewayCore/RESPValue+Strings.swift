// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import RESP

extension RESPValue {
    /// Whether it is text or bytes.
    var isString: Bool {
        switch self.kind {
        case .simpleString, .bulkString, .verbatimString: true
        default: false
        }
    }
}
