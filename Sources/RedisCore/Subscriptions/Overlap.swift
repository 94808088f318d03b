// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// What two connections bring of one key while both are subscribed: the end of what the old one brings is the beginning of what the
/// new one brings. Equal messages side by side may count as one. Bounded: of what is too much the oldest is forgotten.
struct Overlap: Sendable {
    struct Message: Sendable, Equatable {
        var channel: ByteBuffer
        var payload: ByteBuffer
    }

    private static let limit = 1024

    private var old: [Message] = []
    private var new: [Message] = []
    /// Whether messages of the new connection were forgotten.
    private(set) var isIncomplete = false

    /// The old connection has brought it.
    mutating func noteOld(_ message: Message) {
        if self.old.count >= Self.limit { self.old.removeFirst(Self.limit / 2) }
        self.old.append(message)
    }

    /// The new connection has brought it.
    mutating func noteNew(_ message: Message) {
        if self.new.count >= Self.limit {
            self.new.removeFirst(Self.limit / 2)
            self.isIncomplete = true
        }
        self.new.append(message)
    }

    /// What the new connection has brought beyond the old one, in order.
    var rest: ArraySlice<Message> {
        var common = min(self.old.count, self.new.count)
        while common > 0, self.old.suffix(common) != self.new.prefix(common) { common -= 1 }
        return self.new.dropFirst(common)
    }
}
