// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// How far a rehearsal is, for who watches it.
package struct RehearsalProgress: Sendable {
    /// The drill; nil for a gateway that is only loaded.
    package var drill: Drill?
    package var phase: LoadPhase
    /// Of the event, counted from 1.
    package var repetition: Int
    package var repetitions: Int
    /// Since the load began.
    package var seconds: Double
    package var report: LoadReport
}
