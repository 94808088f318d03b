// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore
import Testing

@Suite("HoldQueue")
struct HoldQueueTests {
    private static func drain(_ queue: inout HoldQueue) -> [UInt32] {
        var order: [UInt32] = []
        while let next = queue.popFirst() { order.append(next.request.ticket.index) }
        return order
    }

    @Test("older requests go before all others, in their order")
    func prepend() {
        var queue = HoldQueue()
        queue.append(pending(5))
        queue.append(pending(6))
        queue.prepend([pending(1), pending(2)])
        #expect(Self.drain(&queue) == [1, 2, 5, 6])
        #expect(queue.earliestDeadline == .distantFuture)
    }

    @Test("expire takes those whose deadline has come and keeps the order of the rest")
    func expire() {
        var queue = HoldQueue()
        for (index, deadline) in [(1, 50), (2, 10), (3, 20), (4, 21)] as [(UInt32, Int64)] {
            queue.append(pending(index, deadline: .ms(deadline)))
        }
        #expect(queue.earliestDeadline == .ms(10))
        #expect(queue.expire(now: .ms(9)).isEmpty)
        #expect(queue.expire(now: .ms(20)).map(\.request.ticket.index) == [2, 3])
        #expect(queue.earliestDeadline == .ms(21))
        #expect(Self.drain(&queue) == [1, 4])
    }
}
