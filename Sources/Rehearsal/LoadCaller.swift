// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// One caller: every request is due at a time that was fixed before, and is sent then, or when the one before has been
/// answered. So a gateway that stands still cannot hide it: what was due meanwhile counts as late.
final class LoadCaller {
    private let load: LoadState
    private let connection: Int
    /// When the first request is due, and the time between two.
    private let start: NIODeadline
    private let interval: TimeAmount
    private var number: Int64 = 0

    init(load: LoadState, connection: Int, start: NIODeadline, interval: TimeAmount) {
        self.load = load
        self.connection = connection
        self.start = start
        self.interval = interval
    }

    func next() {
        let due = self.start + .nanoseconds(self.interval.nanoseconds * self.number)
        guard due < self.load.end else { return self.load.callerEnded() }
        self.number += 1
        let isRead = self.number % 2 == 0
        if due <= self.load.eventLoop.now {
            self.send(due: due, isRead: isRead)
        } else {
            self.load.eventLoop.assumeIsolated().scheduleTask(deadline: due) { self.send(due: due, isRead: isRead) }
        }
    }

    private func send(due: NIODeadline, isRead: Bool) {
        // A second due time may have passed the end meanwhile.
        guard due < self.load.end else { return self.load.callerEnded() }
        let phase = self.load.phase
        self.load.send(self.connection, isRead: isRead) { response in
            self.load.note(response, isRead: isRead, phase: phase, latency: self.load.eventLoop.now - due)
            self.next()
        }
    }
}
