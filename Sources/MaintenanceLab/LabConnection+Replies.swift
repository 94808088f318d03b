// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP

extension LabConnection {
    /// A reply or a push from the backend.
    func backendRead(_ frame: FrameCutter.Frame) {
        guard !self.isClosed else { return }
        guard frame.value.kind != .push, let slot = self.slots.first, case .backend = slot else {
            // A push of Redis's own, or a message to a RESP2 subscriber: it answers nothing.
            return self.outbox.appendInOrder(frame.bytes, isReply: false)
        }
        if let plan = self.closePlan, plan.moment == .beforeNextReply { return self.closeNow(plan.manner) }
        self.slots.removeFirst()
        self.reply(frame.bytes, isQueued: frame.value.kind == .simpleString && frame.value.string == "QUEUED")
        self.sendMadeReplies()
        self.finishMove()
        self.closeIfIdle()
    }

    /// Sends the lab's own replies whose turn has come.
    func sendMadeReplies() {
        while !self.isClosed, let slot = self.slots.first, case .made(let bytes, let optIn) = slot {
            self.slots.removeFirst()
            if optIn {
                self.isOptedIn = true
                if self.lab.replays.contains(.beforeAnswer) { self.replay() }
            }
            self.reply(bytes, isQueued: false)
            if optIn, !self.lab.replays.contains(.beforeAnswer) { self.replay() }
        }
    }

    /// A connection that opts in late hears what is under way.
    private func replay() {
        for push in self.lab.replayed(to: self) { self.write(push, inOrder: true) }
    }

    private func reply(_ bytes: ByteBuffer, isQueued: Bool) {
        self.endpoint.counts.replies += 1
        self.outbox.appendInOrder(bytes, isReply: true)
        self.advanceInjections(isQueued: isQueued)
        if let plan = self.closePlan, plan.moment == .afterNextReply {
            // As soon as it was written.
            self.closePlan = (plan.manner, .now)
            self.closeIfIdle()
        }
    }
}
