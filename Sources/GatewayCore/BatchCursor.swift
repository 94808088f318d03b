// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Where the commands of a batch lie in their wire form; it only moves forward, so that finding the commands of all
/// errors of a batch reads it once.
struct BatchCursor: Sendable {
    private var index = 0
    private var offset = 0

    /// Where the command of an index lies, which must not be smaller than that of the call before.
    mutating func offset(of wanted: Int, in commands: Span<UInt8>) -> Int {
        while self.index < wanted, var cursor = CommandCursor(commands, at: self.offset) {
            while cursor.next(commands) != nil {}
            self.offset = cursor.offset
            self.index += 1
        }
        return self.offset
    }
}
