// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
import RedisCore

/// Deadlines, stalls and probes: everything that time brings.
extension RedisConnectionHandler {
    func timerFired(_ now: NIODeadline) {
        switch self.machine.state {
        case .closed:
            return
        case .dialing, .handshaking:
            guard now >= self.connectDeadline else {
                self.timer.arm(at: self.connectDeadline)
                return
            }
            self.upstream.noteError("connect timed out")
            self.close(.dialTimedOut)
        case .ready, .draining:
            self.expire(now)
            guard self.machine.state != .closed else { break }
            if self.isStalled(now) {
                self.close(.stalled)
            } else {
                self.armHousekeeping(now: now)
                self.timer.arm(at: self.machine.earliestDeadline)
            }
        }
        self.upstream.batchEnded()
    }

    /// Ends the requests whose deadline has come. Their bytes have left or will leave: they may run.
    private func expire(_ now: NIODeadline) {
        var cursor = 0
        while let ticket = self.machine.expireNext(now: now, cursor: &cursor) {
            self.upstream.fail(ticket, .deadlinePassed(written: true))
            if self.role == .leased {
                // The server would go on waiting, and take an element for nobody.
                self.close(.abandoned)
            }
        }
    }

    private func isStalled(_ now: NIODeadline) -> Bool {
        guard self.role != .leased, let oldest = self.machine.oldestSentAt else { return false }
        return now >= max(oldest, self.lastRead) + self.stallTimeout
    }

    /// How long the oldest command may wait without a byte from the server.
    var stallTimeout: TimeAmount {
        let timeout = self.upstream.configuration.stallTimeout
        return self.isRelaxed ? timeout + self.relaxedTimeout : timeout
    }

    /// Probes if nothing was heard for long, and looks again in time for the next probe or stall.
    func armHousekeeping(now: NIODeadline) {
        guard self.role != .leased else { return }
        let configuration = self.upstream.configuration
        if let oldest = self.machine.oldestSentAt {
            self.timer.arm(at: max(oldest, self.lastRead) + self.stallTimeout)
            return
        }
        let probeAt = self.lastRead + configuration.probeInterval
        if now >= probeAt {
            self.encoder.array(count: 1)
            self.encoder.bulk("PING")
            self.machine.appendedProbe(now: now)
            self.flush()
            self.timer.arm(at: now + self.stallTimeout)
        } else {
            self.timer.arm(at: min(probeAt, now + self.stallTimeout))
        }
    }
}
