// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import NIOEmbedded
import RESP
import RedisCore
import Testing

@testable import RedisClient

@Suite("Requests and replies")
struct RequestTests {
    @Test("all requests of a tick leave in one write, and replies come in order")
    func oneWrite() throws {
        let world = World()
        try world.settle()
        let tickets = (0..<3).map { world.submit("GET", "k\($0)") }
        let early = try world.peers[0].pump()
        #expect(!early)
        try world.settle()
        #expect(world.peers[0].writes == 1)
        #expect(world.peers[0].commands == [["GET", "k0"], ["GET", "k1"], ["GET", "k2"]])
        let batches = world.source.batches
        try world.peers[0].send("+a\r\n+b\r\n+c\r\n")
        #expect(tickets.map(world.outcome) == [.replies(["a"]), .replies(["b"]), .replies(["c"])])
        #expect(world.source.batches == batches + 1)
        #expect(world.source.unannounced == 0)
        try world.finish()
    }

    @Test("flush hands over at once, any number of times")
    func flush() throws {
        let world = World()
        try world.settle()
        world.submit("GET", "a")
        world.upstream.flush()
        world.upstream.flush()
        try world.peers[0].pump()
        #expect(world.peers[0].commands.count == 1)
        world.submit("GET", "b")
        try world.settle()
        #expect(world.peers[0].writes == 2)
        #expect(world.peers[0].commands.count == 2)
        try world.finish()
    }

    @Test("replies and pushes may be cut anywhere")
    func split() throws {
        let wire = "+one\r\n>2\r\n+MOVING\r\n:1\r\n$3\r\na\r\n\r\n>1\r\n+x\r\n*2\r\n:1\r\n:2\r\n-ERR no\r\n"
        for cut in 1..<wire.utf8.count {
            let world = World()
            try world.settle()
            let tickets = (0..<4).map { world.submit("GET", "k\($0)") }
            try world.settle()
            try world.peers[0].send(String(wire.prefix(cut)))
            try world.peers[0].send(String(wire.dropFirst(cut)))
            #expect(
                tickets.map(world.outcome) == [
                    .replies(["one"]), .replies(["a\r\n"]), .replies([":1\r\n:2\r\n"]), .replies(["-ERR no"]),
                ])
            #expect(world.upstream.status.inFlight == 0)
            try world.finish()
        }
    }

    @Test("byte by byte")
    func bytes() throws {
        let world = World()
        try world.settle()
        let ticket = world.submit([["GET", "a"], ["GET", "b"]])
        try world.settle()
        for byte in "+one\r\n>1\r\n+x\r\n$3\r\ntwo\r\n" { try world.peers[0].send(String(byte)) }
        #expect(world.outcome(ticket) == .replies(["one", "two"]))
        try world.finish()
    }

    @Test("a request that was submitted before the connection was there is sent when it is, in order")
    func held() throws {
        let world = World(start: false)
        let tickets = (0..<5).map { world.submit("GET", "k\($0)") }
        try world.settle()
        #expect(world.upstream.status.held == 5)
        world.upstream.start()
        try world.settle()
        #expect(world.peers[0].commands.map { $0[1] } == ["k0", "k1", "k2", "k3", "k4"])
        try world.peers[0].send("+0\r\n+1\r\n+2\r\n+3\r\n+4\r\n")
        #expect(tickets.map(world.outcome) == (0..<5).map { .replies(["\($0)"]) })
        try world.finish()
    }

    @Test("a stale ticket leaves nothing on the wire")
    func stale() throws {
        let world = World(start: false)
        let gone = world.submit("GET", "gone")
        let kept = world.submit("GET", "kept")
        world.source.forget(gone)
        world.upstream.cancel(gone)
        world.upstream.start()
        try world.settle()
        #expect(world.peers[0].commands == [["GET", "kept"]])
        try world.peers[0].send("+v\r\n")
        #expect(world.outcome(kept) == .replies(["v"]))
        try world.finish()
    }

    @Test("several connections share the load")
    func balance() throws {
        let world = World { $0.connectionsPerLoop = 3 }
        try world.settle()
        #expect(world.upstream.status.ready == 3)
        for index in 0..<30 { world.submit("GET", "k\(index)") }
        try world.settle()
        #expect(world.peers.map(\.commands.count) == [10, 10, 10])
        try world.peers[0].send(String(repeating: "+v\r\n", count: 10))
        for index in 0..<6 { world.submit("GET", "l\(index)") }
        try world.settle()
        #expect(world.peers.map(\.commands.count) == [16, 10, 10])
        try world.finish()
    }

    @Test("one reply too many closes the connection; nobody gets it")
    func tooMany() throws {
        let world = World()
        try world.settle()
        let ticket = world.submit("GET", "a")
        try world.settle()
        try world.peers[0].send("+v\r\n+w\r\n")
        try world.settle()
        #expect(world.outcome(ticket) == .replies(["v"]))
        #expect(!world.peers[0].isOpen)
        #expect(world.dials == 2)
        try world.finish()
    }

    @Test("a reply that breaks the protocol fails its request; the others go by their class")
    func badReply() throws {
        let world = World()
        try world.settle()
        let head = world.submit("GET", "a", class: .readOnly)
        let safe = world.submit("GET", "b", class: .readOnly)
        let unsafe = world.submit("INCR", "c")
        try world.settle()
        try world.peers[0].send("!?!\r\n")
        try world.settle()
        #expect(world.outcome(head) == .failed(.badReply))
        #expect(world.outcome(unsafe) == .failed(.connectionLost))
        #expect(world.peers[1].commands == [["GET", "b"]])
        try world.peers[1].send("+v\r\n")
        #expect(world.outcome(safe) == .replies(["v"]))
        try world.finish()
    }

    @Test("a reply over the limit fails its request instead of being asked for again")
    func tooLarge() throws {
        let world = World { $0.limits.bulkBytes = 100 }
        try world.settle()
        let ticket = world.submit("GET", "a", class: .readOnly)
        try world.settle()
        try world.peers[0].send("$101\r\n")
        try world.settle()
        #expect(world.outcome(ticket) == .failed(.badReply))
        #expect(world.peers[1].commands.isEmpty)
        try world.finish()
    }

    @Test("an idle connection is probed; the reply to the probe goes nowhere")
    func probe() throws {
        let world = World()
        world.peers[0].answersProbes = false
        try world.advance(.milliseconds(4990))
        #expect(world.peers[0].commands.isEmpty)
        try world.advance(.milliseconds(20))
        #expect(world.peers[0].commands == [["PING"]])
        let ticket = world.submit("GET", "a")
        try world.settle()
        try world.peers[0].send("+PONG\r\n+v\r\n")
        #expect(world.outcome(ticket) == .replies(["v"]))
        try world.finish()
    }

    @Test("a busy connection is not probed")
    func noProbe() throws {
        let world = World()
        try world.settle()
        for _ in 0..<40 {
            world.submit("GET", "a")
            try world.settle()
            try world.peers[0].send("+v\r\n")
            try world.advance(.milliseconds(300), step: .milliseconds(100))
        }
        #expect(world.peers[0].commands.allSatisfy { $0 == ["GET", "a"] })
        try world.finish()
    }

    @Test("a probe without an answer is a stall")
    func deadPeer() throws {
        let world = World()
        world.peers[0].answersProbes = false
        try world.advance(.seconds(14))
        #expect(world.dials == 1)
        try world.advance(.milliseconds(1100))
        #expect(!world.peers[0].isOpen)
        #expect(world.dials == 2)
        try world.finish()
    }
}
