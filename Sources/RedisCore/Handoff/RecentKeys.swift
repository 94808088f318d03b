// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// A bounded memory of what was seen not long ago. The oldest entry makes room.
package struct RecentKeys<Key: Hashable & Sendable>: Sendable {
    private var entries: [(key: Key, expires: NIODeadline)] = []
    private let lifetime: TimeAmount
    private let countMaximum: Int

    package init(lifetime: TimeAmount, countMaximum: Int) {
        self.lifetime = lifetime
        self.countMaximum = max(1, countMaximum)
    }

    package var count: Int { self.entries.count }

    package func contains(_ key: Key, now: NIODeadline) -> Bool {
        self.entries.contains { $0.key == key && now < $0.expires }
    }

    /// Remembers the key.
    /// - Returns: false if it was known; its time is not prolonged.
    @discardableResult
    package mutating func insert(_ key: Key, now: NIODeadline) -> Bool {
        self.entries.removeAll { $0.expires <= now }
        guard !self.entries.contains(where: { $0.key == key }) else { return false }
        if self.entries.count == self.countMaximum { self.entries.removeFirst() }
        self.entries.append((key, now + self.lifetime))
        return true
    }
}
