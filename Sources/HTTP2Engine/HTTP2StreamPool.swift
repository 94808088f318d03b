// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// Streams that wait to be used again, shared by the sessions of one event loop and confined to it.
package final class HTTP2StreamPool {
    /// The pool's own: whoever takes a stream owns it.
    private var streams = TrivialStack<HTTP2Stream>()
    private let capacity: Int
    /// Where the sessions' libnghttp2 gets its memory.
    let memory = NativeMemory()

    /// - Parameter capacity: The number of idle streams to keep; each holds less than 1 KiB, and may keep a body buffer of 4 KiB.
    package init(capacity: Int = 8192) {
        self.capacity = capacity
    }

    deinit {
        while let stream = self.streams.popLast() { stream.deallocate() }
    }

    /// Streams that are kept at the moment.
    package var count: Int { self.streams.count }

    /// A stream without a past.
    func take() -> HTTP2Stream {
        guard let stream = self.streams.popLast() else { return HTTP2Stream() }
        self.streams.last?.prefetch()
        stream.recycle()
        return stream
    }

    /// Keeps an ended stream, or frees it. A kept one stays as it is until it is taken, but for buffers that are too large to
    /// be kept.
    func give(_ stream: HTTP2Stream) {
        guard self.streams.count < self.capacity else { return stream.deallocate() }
        stream.trim()
        self.streams.append(stream)
    }
}
