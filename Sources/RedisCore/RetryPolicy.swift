// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore
package import RESP

/// Decides about second attempts. A command is sent again only if it provably did not run, or is safe to run twice.
package struct RetryPolicy: Sendable {
    /// How many lost connections one request may see. A command that makes the server (or a proxy) drop the connection
    /// would take the others down again and again.
    package static let lossMaximum: UInt8 = 5
    /// The longest pause after a transient error.
    package static let pauseMaximum: TimeAmount = .milliseconds(100)
    /// The first.
    package static let pauseMinimum: TimeAmount = .milliseconds(10)

    /// The connection of a request is gone; `written`: its bytes had been handed to the socket.
    package static func afterLoss(of slot: CommandSlot, written: Bool, now: NIODeadline) -> RetryVerdict {
        let mayHaveRun = written || slot.flags.contains(.mayHaveRun)
        guard now < slot.deadline else {
            return .fail(written ? .connectionLost : .deadlinePassed(written: mayHaveRun))
        }
        guard written else {
            return slot.retryClass == .bound ? .fail(.leaseLost) : .sendAgain(mayHaveRun: mayHaveRun)
        }
        // A blocking command has had its time; one that only prepares for another is like any other.
        let isBlocking = slot.flags.contains(.needsLease) && !slot.flags.contains(.keepsLease)
        guard slot.retryClass < .unsafe, slot.losses < Self.lossMaximum, !isBlocking else {
            return .fail(.connectionLost)
        }
        return .sendAgain(mayHaveRun: true)
    }

    /// The last reply of a request has come: why the whole is to be sent again, or nil if the reply is to be delivered.
    ///
    /// Several commands are sent again if each of them was refused by a transient error, or if they were a transaction that
    /// was aborted for such an error: in both cases nothing ran. Commands that may run twice are also sent again if only
    /// the last was refused, as a write behind a read is by a replica. What is bound to its connection is never sent again. `slot` has counted `last` already.
    package static func afterReplies(_ slot: CommandSlot, last: RESPValue) -> TransientError? {
        guard slot.retryClass != .bound else { return nil }
        let reason: TransientError
        if slot.transientReplies == slot.replyCount {
            reason = slot.transient
        } else if slot.retryClass < .unsafe, let error = TransientError(last) {
            reason = error
        } else if slot.flags.contains(.isTransaction), TransientError.isAbort(last) {
            if slot.transientReplies > 0 {
                reason = slot.transient
            } else {
                guard let cause = TransientError(abort: last) else { return nil }
                reason = cause
            }
        } else {
            return nil
        }
        let isSafe = !slot.flags.contains(.mayRunPartly) || slot.retryClass < .unsafe || reason.precedesExecution
        return isSafe ? reason : nil
    }

    /// The pause before attempt number `attempts` (1...) after a transient error.
    package static func pause(attempts: UInt8, using generator: inout some RandomNumberGenerator) -> TimeAmount {
        var backoff = Backoff(minimum: Self.pauseMinimum, maximum: Self.pauseMaximum)
        backoff.skip(Int(attempts) - 1)
        return backoff.next(using: &generator)
    }
}
