// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import RedisCore

/// What of a picture makes a revision when it changes; counts and times do not.
struct MaintenanceEssence: Equatable {
    private struct Window: Hashable {
        var kind: WindowKind
        var sequence: Int64?
    }

    private let windows: Set<Window>
    private let handoffs: Set<HandoffIdentity>
    private let lastHandoff: HandoffIdentity?
    private let lastPhase: HandoffPhase?

    init(_ picture: UpstreamMaintenance) {
        self.windows = Set(picture.windows.map { Window(kind: $0.kind, sequence: $0.sequence) })
        self.handoffs = Set(picture.handoffs.map(\.identity))
        self.lastHandoff = picture.lastHandoff?.identity
        self.lastPhase = picture.lastHandoff?.phase
    }
}
