// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Glibc
package import NIOCore

/// Tells points of the event loops' clock as times of the day. The two clocks are compared once: a step of the wall clock
/// afterwards is not followed.
package struct WallClock: Sendable {
    private let anchor: NIODeadline
    private let anchorMilliseconds: Int

    /// - Parameter now: The present, by the event loops' clock.
    package init(now: NIODeadline) {
        var time = timespec()
        // Safety: the structure lives on the stack for the length of the call.
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        self.init(now: now, milliseconds: time.tv_sec * 1_000 + time.tv_nsec / 1_000_000)
    }

    /// - Parameters:
    ///   - now: A point of the event loops' clock.
    ///   - milliseconds: The same point, since 1970.
    package init(now: NIODeadline, milliseconds: Int) {
        self.anchor = now
        self.anchorMilliseconds = milliseconds
    }

    /// The time as RFC 3339 in UTC with milliseconds.
    package func text(_ time: NIODeadline) -> String {
        let distance = Int(clamping: (time - self.anchor).nanoseconds / 1_000_000)
        let milliseconds = max(0, self.anchorMilliseconds.addingReportingOverflow(distance).partialValue)
        return LogTimestamp.format(seconds: milliseconds / 1_000, milliseconds: milliseconds % 1_000)
    }
}
