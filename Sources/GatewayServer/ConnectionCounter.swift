// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Synchronization

/// Counts open connections over all loops. Touched when a connection opens and closes, never by a request.
final class ConnectionCounter: Sendable {
    private let maximum: Int
    private let open = Atomic<Int>(0)

    init(maximum: Int) {
        self.maximum = maximum
    }

    /// - Returns: false if there is no room; nothing was counted then.
    func acquire() -> Bool {
        guard self.open.wrappingAdd(1, ordering: .relaxed).newValue > self.maximum else { return true }
        self.release()
        return false
    }

    func release() {
        self.open.wrappingSubtract(1, ordering: .relaxed)
    }
}
