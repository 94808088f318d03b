// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RedisCore
import Testing

@testable import GatewayServer

@Suite("Request table")
struct RequestTableTests {
    private let now = NIODeadline.uptimeNanoseconds(1)

    @Test("a ticket is good until its request is released, and never again")
    func staleTickets() throws {
        var table = RequestTable()
        let fields = RequestFields()
        let first = table.take(fields: fields, arrived: self.now)
        let ticket = first.ticket
        #expect(table.record(for: ticket) == nil, "a record without an owner is not alive")
        #expect(table.count == 1)
        table.release(first)
        #expect(table.count == 0)
        let second = table.take(fields: fields, arrived: self.now)
        #expect(second.index == first.index, "records are reused")
        #expect(second.ticket != ticket)
        #expect(table.record(for: ticket) == nil)
    }

    @Test("a ticket that was never given out names nothing")
    func unknownTickets() {
        let table = RequestTable()
        #expect(table.record(for: RequestTicket(index: 0, generation: 0)) == nil)
        #expect(table.record(for: RequestTicket(index: .max, generation: .max)) == nil)
    }
}
