// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What the announcements of a server came to, since the start.
package struct MaintenanceCounters: Sendable, Equatable {
    /// Announcements by ``MaintenanceKind``'s raw value.
    package var pushes: [Int] = Array(repeating: 0, count: MaintenanceKind.allCases.count)
    /// Deliveries of something that was known already.
    package var duplicates: Int = 0
    /// Pushes of a known kind whose elements could not be used, in whole or in part.
    package var malformed: Int = 0
    /// Pushes of another kind.
    package var unknown: Int = 0
    /// Announcements that were ignored: on a connection that is being drained, over a limit, or stale.
    package var ignored: Int = 0
    /// Announced targets that the policy forbids.
    package var refusedTargets: Int = 0
    /// Moves that ended with everything moved, and those that did not.
    package var handoffsDone: Int = 0
    package var handoffsFailed: Int = 0

    package init() {}

    /// Announcements of a kind.
    package subscript(kind kind: MaintenanceKind) -> Int {
        get { self.pushes[Int(kind.rawValue)] }
        set { self.pushes[Int(kind.rawValue)] = newValue }
    }

    /// Adds the counts of another event loop.
    package mutating func add(_ other: MaintenanceCounters) {
        for index in self.pushes.indices { self.pushes[index] += other.pushes[index] }
        self.duplicates += other.duplicates
        self.malformed += other.malformed
        self.unknown += other.unknown
        self.ignored += other.ignored
        self.refusedTargets += other.refusedTargets
        self.handoffsDone += other.handoffsDone
        self.handoffsFailed += other.handoffsFailed
    }
}
