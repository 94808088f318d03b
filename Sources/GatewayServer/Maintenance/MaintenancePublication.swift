// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

/// What all event loops answer with until the next one comes: rendered once, never changed.
final class MaintenancePublication: Sendable {
    /// Publications are numbered, since they may overtake each other on their way.
    let number: UInt64
    let revision: Int
    /// The process's mark and the revision, as `id:` of events: unlike another process's.
    let id: String
    /// The opaque part of the entity tag, with its quotes.
    let tag: [UInt8]
    /// The `ETag` value: weak, since counts may change without a new revision.
    let entityTag: String
    let snapshot: ByteBuffer
    /// Whether windows or moves are open.
    let isInMaintenance: Bool

    /// - Parameters:
    ///   - number: One more than the last one's.
    ///   - mark: What this process is known by.
    ///   - ledger: What there is to say.
    init(number: UInt64, mark: String, ledger: MaintenanceLedger) {
        self.number = number
        self.revision = ledger.revision
        self.id = "\(mark)-\(ledger.revision)"
        self.tag = Array("\"\(self.id)\"".utf8)
        self.entityTag = "W/\"\(self.id)\""
        self.snapshot = MaintenanceDocument.snapshot(ledger)
        self.isInMaintenance = !ledger.picture.windows.isEmpty || !ledger.picture.handoffs.isEmpty
    }
}
