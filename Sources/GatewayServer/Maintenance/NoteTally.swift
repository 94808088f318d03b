// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import RedisCore

/// Tells what is news: every event loop tells of the same announcement, and only the first, or for an end the last, of
/// these tellings counts. A loop that tells the same again, after all that the others have told, has something new.
struct NoteTally {
    private struct Entry {
        var note: MaintenanceNote
        /// How often each event loop has told it.
        var tellings: [Int]
        /// How many of them were news.
        var counted = 0
    }

    /// Notes that are remembered; the one that was told the longest ago goes first.
    private static let limit = 128

    private let loops: Int
    private var entries: [Entry] = []

    /// - Parameter loops: The number of event loops.
    init(loops: Int) {
        self.loops = loops
    }

    /// Takes a telling.
    /// - Parameters:
    ///   - note: What was told.
    ///   - loop: Who told it.
    ///   - isRipe: Whether it holds for all; a note that is not ripe is no news, but the same of another loop may be.
    /// - Returns: Whether it is news.
    mutating func tell(_ note: MaintenanceNote, by loop: Int, isRipe: Bool) -> Bool {
        var entry = self.take(note)
        entry.tellings[loop] += 1
        let isNews = isRipe && entry.tellings[loop] > entry.counted
        if isNews { entry.counted = entry.tellings[loop] }
        self.entries.append(entry)
        return isNews
    }

    private mutating func take(_ note: MaintenanceNote) -> Entry {
        if let index = self.entries.firstIndex(where: { $0.note == note }) { return self.entries.remove(at: index) }
        if self.entries.count == Self.limit { self.entries.removeFirst() }
        return Entry(note: note, tellings: Array(repeating: 0, count: self.loops))
    }
}
