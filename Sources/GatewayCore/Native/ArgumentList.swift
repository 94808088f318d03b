// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP

/// Arguments in their wire form, counted: a command's number of arguments stands before them.
struct ArgumentList: Sendable {
    private(set) var encoder = RESPEncoder()
    private(set) var count = 0

    /// Adds an argument.
    mutating func append(_ bytes: ByteBuffer) {
        self.encoder.bulk(bytes)
        self.count += 1
    }
}
