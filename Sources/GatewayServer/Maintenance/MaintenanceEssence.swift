// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

/// What of a picture makes a revision when it changes, whoever has told it before; counts and times do not.
struct MaintenanceEssence: Equatable {
    private struct Window: Hashable {
        var kind: WindowKind
        var sequence: Int64?
    }

    /// The end of a move.
    private struct End: Equatable {
        var identity: HandoffIdentity
        var phase: HandoffPhase
        var at: NIODeadline?
    }

    /// Ended moves that are remembered.
    private static let endedLimit = 16

    private let windows: Set<Window>
    /// Moves that go on, without those that had ended and that a late loop has begun: that is news only at its end.
    private let handoffs: Set<HandoffIdentity>
    /// The last end. While a move goes on it is the one from before.
    private let lastEnd: End?
    /// The newest ended moves, which are no part of the comparison.
    private var ended: [HandoffIdentity]

    /// - Parameters:
    ///   - picture: What there is.
    ///   - earlier: The one from before; nil at the start.
    init(_ picture: UpstreamMaintenance, after earlier: MaintenanceEssence?) {
        self.windows = Set(picture.windows.map { Window(kind: $0.kind, sequence: $0.sequence) })
        var ended = earlier?.ended ?? []
        let active = picture.handoffs.map(\.identity)
        if let last = picture.lastHandoff, active.isEmpty {
            self.lastEnd = End(identity: last.identity, phase: last.phase, at: last.endedAt)
            if !ended.contains(last.identity) { ended.append(last.identity) }
            if ended.count > Self.endedLimit { ended.removeFirst() }
        } else {
            self.lastEnd = earlier?.lastEnd
        }
        self.ended = ended
        self.handoffs = Set(active).subtracting(ended)
    }

    static func == (left: MaintenanceEssence, right: MaintenanceEssence) -> Bool {
        left.windows == right.windows && left.handoffs == right.handoffs && left.lastEnd == right.lastEnd
    }
}
