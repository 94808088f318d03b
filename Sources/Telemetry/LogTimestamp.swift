// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Glibc

/// The wall clock for log records; nothing else in the gateway depends on it.
package enum LogTimestamp {
    /// Now, as RFC 3339 in UTC with milliseconds.
    @Sendable package static func now() -> String {
        var time = timespec()
        // Safety: both structures live on the stack for the length of the calls.
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return self.format(seconds: time.tv_sec, milliseconds: time.tv_nsec / 1_000_000)
    }

    /// Seconds since 1970 and milliseconds as RFC 3339.
    static func format(seconds: Int, milliseconds: Int) -> String {
        var seconds = time_t(seconds)
        var parts = unsafe tm()
        // Safety: as above.
        unsafe gmtime_r(&seconds, &parts)
        func pad(_ number: Int32, _ width: Int = 2) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = unsafe "\(pad(parts.tm_year + 1900, 4))-\(pad(parts.tm_mon + 1))-\(pad(parts.tm_mday))"
        let time =
            unsafe "\(pad(parts.tm_hour)):\(pad(parts.tm_min)):\(pad(parts.tm_sec)).\(pad(Int32(milliseconds), 3))"
        return "\(date)T\(time)Z"
    }
}
