// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP

/// Cuts a byte stream into RESP values and keeps each one's own bytes, so that they can be passed on as they came.
struct FrameCutter {
    /// A value and its bytes.
    struct Frame {
        var value: RESPValue
        var bytes: ByteBuffer
    }

    private var decoder = RESPDecoder()
    /// What the decoder holds, byte for byte.
    private var bytes = ByteBuffer()

    mutating func feed(_ bytes: ByteBuffer) {
        self.decoder.feed(bytes)
        self.bytes.discardReadBytes()
        self.bytes.writeImmutableBuffer(bytes)
    }

    /// The next complete value; nil when more bytes are needed.
    mutating func next() throws(RESPError) -> Frame? {
        guard let value = try self.decoder.next() else { return nil }
        let length = self.bytes.readableBytes - self.decoder.bufferedBytes
        return Frame(value: value, bytes: self.bytes.readSlice(length: length) ?? ByteBuffer())
    }
}
