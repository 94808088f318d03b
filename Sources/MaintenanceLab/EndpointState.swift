// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// An endpoint's settings and counts. Confined to the lab's event loop.
final class EndpointState {
    let value: LabEndpoint
    var backend: LabBackend
    /// nil while nobody listens.
    var listener: (any Channel)?
    var mode = EndpointMode.serve
    var optInAnswer = OptInAnswer.accept
    /// Each reply leaves so much later than it came.
    var latency = TimeAmount.zero
    /// Replies are kept back.
    var isStalled = false
    /// Commands are kept back from the backend.
    var isPaused = false
    var dribble: Dribble?
    /// Frames that every further connection gets in front of a certain reply, counted from 0.
    var arrivals: [(push: LabPush, beforeReply: Int)] = []
    var counts = LabCounts()

    init(_ value: LabEndpoint, backend: LabBackend) {
        self.value = value
        self.backend = backend
    }
}
