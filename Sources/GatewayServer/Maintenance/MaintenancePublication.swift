// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import DequeModule
import NIOCore
import RedisCore

/// What all event loops answer with until the next one comes: rendered once, never changed.
final class MaintenancePublication: Sendable {
    /// Publications are numbered, since they may overtake each other on their way.
    let number: UInt64
    let revision: Int
    /// What this process is known by.
    let mark: String
    /// The newest events.
    let history: [MaintenanceLedger.Event]
    /// The process's mark and the revision, as `id:` of events: unlike another process's.
    let id: String
    /// The opaque part of the entity tag, with its quotes.
    let tag: [UInt8]
    /// The `ETag` value: weak, since counts may change without a new revision.
    let entityTag: String
    let snapshot: ByteBuffer
    /// Of all event loops.
    let connections: UpstreamMaintenance.Connections
    /// Whether windows or moves are open.
    let isInMaintenance: Bool

    /// - Parameters:
    ///   - number: One more than the last one's.
    ///   - ledger: What there is to say.
    init(number: UInt64, ledger: MaintenanceLedger) {
        self.number = number
        self.revision = ledger.revision
        self.mark = ledger.mark
        self.id = ledger.id(of: ledger.revision)
        self.history = Array(ledger.history)
        self.tag = Array("\"\(self.id)\"".utf8)
        self.entityTag = "W/\"\(self.id)\""
        self.snapshot = MaintenanceDocument.snapshot(ledger)
        self.connections = ledger.picture.connections
        self.isInMaintenance = !ledger.picture.windows.isEmpty || !ledger.picture.handoffs.isEmpty
    }

    /// What a watcher that has seen a revision has missed.
    /// - Parameter revision: The last one that it has seen; nil: none.
    /// - Returns: The events since then, or the whole picture if they are not all there any more.
    func frames(since revision: Int?) -> ByteBuffer {
        var frames = ByteBuffer()
        if let revision, revision <= self.revision, self.revision - revision <= self.history.count {
            for event in self.history where event.revision > revision { frames.writeImmutableBuffer(event.frame) }
        } else {
            frames = MaintenanceDocument.frame("snapshot", id: self.id, data: self.snapshot)
        }
        return frames
    }

    /// The revision that a `Last-Event-ID` names; nil if it is not one of this process.
    func revision(of id: String) -> Int? {
        guard id.hasPrefix("\(self.mark)-") else { return nil }
        return Int(id.dropFirst(self.mark.count + 1))
    }
}
