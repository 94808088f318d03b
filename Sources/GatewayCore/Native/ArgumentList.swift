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

    /// The arguments themselves.
    var words: [ByteBuffer] {
        var command = RESPEncoder()
        command.array(count: self.count)
        command.raw(self.encoder.buffer)
        let bytes = command.buffer.readableBytesUInt8Span
        guard var cursor = CommandCursor(bytes, at: 0) else { return [] }
        var words: [ByteBuffer] = []
        while let word = cursor.next(bytes) {
            words.append(
                command.buffer.getSlice(at: word.content.lowerBound, length: word.content.count) ?? ByteBuffer())
        }
        return words
    }
}
