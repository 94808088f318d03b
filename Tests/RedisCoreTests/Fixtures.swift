// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
import RedisCore

extension RESPValue {
    static func error(_ text: String) -> RESPValue {
        RESPValue(kind: .simpleError, payload: ByteBuffer(string: text))
    }

    static let ok = RESPValue(kind: .simpleString, payload: ByteBuffer(string: "OK"))
    static let push = RESPValue(kind: .push, count: 1, payload: ByteBuffer(string: "+MOVING\r\n"))
}

extension NIODeadline {
    /// Milliseconds since the start of a test's world.
    static func ms(_ count: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .milliseconds(count) }
}

func ticket(_ index: UInt32) -> RequestTicket { RequestTicket(index: index, generation: 1) }

func pending(
    _ index: UInt32, deadline: NIODeadline = .ms(1000), replies: Int = 1, class retryClass: RetryClass = .unsafe,
    lease: Bool = false, transaction: Bool = false, mayRunPartly: Bool = false
) -> PendingRequest {
    PendingRequest(
        CommandRequest(
            ticket: ticket(index), deadline: deadline, replyCount: replies, retryClass: retryClass, needsLease: lease,
            isTransaction: transaction, mayRunPartly: mayRunPartly), since: .ms(0))
}

/// What a reply came to, in a form that compares.
enum Seen: Equatable {
    case deliver(UInt32, ordinal: Int, isLast: Bool)
    case sendAgain(UInt32, TransientError)
    case discard
    case push
    case ready
    case fenced
    case optedIn(OptInReply)
    case failed(HandshakeFailure)
    case unexpected

    init(_ action: ReplyAction) {
        switch action {
        case .deliver(let delivery):
            self = .deliver(delivery.ticket.index, ordinal: delivery.ordinal, isLast: delivery.isLast)
        case .sendAgain(let pending, let error): self = .sendAgain(pending.request.ticket.index, error)
        case .discard: self = .discard
        case .push: self = .push
        case .handshakeCompleted: self = .ready
        case .fenced: self = .fenced
        case .optedIn(let reply): self = .optedIn(reply)
        case .handshakeFailed(let failure): self = .failed(failure)
        case .unexpected: self = .unexpected
        }
    }
}

/// A machine that the testing macros can look into (they copy what they look at).
final class MachineBox {
    private var machine = ConnectionMachine()

    var state: ConnectionMachine.State { self.machine.state }
    var inFlight: Int { self.machine.inFlight }
    var written: Int { self.machine.written }
    var wantsReplacement: Bool { self.machine.wantsReplacement }
    var earliestDeadline: NIODeadline { self.machine.earliestDeadline }
    var oldestSentAt: NIODeadline? { self.machine.oldestSentAt }

    func connected(steps: [HandshakeStep]) { self.machine.connected(steps: steps, now: .ms(0)) }
    func appended(_ pending: PendingRequest, now: NIODeadline = .ms(0)) { self.machine.appended(pending, now: now) }
    func appendedProbe(now: NIODeadline) { self.machine.appendedProbe(now: now) }
    func flushed() { self.machine.flushed() }
    func close() -> SlotQueue { self.machine.close() }
    func received(_ reply: RESPValue) -> Seen { Seen(self.machine.received(reply)) }

    /// Every ticket that expires, in order.
    func expire(now: NIODeadline) -> [UInt32] {
        var cursor = 0
        var expired: [UInt32] = []
        while let ticket = self.machine.expireNext(now: now, cursor: &cursor) { expired.append(ticket.index) }
        return expired
    }
}
