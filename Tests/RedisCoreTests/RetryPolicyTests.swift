// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
import RedisCore
import Testing

@Suite("RetryPolicy")
struct RetryPolicyTests {
    static func slot(_ pending: PendingRequest, transients: Int32 = 0, _ error: TransientError = .loading)
        -> CommandSlot
    {
        var slot = CommandSlot(pending, sentAt: .ms(0))
        slot.transientReplies = transients
        slot.transient = error
        return slot
    }

    @Test(
        "what was not written is sent again, whatever its class",
        arguments: [RetryClass.readOnly, .idempotent, .unsafe])
    func unwritten(retryClass: RetryClass) {
        let slot = Self.slot(pending(1, class: retryClass))
        #expect(RetryPolicy.afterLoss(of: slot, written: false, now: .ms(0)) == .sendAgain(mayHaveRun: false))
        #expect(
            RetryPolicy.afterLoss(of: slot, written: false, now: .ms(1000)) == .fail(.deadlinePassed(written: false)))
    }

    @Test("what was written is sent again only if it is safe and in time")
    func written() {
        let policy = { (pending: PendingRequest, now: Int64) in
            RetryPolicy.afterLoss(of: Self.slot(pending), written: true, now: .ms(now))
        }
        #expect(policy(pending(1, class: .readOnly), 0) == .sendAgain(mayHaveRun: true))
        #expect(policy(pending(1, class: .idempotent), 999) == .sendAgain(mayHaveRun: true))
        #expect(policy(pending(1, class: .idempotent), 1000) == .fail(.connectionLost))
        #expect(policy(pending(1, class: .unsafe), 0) == .fail(.connectionLost))
        #expect(policy(pending(1, class: .readOnly, lease: true), 0) == .fail(.connectionLost))
    }

    @Test("a request that lost too many connections is not sent again")
    func tooManyLosses() {
        var poison = pending(1, class: .readOnly)
        poison.losses = RetryPolicy.lossMaximum - 1
        #expect(
            RetryPolicy.afterLoss(of: Self.slot(poison), written: true, now: .ms(0)) == .sendAgain(mayHaveRun: true))
        poison.losses += 1
        #expect(RetryPolicy.afterLoss(of: Self.slot(poison), written: true, now: .ms(0)) == .fail(.connectionLost))
    }

    @Test("what may have run in an earlier attempt is never reported as not sent")
    func mayHaveRun() {
        var second = pending(1, class: .readOnly)
        second.mayHaveRun = true
        let slot = Self.slot(second)
        #expect(RetryPolicy.afterLoss(of: slot, written: false, now: .ms(0)) == .sendAgain(mayHaveRun: true))
        #expect(
            RetryPolicy.afterLoss(of: slot, written: false, now: .ms(1000)) == .fail(.deadlinePassed(written: true)))
    }

    static let abort = RESPValue.error("EXECABORT Transaction discarded because of previous errors.")

    @Test("a pipeline is sent again only if every reply was transient")
    func pipelines() {
        let last = RESPValue.error("LOADING x")
        #expect(RetryPolicy.afterReplies(Self.slot(pending(1, replies: 3), transients: 3), last: last) == .loading)
        #expect(RetryPolicy.afterReplies(Self.slot(pending(1, replies: 3), transients: 2), last: last) == nil)
        #expect(RetryPolicy.afterReplies(Self.slot(pending(1, replies: 3), transients: 1), last: .ok) == nil)
        #expect(RetryPolicy.afterReplies(Self.slot(pending(1)), last: .ok) == nil)
    }

    @Test("what may run twice is sent again if only its last command was refused")
    func writeBehindRead() {
        let last = RESPValue.error("READONLY You can't write against a read only replica.")
        let loading = RESPValue.error("LOADING x")
        for (retryClass, expected) in [
            (RetryClass.readOnly, TransientError.readOnly), (.idempotent, .readOnly), (.unsafe, nil),
        ] as [(RetryClass, TransientError?)] {
            let slot = Self.slot(pending(1, replies: 2, class: retryClass), transients: 1, .readOnly)
            #expect(RetryPolicy.afterReplies(slot, last: last) == expected)
        }
        // The reply of another than the last command is the caller's to see.
        let first = Self.slot(pending(1, replies: 2, class: .idempotent), transients: 1)
        #expect(RetryPolicy.afterReplies(first, last: .ok) == nil)
        #expect(RetryPolicy.afterReplies(first, last: .error("ERR x")) == nil)
        #expect(RetryPolicy.afterReplies(first, last: loading) == .loading)
    }

    @Test("an aborted transaction is sent again only if a transient error aborted it")
    func transactions() {
        let one = pending(1, replies: 4, transaction: true)
        #expect(RetryPolicy.afterReplies(Self.slot(one, transients: 1, .readOnly), last: Self.abort) == .readOnly)
        #expect(RetryPolicy.afterReplies(Self.slot(one, transients: 0), last: Self.abort) == nil)
        #expect(RetryPolicy.afterReplies(Self.slot(one, transients: 1), last: .ok) == nil)
        let named = RESPValue.error("EXECABORT Transaction discarded because of: MASTERDOWN x")
        #expect(RetryPolicy.afterReplies(Self.slot(one), last: named) == .masterDown)
        // Not a transaction: the text proves nothing.
        #expect(RetryPolicy.afterReplies(Self.slot(pending(1, replies: 4), transients: 1), last: Self.abort) == nil)
    }

    @Test("a script's own error does not prove that nothing ran")
    func scripts() {
        let script = pending(1, mayRunPartly: true)
        let last = RESPValue.error("READONLY x")
        #expect(RetryPolicy.afterReplies(Self.slot(script, transients: 1, .readOnly), last: last) == nil)
        #expect(RetryPolicy.afterReplies(Self.slot(script, transients: 1, .loading), last: last) == .loading)
        let reading = pending(1, class: .readOnly, mayRunPartly: true)
        #expect(RetryPolicy.afterReplies(Self.slot(reading, transients: 1, .readOnly), last: last) == .readOnly)
    }

    @Test("pauses stay short", arguments: [1, 2, 5, 255] as [UInt8])
    func pauses(attempts: UInt8) {
        var generator = SeededGenerator(seed: UInt64(attempts))
        let pause = RetryPolicy.pause(attempts: attempts, using: &generator)
        #expect(pause >= .milliseconds(5))
        #expect(pause <= RetryPolicy.pauseMaximum)
    }
}
