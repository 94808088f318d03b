// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Glibc

/// Waits for conditions of other processes.
package enum Wait {
    /// Looks every few milliseconds.
    /// - Returns: whether the condition held before the time was over.
    package static func until(seconds: Double, _ condition: () -> Bool) -> Bool {
        let end = Self.now() + seconds
        while !condition() {
            guard Self.now() < end else { return condition() }
            poll(nil, 0, 3)
        }
        return true
    }

    /// Monotonic seconds.
    package static func now() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
