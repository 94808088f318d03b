// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine
import NIOCore
import RedisCore

/// Responses that take their time, and which request a stream has.
extension HTTP2ConnectionHandler {
    /// The request of the stream waits for something else than Redis: it no longer counts in the window.
    func hold(_ stream: HTTP2Stream) {
        guard stream.tag & Self.dispatchedBit != 0 else { return }
        stream.tag &= ~Self.dispatchedBit
        self.window.end(bytes: 0)
        self.loop.markDirty(self)
    }

    /// Sends more of a streamed body.
    func send(_ bytes: ByteBuffer, on stream: HTTP2Stream) {
        let queued = self.session.queuedBytes
        self.attempt { () throws(EngineError) in try self.session.send(bytes, on: stream) }
        self.countResponseBytes(self.session.queuedBytes - queued)
        self.loop.markDirty(self)
    }

    /// Ends a streamed body. The loop then forgets the request.
    func finishResponse(on stream: HTTP2Stream) {
        self.forget(stream)
        self.attempt { () throws(EngineError) in try self.session.finishResponse(on: stream) }
        self.loop.markDirty(self)
    }

    // MARK: Streams and their requests

    static func tag(of record: RequestRecord) -> UInt64 {
        UInt64(record.generation) << 32 | UInt64(record.index) + 1
    }

    func record(of stream: HTTP2Stream) -> RequestRecord? {
        guard stream.tag != 0, stream.tag != Self.answeredTag else { return nil }
        let index = UInt32(truncatingIfNeeded: (stream.tag & 0x7FFF_FFFF) &- 1)
        return self.loop.table.record(for: .init(index: index, generation: UInt32(stream.tag >> 32)))
    }
}
