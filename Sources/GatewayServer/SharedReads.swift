// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// Reads of single strings whose commands have not left yet, so that another read of the same key need not be asked for.
///
/// A table of the newest ones by their keys' marks. An entry counts as long as nothing was submitted behind it that may write,
/// and nothing has been sent: until then the reply says what it would say to a later request. It is not for a request that has
/// more time, or less: one of them may have waited for room in its connection's share of memory.
struct SharedReads {
    private struct Entry {
        var record: RequestRecord?
        var generation: UInt32 = 0
        var epoch: UInt64 = 0
    }

    /// How far from its own deadline a request may have to end.
    static let deadlineSlack = TimeAmount.milliseconds(10)

    private var entries = InlineArray<64, Entry>(repeating: Entry())

    /// Looks for a read of the same key, and puts the new one in its place if there is none.
    /// - Parameters:
    ///   - record: The new read.
    ///   - mark: Of its key.
    ///   - epoch: ``RedisUpstream/readEpoch``.
    /// - Returns: The request whose replies answer the new one; nil: it has to ask for itself.
    @inline(__always)
    mutating func leader(for record: RequestRecord, mark: UInt64, epoch: UInt64) -> RequestRecord? {
        // The upper bits of a product depend on all bits of the factor (Fibonacci hashing).
        let slot = Int(truncatingIfNeeded: (mark &* 0x9E37_79B9_7F4A_7C15) >> 58)
        if self.entries[slot].epoch == epoch, let other = self.entries[slot].record,
            other.generation == self.entries[slot].generation, other.isAwaited,
            Self.endTogether(record, other),
            other.work.isSameRead(other.fields, as: record.work, record.fields)
        {
            return other
        }
        self.entries[slot] = Entry(record: record, generation: record.generation, epoch: epoch)
        return nil
    }

    @inline(__always)
    private static func endTogether(_ first: RequestRecord, _ second: RequestRecord) -> Bool {
        let difference = first.timedFrom - second.timedFrom
        return difference <= Self.deadlineSlack && difference >= .zero - Self.deadlineSlack
    }
}
