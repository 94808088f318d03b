// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// The events of a session that its owner has not taken yet, in order. The storage is used again and again. A stream stays in
/// the session's list until its last event, which is `streamClosed`, has been taken.
struct EventQueue: ~Copyable {
    /// What happened to a stream; the rest of an event is in the stream itself.
    enum Kind: UInt8, BitwiseCopyable {
        case headersReceived
        case dataReceived
        case requestReceived
        case requestRejected
        case streamClosed
    }

    private var entries = TrivialStack<Entry>()
    private var head = 0

    mutating func append(_ kind: Kind, _ stream: HTTP2Stream) {
        self.entries.append(Entry(stream: stream, kind: kind))
    }

    /// The stream is good until its `streamClosed` has been dealt with.
    mutating func popFirst() -> Entry? {
        guard self.head < self.entries.count else { return nil }
        let entry = self.entries[self.head]
        self.head &+= 1
        if self.head == self.entries.count {
            self.entries.removeAll()
            self.head = 0
        }
        return entry
    }

    struct Entry: BitwiseCopyable {
        let stream: HTTP2Stream
        let kind: Kind
    }
}
