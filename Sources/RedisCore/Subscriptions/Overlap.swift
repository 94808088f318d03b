// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// What two connections bring of one key while both are subscribed: the end of what the old one brings is the beginning of what the
/// new one brings. Equal messages side by side may count as one. Bounded in number and bytes: of what is too much the oldest is
/// forgotten; of the new connection's that is a gap, and without the old one's a message may come twice.
struct Overlap: Sendable {
    struct Message: Sendable, Equatable {
        var channel: ByteBuffer
        var payload: ByteBuffer

        var bytes: Int { self.channel.readableBytes + self.payload.readableBytes }
    }

    /// Messages of one of the connections, the newest last.
    private struct Log: Sendable {
        var messages: [Message] = []
        private var bytes = 0

        /// - Returns: Whether older ones were forgotten for it.
        mutating func append(_ message: Message) -> Bool {
            self.messages.append(message)
            self.bytes += message.bytes
            guard self.messages.count > Overlap.countLimit || self.bytes > Overlap.byteLimit else { return false }
            // Half of them at once, so that a long overlap does not move the rest each time; the newest stays.
            var surplus = 0
            while surplus < self.messages.count - 1,
                self.messages.count - surplus > Overlap.countLimit / 2 || self.bytes > Overlap.byteLimit / 2
            {
                self.bytes -= self.messages[surplus].bytes
                surplus += 1
            }
            self.messages.removeFirst(surplus)
            return surplus > 0
        }
    }

    /// Messages that are kept of each connection, and their bytes (one message is kept whatever its size).
    static let countLimit = 1024
    static let byteLimit = 4 * 1024 * 1024

    private var old = Log()
    private var new = Log()
    /// Whether messages of the new connection were forgotten.
    private(set) var isIncomplete = false

    /// The old connection has brought it.
    mutating func noteOld(_ message: Message) {
        _ = self.old.append(message)
    }

    /// The new connection has brought it.
    mutating func noteNew(_ message: Message) {
        if self.new.append(message) { self.isIncomplete = true }
    }

    /// What the new connection has brought beyond the old one, in order.
    var rest: ArraySlice<Message> {
        let old = self.old.messages
        let new = self.new.messages
        var common = min(old.count, new.count)
        while common > 0, old.suffix(common) != new.prefix(common) { common -= 1 }
        return new.dropFirst(common)
    }
}
