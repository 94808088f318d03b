// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore
import Testing

@testable import RedisClient

@Suite("Shutdown")
struct ShutdownTests {
    @Test("what is in flight finishes; then the connection is closed and the completion called once")
    func graceful() throws {
        let world = World()
        try world.settle()
        let running = world.submit("GET", "a")
        let blocked = world.submit("BLPOP", "a", "0", lease: true)
        try world.settle()
        var completions = 0
        world.upstream.shutdown(deadline: world.now + .seconds(5)) { completions += 1 }
        let refused = world.submit("GET", "b")
        try world.settle()
        #expect(world.outcome(refused) == .failed(.shuttingDown))
        #expect(completions == 0)
        #expect(world.peers[0].isOpen)
        try world.peers[0].send("+v\r\n")
        try world.settle()
        #expect(world.outcome(running) == .replies(["v"]))
        #expect(!world.peers[0].isOpen)
        #expect(completions == 0)
        try world.peers[1].send("*0\r\n")
        try world.settle()
        #expect(world.outcome(blocked) == .replies([""]))
        #expect(completions == 1)
        try world.advance(.seconds(10), step: .seconds(1))
        #expect(completions == 1)
        #expect(world.dials == 2)
    }

    @Test("what was written in the same tick still runs; what was held fails")
    func sameTick() throws {
        let world = World()
        try world.settle()
        let running = world.submit("GET", "a")
        world.upstream.shutdown(deadline: world.now + .seconds(5)) {}
        try world.settle()
        try world.peers[0].send("+v\r\n")
        #expect(world.outcome(running) == .replies(["v"]))
        let other = World(start: false)
        let held = other.submit("GET", "a")
        other.upstream.shutdown(deadline: other.now) {}
        #expect(other.outcome(held) == .failed(.shuttingDown))
        try other.settle()
    }

    @Test("at the deadline everything is closed, and what was in flight fails")
    func deadline() throws {
        let world = World()
        try world.settle()
        let running = world.submit("GET", "a", class: .readOnly, timeout: .seconds(60))
        try world.settle()
        var completed = false
        world.upstream.shutdown(deadline: world.now + .seconds(1)) {
            #expect(world.outcome(running) != nil, "completed before the last outcome was told")
            completed = true
        }
        try world.advance(.milliseconds(990))
        #expect(world.outcome(running) == nil)
        try world.advance(.milliseconds(20))
        #expect(world.outcome(running) == .failed(.connectionLost))
        #expect(completed)
        #expect(world.dials == 1)
    }

    @Test("without connections it is over at once")
    func idle() throws {
        let world = World(start: false)
        var completed = false
        world.upstream.shutdown(deadline: world.now) { completed = true }
        #expect(completed)
        world.upstream.start()
        try world.settle()
        #expect(world.dials == 0)
    }

    @Test("a connection that is being opened is given up")
    func dialing() throws {
        let world = World(start: false)
        world.onDial { $0.handshakeReply = nil }
        world.upstream.start()
        try world.settle()
        var completed = false
        world.upstream.shutdown(deadline: world.now + .seconds(5)) { completed = true }
        try world.settle()
        #expect(completed)
        #expect(!world.peers[0].isOpen)
    }
}
