// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore
import Testing

@testable import RedisClient

@Suite("Loss of a connection")
struct LossTests {
    @Test("what was not written is sent on the next connection, whatever its class, in order")
    func beforeWrite() throws {
        let world = World()
        try world.settle()
        let first = world.submit("INCR", "a")
        let second = world.submit("GET", "b", class: .readOnly)
        world.peers[0].close()
        try world.settle()
        #expect(world.peers[0].commands.isEmpty)
        #expect(world.peers[1].commands == [["INCR", "a"], ["GET", "b"]])
        try world.peers[1].send(":1\r\n+v\r\n")
        #expect(world.outcome(first) == .replies(["1"]))
        #expect(world.outcome(second) == .replies(["v"]))
        try world.finish()
    }

    @Test("what was written is sent again if it is safe, before newer requests and in its order")
    func afterWrite() throws {
        let world = World()
        try world.settle()
        let unsafe = world.submit("INCR", "a")
        world.submit("GET", "b", class: .readOnly)
        world.submit("SET", "c", "1", class: .idempotent)
        try world.settle()
        world.dial = .refuse
        world.peers[0].close()
        try world.settle()
        #expect(world.outcome(unsafe) == .failed(.connectionLost))
        #expect(world.source.unannounced == 0)
        world.submit("INCR", "d")
        world.dial = .accept
        try world.advance(.milliseconds(100))
        #expect(world.peers[1].commands.map { $0[1] } == ["b", "c", "d"])
        try world.peers[1].send("+1\r\n+2\r\n:3\r\n")
        #expect(world.source.ended == [0, 1, 2, 3])
        try world.finish()
    }

    @Test("what is sent again goes before what has waited longer without being sent")
    func order() throws {
        let world = World(start: false) { $0.inFlightMaximum = 2 }
        for index in 0..<4 { world.submit("GET", "\(index)", class: .readOnly) }
        world.upstream.start()
        try world.settle()
        #expect(world.peers[0].commands.map { $0[1] } == ["0", "1"])
        world.peers[0].close()
        try world.settle()
        #expect(world.peers[1].commands.map { $0[1] } == ["0", "1"])
        try world.peers[1].send("+v\r\n+v\r\n")
        try world.settle()
        #expect(world.peers[1].commands.map { $0[1] } == ["0", "1", "2", "3"])
        try world.finish()
    }

    @Test("a request with some of its replies goes by its class, and starts anew")
    func partial() throws {
        let world = World()
        try world.settle()
        let safe = world.submit([["GET", "a"], ["GET", "b"]], class: .readOnly)
        let unsafe = world.submit([["INCR", "a"], ["INCR", "b"]])
        try world.settle()
        try world.peers[0].send("+old\r\n")
        world.peers[0].close()
        try world.settle()
        #expect(world.outcome(unsafe) == .failed(.connectionLost))
        try world.peers[1].send("+a\r\n+b\r\n")
        #expect(world.outcome(safe) == .replies(["a", "b"]))
        try world.finish()
    }

    @Test("what cannot be sent again in time fails at its deadline, with what is known of it")
    func noTimeLeft() throws {
        let world = World()
        try world.settle()
        let safe = world.submit("GET", "a", class: .readOnly)
        try world.settle()
        world.dial = .refuse
        world.peers[0].close()
        try world.settle()
        let fresh = world.submit("GET", "b", class: .readOnly, timeout: .milliseconds(500))
        try world.advance(.milliseconds(500))
        #expect(world.outcome(fresh) == .failed(.deadlinePassed(written: false)))
        #expect(world.outcome(safe) == nil)
        try world.advance(.milliseconds(500))
        #expect(world.outcome(safe) == .failed(.deadlinePassed(written: true)))
        try world.finish()
    }

    @Test("a command that takes its connection down is not sent for ever")
    func poison() throws {
        let world = World()
        try world.settle()
        let poison = world.submit("GET", "poison", class: .readOnly, timeout: .seconds(60))
        for _ in 0..<20 where world.outcome(poison) == nil {
            try world.settle()
            if let peer = world.peers.last, !peer.commands.isEmpty { peer.close() }
            try world.advance(.seconds(1))
        }
        #expect(world.outcome(poison) == .failed(.connectionLost))
        #expect(world.source.entries.values.first?.encodes == Int(RetryPolicy.lossMaximum) + 1)
        try world.finish()
    }

    @Test("with another connection ready, safe requests move to it at once")
    func otherLane() throws {
        let world = World { $0.connectionsPerLoop = 2 }
        try world.settle()
        for index in 0..<4 { world.submit("GET", "k\(index)", class: .readOnly) }
        try world.settle()
        world.dial = .refuse
        world.peers[0].close()
        try world.settle()
        #expect(world.peers[1].commands.count == 4)
        #expect(world.upstream.status.unusableSince == nil)
        try world.finish()
    }

    @Test("a server that says nothing for long loses its connection")
    func stall() throws {
        let world = World()
        try world.settle()
        let safe = world.submit("GET", "a", class: .readOnly, timeout: .seconds(20))
        let unsafe = world.submit("INCR", "a", timeout: .seconds(20))
        try world.advance(.milliseconds(9990))
        #expect(world.peers[0].isOpen)
        try world.advance(.milliseconds(20))
        #expect(!world.peers[0].isOpen)
        #expect(world.outcome(unsafe) == .failed(.connectionLost))
        #expect(world.peers[1].commands == [["GET", "a"]])
        try world.peers[1].send("+v\r\n")
        #expect(world.outcome(safe) == .replies(["v"]))
        try world.finish()
    }

    @Test("bytes of a long reply are a sign of life")
    func slowReply() throws {
        let world = World()
        try world.settle()
        let ticket = world.submit("GET", "a", timeout: .seconds(60))
        try world.settle()
        try world.peers[0].send("$40\r\n")
        for _ in 0..<40 {
            try world.advance(.milliseconds(800), step: .milliseconds(100))
            try world.peers[0].send("x")
        }
        #expect(world.peers[0].isOpen)
        try world.peers[0].send("\r\n")
        #expect(world.outcome(ticket) == .replies([String(repeating: "x", count: 40)]))
        try world.finish()
    }
}
