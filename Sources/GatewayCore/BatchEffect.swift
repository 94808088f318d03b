// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import RedisCore

/// What running a batch twice comes to: the worst of its commands, and `unsafe` if a write follows a command whose
/// answer depends on the data, since a second run could then answer otherwise (`GET k`, `SET k v`).
struct BatchEffect {
    private(set) var retryClass = RetryClass.readOnly
    private var dependsOnData = false

    /// Takes the next command.
    mutating func append(_ effect: CommandEffect) {
        if effect != .read, self.dependsOnData {
            self.retryClass = .unsafe
        }
        self.retryClass = max(self.retryClass, effect.retryClass)
        if effect != .overwrite {
            self.dependsOnData = true
        }
    }
}
