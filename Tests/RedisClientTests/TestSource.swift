// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
import RedisClient
import RedisCore
import Testing

/// How a request ended.
enum Outcome: Equatable, Sendable {
    case replies([String])
    case failed(RedisFailure)
}

/// The owner of a test's requests. It checks the contract of ``RequestSource`` as it goes.
final class TestSource: RequestSource {
    struct Entry {
        var commands: [[String]]
        var replies: [String] = []
        var encodes = 0
    }

    private(set) var entries: [RequestTicket: Entry] = [:]
    private(set) var outcomes: [RequestTicket: Outcome] = [:]
    /// Tickets in the order of their ends.
    private(set) var ended: [UInt32] = []
    private(set) var batches = 0
    /// Outcomes after the newest call of ``repliesDelivered()``.
    private(set) var unannounced = 0
    private var stale: Set<RequestTicket> = []
    var isInsideSubmit = false
    private var nextIndex: UInt32 = 0
    /// Called when a request ends.
    var onEnd: ((RequestTicket, Outcome) -> Void)?

    func add(_ commands: [[String]]) -> RequestTicket {
        let ticket = RequestTicket(index: self.nextIndex, generation: 1)
        self.nextIndex += 1
        self.entries[ticket] = Entry(commands: commands)
        return ticket
    }

    /// A request that has had its replies asks for more.
    func goOn(_ ticket: RequestTicket, _ commands: [[String]]) {
        #expect(self.outcomes.removeValue(forKey: ticket) != nil)
        self.entries[ticket] = Entry(commands: commands)
    }

    func forget(_ ticket: RequestTicket) {
        self.stale.insert(ticket)
    }

    func encode(_ ticket: RequestTicket, into encoder: inout RESPEncoder) -> Bool {
        guard !self.stale.contains(ticket), let entry = self.entries[ticket] else {
            // What a careless source leaves behind must not reach the wire.
            encoder.raw("GARBAGE")
            return false
        }
        #expect(self.outcomes[ticket] == nil, "sent after its end")
        self.entries[ticket]?.encodes += 1
        for command in entry.commands {
            encoder.array(count: command.count)
            for argument in command { encoder.bulk(ByteBuffer(string: argument)) }
        }
        return true
    }

    func expect(near: RequestTicket, far: RequestTicket) {}

    func received(_ reply: RESPValue, ordinal: Int, for ticket: RequestTicket) {
        #expect(!self.isInsideSubmit, "a reply inside submit")
        guard !self.stale.contains(ticket), var entry = self.entries[ticket] else { return }
        #expect(self.outcomes[ticket] == nil, "answered twice")
        let text = Self.text(of: reply)
        // A request that is sent again starts anew; when its time is over meanwhile, its last error comes alone.
        if ordinal == 0 { entry.replies = [] }
        if ordinal < entry.replies.count { entry.replies.removeLast(entry.replies.count - ordinal) }
        #expect(entry.replies.count == ordinal, "a reply is missing")
        entry.replies.append(text)
        self.entries[ticket] = entry
        if ordinal == entry.commands.count - 1 { self.end(ticket, .replies(entry.replies)) }
    }

    private static func text(of reply: RESPValue) -> String {
        let text = String(buffer: reply.payload)
        return reply.kind == .simpleError || reply.kind == .bulkError ? "-" + text : text
    }

    func failed(_ failure: RedisFailure, for ticket: RequestTicket) {
        #expect(!self.isInsideSubmit, "a failure inside submit")
        guard !self.stale.contains(ticket), self.entries[ticket] != nil else { return }
        #expect(self.outcomes[ticket] == nil, "ended twice")
        self.end(ticket, .failed(failure))
    }

    private func end(_ ticket: RequestTicket, _ outcome: Outcome) {
        self.outcomes[ticket] = outcome
        self.ended.append(ticket.index)
        self.unannounced += 1
        self.onEnd?(ticket, outcome)
    }

    func repliesDelivered() {
        self.batches += 1
        self.unannounced = 0
    }
}
