// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RedisCore

/// The requests of one event loop. Records are reused, so that the steady state allocates none.
struct RequestTable: ~Copyable {
    private var records = TrivialStack<RequestRecord>()
    private var free = TrivialStack<RequestRecord>()
    /// Requests alive.
    var count: Int { self.records.count - self.free.count }

    init() {}

    deinit {
        for index in 0..<self.records.count { self.records[index].deallocate() }
    }

    /// A record with a fresh generation.
    mutating func take(fields: RequestFields, arrived: NIODeadline) -> RequestRecord {
        guard let record = self.free.popLast() else {
            let record = RequestRecord(index: UInt32(self.records.count), fields: fields, arrived: arrived)
            self.records.append(record)
            return record
        }
        self.free.last?.prefetch()
        record.fields = fields
        record.arrived = arrived
        record.timedFrom = arrived
        record.bodyProgress = arrived
        return record
    }

    /// The record that the ticket names; nil if its request is over.
    func record(for ticket: RequestTicket) -> RequestRecord? {
        guard ticket.index < UInt32(self.records.count) else { return nil }
        let record = self.records[Int(ticket.index)]
        guard record.generation == ticket.generation, !self.isFree(record) else { return nil }
        return record
    }

    /// Replies will come soon, for one request before the other.
    func prefetch(near: RequestTicket, far: RequestTicket) {
        let count = UInt32(self.records.count)
        guard near.index < count, far.index < count else { return }
        self.records[Int(near.index)].owner.prefetch()
        self.records[Int(far.index)].prefetch()
    }

    /// Ends a request; its ticket becomes stale.
    mutating func release(_ record: RequestRecord) {
        assert(record.followers.isEmpty && record.nextFollower == nil, "others wait for its replies")
        record.generation &+= 1
        record.owner = .none
        record.awaited = .nothing
        record.work.end()
        record.chargedBytes = 0
        record.isSubmitted = false
        record.isLeased = false
        record.isStreaming = false
        record.isFollower = false
        if record.abandoned != nil { record.abandoned = nil }
        self.free.append(record)
    }

    private func isFree(_ record: RequestRecord) -> Bool {
        if case .none = record.owner { record.abandoned == nil } else { false }
    }
}
