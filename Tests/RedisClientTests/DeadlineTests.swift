// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore
import Testing

@testable import RedisClient

@Suite("Deadlines")
struct DeadlineTests {
    @Test("a late reply is thrown away, and the next goes to its own request")
    func lateReply() throws {
        let world = World()
        try world.settle()
        let late = world.submit("GET", "a", timeout: .milliseconds(50))
        let next = world.submit("GET", "b", timeout: .milliseconds(500))
        try world.settle()
        try world.advance(.milliseconds(50))
        #expect(world.outcome(late) == .failed(.deadlinePassed(written: true)))
        #expect(world.source.unannounced == 0)
        #expect(world.outcome(next) == nil)
        try world.peers[0].send("+late\r\n+next\r\n")
        #expect(world.outcome(next) == .replies(["next"]))
        #expect(world.peers[0].isOpen)
        try world.finish()
    }

    @Test("a request whose deadline has passed is not sent")
    func passedAlready() throws {
        let world = World()
        try world.settle()
        let ticket = world.submit("GET", "a", timeout: .zero)
        try world.settle()
        #expect(world.outcome(ticket) == .failed(.deadlinePassed(written: false)))
        #expect(world.peers[0].commands.isEmpty)
        try world.finish()
    }

    @Test("a held request ends at its own deadline, whatever stands before it")
    func held() throws {
        let world = World(start: false)
        let long = world.submit("GET", "a", timeout: .milliseconds(300))
        let short = world.submit("GET", "b", timeout: .milliseconds(100))
        try world.advance(.milliseconds(100))
        #expect(world.outcome(short) == .failed(.deadlinePassed(written: false)))
        #expect(world.outcome(long) == nil)
        try world.advance(.milliseconds(200))
        #expect(world.outcome(long) == .failed(.deadlinePassed(written: false)))
        try world.finish()
    }

    @Test("deadlines of any order end on time", arguments: 0..<20)
    func anyOrder(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let world = World()
        try world.settle()
        var expected: [(RequestTicket, Int64)] = []
        for _ in 0..<20 {
            let timeout = Int64.random(in: 1...400, using: &generator)
            expected.append((world.submit("GET", "k", timeout: .milliseconds(timeout)), timeout))
        }
        try world.settle()
        for now in 1...400 as ClosedRange<Int64> {
            try world.advance(.milliseconds(1))
            for (ticket, timeout) in expected {
                #expect((world.outcome(ticket) != nil) == (now >= timeout))
            }
        }
        try world.finish()
    }

    @Test("a request with some of its replies expires too, and the rest are thrown away")
    func partial() throws {
        let world = World()
        try world.settle()
        let ticket = world.submit([["GET", "a"], ["GET", "b"], ["GET", "c"]], timeout: .milliseconds(50))
        let next = world.submit("GET", "d")
        try world.settle()
        try world.peers[0].send("+1\r\n")
        try world.advance(.milliseconds(50))
        #expect(world.outcome(ticket) == .failed(.deadlinePassed(written: true)))
        try world.peers[0].send("+2\r\n+3\r\n+4\r\n")
        #expect(world.outcome(next) == .replies(["4"]))
        try world.finish()
    }
}
