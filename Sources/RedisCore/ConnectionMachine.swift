// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore
package import RESP

/// The protocol side of one connection: its state, its queue of unanswered commands, the way of each reply.
package struct ConnectionMachine: ~Copyable {
    package enum State: Sendable, Equatable {
        /// No transport yet; nothing was sent. -> handshaking, closed
        case dialing
        /// The handshake was sent, nothing else. -> ready, closed
        case handshaking
        /// Takes requests. -> draining, closed
        case ready
        /// Takes no more requests; the queue runs empty. -> closed
        case draining
        /// Its queue belongs to whoever closed it.
        case closed
    }

    package private(set) var state: State = .dialing
    package private(set) var slots = SlotQueue()
    /// Slots with a lower number have been handed to the socket.
    package private(set) var written: Int = 0
    /// Whether a reply said that another connection may lead to a better server.
    package private(set) var wantsReplacement = false
    /// What the server said to our wish for notifications; nil: it was not asked, or has not answered.
    package private(set) var optInReply: OptInReply?

    package init() {}

    /// Commands in the accumulator or written, and not answered.
    package var inFlight: Int { self.slots.count }

    /// The request that waits behind so many others.
    package func ticket(behind count: Int) -> RequestTicket? {
        let number = self.slots.head &+ count
        guard number < self.slots.tail, case .request(let ticket) = self.slots[number].owner else { return nil }
        return ticket
    }

    /// The transport is there, and the handshake's commands are on their way.
    package mutating func connected(steps: [HandshakeStep], now: NIODeadline) {
        guard self.state == .dialing else { return }
        for step in steps {
            self.slots.append(CommandSlot(owner: .handshake(step), sentAt: now))
        }
        self.written = self.slots.tail
        self.state = .handshaking
    }

    /// A request's commands were appended to the accumulator.
    package mutating func appended(_ pending: PendingRequest, now: NIODeadline) {
        self.slots.append(CommandSlot(pending, sentAt: now))
    }

    /// A PING was appended to the accumulator.
    package mutating func appendedProbe(now: NIODeadline) {
        self.slots.append(CommandSlot(owner: .probe, sentAt: now))
    }

    /// A PING was appended to the accumulator, whose reply is told.
    package mutating func appendedFence(now: NIODeadline) {
        self.slots.append(CommandSlot(owner: .fence, sentAt: now))
    }

    /// A command was appended to the accumulator whose reply nobody waits for.
    package mutating func appendedForgotten(now: NIODeadline) {
        self.slots.append(CommandSlot(owner: .forget, sentAt: now))
    }

    /// A wish for notifications was appended to the accumulator.
    package mutating func appendedOptIn(now: NIODeadline) {
        self.slots.append(CommandSlot(owner: .optIn, sentAt: now))
    }

    /// Takes the requests away whose bytes are in the accumulator still, in order. The caller clears the accumulator.
    package mutating func takeUnwritten() -> [PendingRequest] {
        let first = max(self.slots.head, self.written)
        let unwritten = (first..<self.slots.tail).compactMap { number in
            self.slots[number].pending(since: self.slots[number].sentAt)
        }
        self.slots.removeLast(from: first)
        return unwritten
    }

    /// Gives every request with a soft deadline more time (W2).
    package mutating func relax(timeout: TimeAmount) {
        for number in self.slots.head..<self.slots.tail { self.slots[number].relax(timeout: timeout) }
    }

    /// The accumulator was handed to the socket.
    package mutating func flushed() {
        self.written = self.slots.tail
    }

    /// No more requests; the queue runs empty.
    package mutating func drain() {
        guard self.state == .ready else { return }
        self.state = .draining
    }

    /// Ends the connection and gives the queue away. The caller decides what becomes of each slot.
    package mutating func close() -> SlotQueue {
        self.state = .closed
        let lost = self.slots
        self.slots = SlotQueue()
        return lost
    }

    /// Routes one reply.
    package mutating func received(_ reply: RESPValue) -> ReplyAction {
        // Patterns, not `==`: that is a call through a witness table for an enum of another module.
        if case .push = reply.kind { return .push }
        guard self.state != .closed else { return .discard }
        guard self.slots.head < self.written else { return .unexpected }
        switch self.slots[self.slots.head].owner {
        case .request(let ticket):
            return self.answered(ticket, reply)
        case .handshake(let step):
            self.slots.removeFirst()
            return self.answered(step, reply)
        case .probe:
            self.slots.removeFirst()
            return .discard
        case .fence:
            self.slots.removeFirst()
            return .fenced
        case .optIn:
            self.slots.removeFirst()
            let answer = OptInReply(reply)
            self.optInReply = answer
            return .optedIn(answer)
        case .forget:
            self.advance()
            return .discard
        }
    }

    private mutating func answered(_ ticket: RequestTicket, _ reply: RESPValue) -> ReplyAction {
        let head = self.slots.head
        if Self.isError(reply.kind), let error = TransientError(reply) {
            self.slots[head].transientReplies &+= 1
            self.slots[head].transient = error
            // A script can make up any error.
            let isMadeUp = self.slots[head].flags.contains(.mayRunPartly)
            if error.asksForNewConnection, !isMadeUp { self.wantsReplacement = true }
        }
        let slot = self.slots[head]
        let isLast = slot.ordinal &+ 1 == slot.replyCount
        guard isLast else {
            self.slots[head].ordinal &+= 1
            return .deliver(self.delivery(of: slot, to: ticket, isLast: false))
        }
        self.slots.removeFirst()
        let mayRetry = slot.transientReplies > 0 || slot.flags.contains(.isTransaction)
        if mayRetry, let reason = RetryPolicy.afterReplies(slot, last: reply),
            var pending = slot.pending(since: slot.sentAt)
        {
            pending.attempts = slot.attempts &+ 1 == 0 ? slot.attempts : slot.attempts &+ 1
            return .sendAgain(pending, reason)
        }
        return .deliver(self.delivery(of: slot, to: ticket, isLast: true))
    }

    private func delivery(of slot: CommandSlot, to ticket: RequestTicket, isLast: Bool) -> Delivery {
        Delivery(
            ticket: ticket, ordinal: Int(slot.ordinal), isLast: isLast,
            keepsLease: slot.flags.contains(.keepsLease), attempts: slot.attempts, sentAt: slot.sentAt)
    }

    private mutating func answered(_ step: HandshakeStep, _ reply: RESPValue) -> ReplyAction {
        if Self.isError(reply.kind), !step.isOptional {
            return .handshakeFailed(HandshakeFailure(reply, step: step))
        }
        if step == .optIn || step == .requiredOptIn {
            let answer = OptInReply(reply)
            self.optInReply = answer
            if step == .requiredOptIn, answer != .accepted { return .handshakeFailed(.refused(.notificationsRefused)) }
        }
        guard self.slots.isEmpty else { return .discard }
        self.state = .ready
        return .handshakeCompleted
    }

    private static func isError(_ kind: RESPKind) -> Bool {
        switch kind {
        case .simpleError, .bulkError: true
        case .simpleString, .integer, .bulkString, .null, .boolean, .double, .bigNumber, .verbatimString: false
        case .array, .set, .map, .push: false
        }
    }

    private mutating func advance() {
        let head = self.slots.head
        self.slots[head].ordinal &+= 1
        if self.slots[head].ordinal == self.slots[head].replyCount { self.slots.removeFirst() }
    }

    /// Forgets the next request whose deadline has come, at or after slot number `cursor`, which is moved behind it.
    ///
    /// One at a time, so that nothing is held while the caller tells the request's owner.
    package mutating func expireNext(now: NIODeadline, cursor: inout Int) -> RequestTicket? {
        cursor = max(cursor, self.slots.head)
        while cursor < self.slots.tail {
            let number = cursor
            cursor += 1
            guard case .request(let ticket) = self.slots[number].owner, self.slots[number].deadline <= now else {
                continue
            }
            self.slots[number].owner = .forget
            return ticket
        }
        return nil
    }

    /// Forgets everything that is in flight (a leased connection's only request).
    package mutating func forgetAll() {
        for number in self.slots.head..<self.slots.tail {
            self.slots[number].owner = .forget
        }
    }

    /// The earliest deadline of a request in the queue; `distantFuture` without one.
    package var earliestDeadline: NIODeadline {
        var earliest = NIODeadline.distantFuture
        for number in self.slots.head..<self.slots.tail {
            guard case .request = self.slots[number].owner else { continue }
            earliest = min(earliest, self.slots[number].deadline)
        }
        return earliest
    }

    /// Since when the oldest command waits; nil when there is none.
    package var oldestSentAt: NIODeadline? {
        self.slots.isEmpty ? nil : self.slots[self.slots.head].sentAt
    }

    /// The wish for a replacement has been heard.
    package mutating func replacementNoted() {
        self.wantsReplacement = false
    }
}
