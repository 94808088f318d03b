// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import NIOEmbedded
import RESP
import RedisCore
import Testing

@testable import RedisClient

@Suite("Limits")
struct LimitTests {
    @Test("one more than the in-flight cap is refused; a reply makes room", arguments: [1, 2, 100])
    func inFlight(cap: Int) throws {
        let world = World { $0.inFlightMaximum = cap }
        try world.settle()
        let tickets = (0...cap).map { world.submit("GET", "k\($0)") }
        #expect(world.outcome(tickets[cap]) == nil)
        try world.settle()
        #expect(world.outcome(tickets[cap]) == .failed(.overloaded))
        #expect(world.source.unannounced == 0)
        #expect(world.peers[0].commands.count == cap)
        try world.peers[0].send("+v\r\n")
        let next = world.submit("GET", "next")
        try world.settle()
        #expect(world.outcome(next) == nil)
        #expect(world.peers[0].commands.count == cap + 1)
        try world.finish()
    }

    @Test("forgotten requests count until their replies come: a frozen server fills up, not our memory")
    func frozen() throws {
        let world = World { $0.inFlightMaximum = 10 }
        try world.settle()
        for index in 0..<10 { world.submit("GET", "k\(index)", timeout: .milliseconds(10)) }
        try world.advance(.milliseconds(20))
        let ticket = world.submit("GET", "x")
        try world.settle()
        #expect(world.outcome(ticket) == .failed(.overloaded))
        #expect(world.upstream.status.inFlight == 10)
        try world.finish()
    }

    @Test("one more than the hold queue holds is refused", arguments: [0, 1, 50])
    func hold(cap: Int) throws {
        let world = World(start: false) { $0.holdQueueMaximum = cap }
        let tickets = (0...cap).map { world.submit("GET", "k\($0)") }
        try world.settle()
        #expect(world.outcome(tickets[cap]) == .failed(.overloaded))
        #expect(world.upstream.status.held == cap)
        try world.finish()
    }

    @Test("a hold queue longer than a connection has room for is sent as replies make room")
    func holdDrains() throws {
        let world = World(start: false) { $0.inFlightMaximum = 3 }
        let tickets = (0..<10).map { world.submit("GET", "\($0)") }
        world.upstream.start()
        try world.settle()
        #expect(world.peers[0].commands.count == 3)
        for _ in 0..<20 {
            if let command = world.peers[0].take() { try world.peers[0].send("+\(command[1])\r\n") }
            try world.settle()
        }
        #expect(tickets.map(world.outcome) == (0..<10).map { .replies(["\($0)"]) })
        try world.finish()
    }

    @Test("what the socket does not take is kept back, bounded, and known not to have been sent")
    func writeBuffer() throws {
        let world = World { $0.writeBufferMaximum = 1000 }
        try world.settle()
        let channel = world.peers[0].channel
        channel.isWritable = false
        channel.pipeline.fireChannelWritabilityChanged()
        let value = String(repeating: "x", count: 400)
        let tickets = (0..<5).map { _ in world.submit("SET", "k", value) }
        try world.settle()
        #expect(world.peers[0].commands.isEmpty)
        #expect(tickets.map(world.outcome) == [nil, nil, nil, .failed(.overloaded), .failed(.overloaded)])
        world.peers[0].close()
        try world.settle()
        #expect(world.peers[1].commands.count == 3)
        try world.finish()
    }

    @Test("bytes that the channel has taken but the socket has not count too, until it is writable again")
    func unsentBytes() throws {
        final class FullSocket: ChannelOutboundHandler {
            typealias OutboundIn = ByteBuffer

            func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
                (context.channel as? EmbeddedChannel)?.isWritable = false
                context.fireChannelWritabilityChanged()
                context.write(data, promise: promise)
            }
        }
        let world = World { $0.writeBufferMaximum = 1000 }
        try world.settle()
        let channel = world.peers[0].channel
        try channel.pipeline.syncOperations.addHandler(FullSocket(), position: .first)
        let value = String(repeating: "x", count: 1000)
        world.submit("SET", "k", value)
        try world.settle()
        let refused = world.submit("GET", "k")
        try world.settle()
        #expect(world.outcome(refused) == .failed(.overloaded))
        channel.isWritable = true
        channel.pipeline.fireChannelWritabilityChanged()
        let taken = world.submit("GET", "k")
        try world.settle()
        #expect(world.outcome(taken) == nil)
        try world.finish()
    }

    @Test("what was kept back leaves when the socket takes bytes again")
    func writability() throws {
        let world = World()
        try world.settle()
        let channel = world.peers[0].channel
        channel.isWritable = false
        channel.pipeline.fireChannelWritabilityChanged()
        let ticket = world.submit("GET", "k")
        try world.settle()
        #expect(world.peers[0].commands.isEmpty)
        channel.isWritable = true
        channel.pipeline.fireChannelWritabilityChanged()
        try world.settle()
        try world.peers[0].send("+v\r\n")
        #expect(world.outcome(ticket) == .replies(["v"]))
        try world.finish()
    }

    @Test("transient errors fill the hold queue, not more")
    func waveBound() throws {
        let world = World { $0.holdQueueMaximum = 2 }
        try world.settle()
        let tickets = (0..<3).map { world.submit("GET", "k\($0)") }
        try world.settle()
        try world.peers[0].send(String(repeating: "-LOADING x\r\n", count: 3))
        #expect(tickets.map(world.outcome) == [nil, nil, .replies(["-LOADING x"])])
        try world.finish()
    }
}
