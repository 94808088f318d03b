// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// Whose reply a slot waits for.
package enum SlotOwner: Sendable, Equatable {
    case request(RequestTicket)
    case handshake(HandshakeStep)
    /// A PING on an idle connection.
    case probe
    /// A PING whose reply proves that everything before it has come.
    case fence
    /// The wish for notifications again, on a connection whose server has refused them.
    case optIn
    /// Nobody waits any more: the replies are taken in order and thrown away.
    case forget
}

/// A place in a connection's queue: one request, however many replies it has. A trivial value, so that the queue costs
/// no reference counting.
package struct CommandSlot: Sendable, Equatable {
    /// What is known of the request besides its numbers.
    package struct Flags: OptionSet, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let needsLease = Flags(rawValue: 1)
        package static let isTransaction = Flags(rawValue: 2)
        package static let mayRunPartly = Flags(rawValue: 4)
        package static let mayHaveRun = Flags(rawValue: 8)
        package static let hasSoftDeadline = Flags(rawValue: 16)
        package static let keepsLease = Flags(rawValue: 32)
    }

    package var owner: SlotOwner
    package var deadline: NIODeadline
    /// When it was put in the accumulator.
    package var sentAt: NIODeadline
    /// 1...
    package var replyCount: Int32
    /// The number of the next reply, 0-based.
    package var ordinal: Int32 = 0
    /// How many of the replies so far were transient errors.
    package var transientReplies: Int32 = 0
    /// The newest of those; meaningless while there is none.
    package var transient: TransientError = .loading
    package var retryClass: RetryClass
    package var losses: UInt8 = 0
    package var attempts: UInt8 = 0
    package var flags: Flags = []

    /// The slot of the gateway's own command.
    package init(owner: SlotOwner, sentAt: NIODeadline) {
        self.owner = owner
        self.deadline = .distantFuture
        self.sentAt = sentAt
        self.replyCount = 1
        self.retryClass = .unsafe
    }

    /// The slot of a request that is being sent.
    package init(_ pending: PendingRequest, sentAt: NIODeadline) {
        assert(pending.request.replyCount > 0, "a request without a reply would never end")
        self.owner = .request(pending.request.ticket)
        self.deadline = pending.request.deadline
        self.sentAt = sentAt
        self.replyCount = max(1, Int32(clamping: pending.request.replyCount))
        self.retryClass = pending.request.retryClass
        self.losses = pending.losses
        self.attempts = pending.attempts
        if pending.request.needsLease { self.flags.insert(.needsLease) }
        if pending.request.keepsLease { self.flags.insert(.keepsLease) }
        if pending.request.isTransaction { self.flags.insert(.isTransaction) }
        if pending.request.mayRunPartly { self.flags.insert(.mayRunPartly) }
        if pending.mayHaveRun { self.flags.insert(.mayHaveRun) }
        if pending.request.hasSoftDeadline { self.flags.insert(.hasSoftDeadline) }
    }

    /// Gives the request until `timeout` after it was put in the accumulator, if that is later and its deadline is a soft
    /// one (W1, W2). Once: a second window gives nothing more.
    package mutating func relax(timeout: TimeAmount) {
        guard self.flags.remove(.hasSoftDeadline) != nil else { return }
        self.deadline = max(self.deadline, self.sentAt + timeout)
    }

    /// The request again, for another connection; nil if nobody waits for it.
    package func pending(since: NIODeadline) -> PendingRequest? {
        guard case .request(let ticket) = self.owner else { return nil }
        var pending = PendingRequest(
            CommandRequest(
                ticket: ticket, deadline: self.deadline, replyCount: Int(self.replyCount), retryClass: self.retryClass,
                needsLease: self.flags.contains(.needsLease), keepsLease: self.flags.contains(.keepsLease),
                isTransaction: self.flags.contains(.isTransaction),
                mayRunPartly: self.flags.contains(.mayRunPartly),
                hasSoftDeadline: self.flags.contains(.hasSoftDeadline)),
            since: since)
        pending.losses = self.losses
        pending.attempts = self.attempts
        pending.mayHaveRun = self.flags.contains(.mayHaveRun)
        return pending
    }
}
