// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore
import Testing

@Suite("SlotQueue")
struct SlotQueueTests {
    @Test("keeps the order of any interleaving of appends and removals, as an array does")
    func behavesLikeAnArray() {
        for seed in 0..<50 {
            var generator = SeededGenerator(seed: UInt64(seed))
            var queue = SlotQueue()
            var model: [UInt32] = []
            for index in 0..<2000 as Range<UInt32> {
                if Bool.random(using: &generator) || model.isEmpty {
                    queue.append(CommandSlot(pending(index), sentAt: .ms(Int64(index))))
                    model.append(index)
                } else {
                    #expect(queue[queue.head].owner == .request(ticket(model[0])))
                    queue.removeFirst()
                    model.removeFirst()
                }
                #expect(queue.count == model.count)
            }
            for (offset, index) in model.enumerated() {
                #expect(queue[queue.head + offset].owner == .request(ticket(index)))
            }
        }
    }

    @Test("a number names the same slot while others come and go")
    func numbersAreStable() {
        var queue = SlotQueue()
        for index in 0..<20 as Range<UInt32> { queue.append(CommandSlot(pending(index), sentAt: .ms(0))) }
        let number = queue.head + 15
        for _ in 0..<10 { queue.removeFirst() }
        for index in 20..<90 as Range<UInt32> { queue.append(CommandSlot(pending(index), sentAt: .ms(0))) }
        #expect(queue[number].owner == .request(ticket(15)))
    }

    @Test("a slot gives its request back whole")
    func roundTrip() throws {
        var original = pending(9, deadline: .ms(77), replies: 4, class: .idempotent, transaction: true)
        original.losses = 2
        original.attempts = 3
        original.mayHaveRun = true
        let again = try #require(CommandSlot(original, sentAt: .ms(1)).pending(since: .ms(5)))
        #expect(again.request.ticket == original.request.ticket)
        #expect(again.request.deadline == .ms(77))
        #expect(again.request.replyCount == 4)
        #expect(again.request.retryClass == .idempotent)
        #expect(again.request.isTransaction)
        #expect(!again.request.needsLease)
        #expect(!again.request.mayRunPartly)
        #expect(again.losses == 2)
        #expect(again.attempts == 3)
        #expect(again.mayHaveRun)
        #expect(again.since == .ms(5))
    }
}
