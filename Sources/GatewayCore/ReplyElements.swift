// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP

/// The elements of an aggregate reply, one after the other; a map gives keys and values in turn.
struct ReplyElements {
    private var decoder: RESPDecoder

    init(_ reply: RESPValue) {
        self.decoder = RESPDecoder()
        self.decoder.feed(reply.payload)
    }

    /// The next element; nil at the end.
    mutating func next() -> RESPValue? {
        // The bytes were checked when the whole reply was cut: there is nothing that could be thrown.
        try? self.decoder.next()
    }
}
