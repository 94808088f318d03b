// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// Decides when a connection has taken too long: over a header section, over a response it does not read, over nothing at
/// all, or over its life. Pure; the driver owns the timer and tells the time.
struct ConnectionDeadlines {
    /// What to do when the timer fires.
    enum Verdict: Equatable {
        /// All is well; look again then.
        case wait(until: NIODeadline)
        /// This limit was crossed.
        case expired(Limit)
    }

    let timeouts: ConnectionTimeouts
    let opened: NIODeadline
    /// The final GOAWAY was sent: nothing new will come.
    var isLastGoAwaySent = false
    private var lastRequest: NIODeadline
    private var headerSince: NIODeadline?
    private var blockedSince: NIODeadline?
    private var isRetired = false

    init(timeouts: ConnectionTimeouts, now: NIODeadline) {
        self.timeouts = timeouts
        self.opened = now
        self.lastRequest = now
    }

    /// Bytes came. An incomplete header section starts the header clock, a complete one stops it.
    /// - Returns: whether the clock was started, so that a timer is due.
    mutating func received(now: NIODeadline, isReceivingHeaders: Bool) -> Bool {
        guard isReceivingHeaders else {
            self.headerSince = nil
            return false
        }
        guard self.headerSince == nil else { return false }
        self.headerSince = now
        return true
    }

    /// A request was begun or answered: the connection was not idle until now.
    mutating func requestSeen(now: NIODeadline) {
        self.lastRequest = now
    }

    /// Output waits for the peer. `progressed`: the peer has taken some since the last call.
    /// - Returns: whether the write clock was started, so that a timer is due.
    mutating func outputBlocked(now: NIODeadline, progressed: Bool) -> Bool {
        let isStart = self.blockedSince == nil
        if isStart || progressed { self.blockedSince = now }
        return isStart
    }

    /// Nothing waits to be written.
    mutating func outputDone() {
        self.blockedSince = nil
    }

    /// The verdict at `now`, with `next` as a further time at which the driver wants to look.
    mutating func check(now: NIODeadline, isIdle: Bool, next: NIODeadline?) -> Verdict {
        var wake = next ?? .distantFuture
        if let since = self.headerSince {
            guard now < since + self.timeouts.header else { return .expired(.headerTime) }
            wake = min(wake, since + self.timeouts.header)
        }
        if let since = self.blockedSince {
            guard now < since + self.timeouts.write else { return .expired(.writeTime) }
            wake = min(wake, since + self.timeouts.write)
        }
        if isIdle {
            guard now < self.lastRequest + self.timeouts.idle else { return .expired(.idleTime) }
            wake = min(wake, self.lastRequest + self.timeouts.idle)
        } else {
            self.lastRequest = now
            wake = min(wake, now + self.timeouts.idle)
        }
        guard self.timeouts.age > .zero, !self.isRetired else { return .wait(until: wake) }
        guard now < self.opened + self.timeouts.age else {
            self.isRetired = true
            return .expired(.connectionAge)
        }
        return .wait(until: min(wake, self.opened + self.timeouts.age))
    }
}
