// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// The `name=value` pairs of a query, as they stand there. Empty ones are passed over.
struct QueryPairs {
    /// One pair, still encoded; the value is empty where there is no `=`.
    struct Pair {
        var name: ByteBuffer
        var value: ByteBuffer
    }

    private var rest: ByteBuffer

    init(_ query: ByteBuffer) {
        self.rest = query
    }

    /// The next pair; nil at the end.
    mutating func next() -> Pair? {
        while self.rest.readableBytes > 0 {
            let view = self.rest.readableBytesView
            let end = view.firstIndex(of: UInt8(ascii: "&")) ?? view.endIndex
            var name = self.rest.readSlice(length: end - view.startIndex) ?? ByteBuffer()
            self.rest.moveReaderIndex(forwardBy: min(1, self.rest.readableBytes))
            guard name.readableBytes > 0 else { continue }
            let text = name.readableBytesView
            guard let split = text.firstIndex(of: UInt8(ascii: "=")) else {
                return Pair(name: name, value: ByteBuffer())
            }
            let left = name.readSlice(length: split - text.startIndex) ?? ByteBuffer()
            name.moveReaderIndex(forwardBy: 1)
            return Pair(name: left, value: name)
        }
        return nil
    }
}
