// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What is rehearsed, and how.
package struct RehearsalOptions: Sendable {
    package var drills: [Drill] = Drill.standard
    /// How often the event of a drill happens.
    package var repetitions = 3
    /// Seconds of load before the first event and after the last.
    package var seconds = 2
    package var rate = 1000
    package var callers = 32
    package var version: LoadOptions.Version = .http2

    package init() {}
}
