// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore
import Testing

@testable import RedisClient

@Suite("Transient errors")
struct TransientTests {
    @Test("LOADING, then the value: the caller sees only the value")
    func loadingThenOK() throws {
        let world = World()
        try world.settle()
        let ticket = world.submit("INCR", "a")
        try world.settle()
        try world.peers[0].send("-LOADING Redis is loading the dataset in memory\r\n")
        try world.settle()
        #expect(world.outcome(ticket) == nil)
        #expect(world.upstream.status.held == 1)
        try world.advance(.milliseconds(10))
        #expect(world.peers[0].commands.count == 2)
        try world.peers[0].send(":1\r\n")
        #expect(world.outcome(ticket) == .replies(["1"]))
        #expect(world.upstream.transients.isEmpty)
        try world.finish()
    }

    @Test("LOADING until the deadline: the caller gets the server's last word, at the deadline")
    func loadingToTheEnd() throws {
        let world = World()
        try world.settle()
        let ticket = world.submit("INCR", "a", timeout: .milliseconds(300))
        var rounds = 0
        while world.outcome(ticket) == nil, rounds < 100 {
            try world.settle()
            while world.peers[0].take() != nil { try world.peers[0].send("-LOADING round \(rounds)\r\n") }
            try world.advance(.milliseconds(5))
            rounds += 1
        }
        guard case .replies(let replies) = world.outcome(ticket) else {
            Issue.record("no reply")
            return
        }
        #expect(replies[0].hasPrefix("-LOADING round"))
        #expect(rounds >= 59)
        #expect(world.now == .uptimeNanoseconds(0) + .milliseconds(300) || rounds == 60)
        #expect(world.upstream.transients.isEmpty)
        try world.finish()
    }

    @Test("requests that were refused together are sent again together, in order")
    func wave() throws {
        let world = World()
        try world.settle()
        for index in 0..<4 { world.submit("INCR", "k\(index)") }
        try world.settle()
        let count = world.peers[0].commands.count
        try world.peers[0].send(String(repeating: "-BUSY Redis is busy\r\n", count: 4))
        try world.advance(.milliseconds(10))
        #expect(world.peers[0].commands.dropFirst(count).map { $0[1] } == ["k0", "k1", "k2", "k3"])
        try world.finish()
    }

    @Test("a pipeline of which nothing ran is sent again as a whole")
    func pipeline() throws {
        let world = World()
        try world.settle()
        let ticket = world.submit([["INCR", "a"], ["INCR", "b"]])
        let mixed = world.submit([["INCR", "c"], ["INCR", "d"]])
        try world.settle()
        try world.peers[0].send("-LOADING x\r\n-LOADING x\r\n-LOADING x\r\n:1\r\n")
        #expect(world.outcome(mixed) == .replies(["-LOADING x", "1"]))
        try world.advance(.milliseconds(10))
        #expect(world.peers[0].commands.count == 6)
        try world.peers[0].send(":5\r\n:6\r\n")
        #expect(world.outcome(ticket) == .replies(["5", "6"]))
        try world.finish()
    }

    @Test("an aborted transaction is sent again when a transient error aborted it")
    func transaction() throws {
        let world = World()
        try world.settle()
        let ticket = world.submit([["MULTI"], ["SET", "a", "1"], ["EXEC"]], transaction: true)
        try world.settle()
        try world.peers[0].send(
            "+OK\r\n-READONLY x\r\n-EXECABORT Transaction discarded because of previous errors.\r\n")
        #expect(world.outcome(ticket) == nil)
        try world.advance(.milliseconds(10))
        let peer = try #require(world.peers.last { !$0.commands.isEmpty })
        try peer.send("+OK\r\n+QUEUED\r\n*1\r\n+OK\r\n")
        #expect(world.outcome(ticket) == .replies(["OK", "QUEUED", "+OK\r\n"]))
        try world.finish()
    }

    @Test("a script's READONLY is its reply; its LOADING is not")
    func scripts() throws {
        let world = World()
        try world.settle()
        let first = world.submit([["EVAL", "a", "0"]], mayRunPartly: true)
        let second = world.submit([["EVAL", "b", "0"]], mayRunPartly: true)
        try world.settle()
        try world.peers[0].send("-READONLY x\r\n-LOADING x\r\n")
        #expect(world.outcome(first) == .replies(["-READONLY x"]))
        #expect(world.outcome(second) == nil)
        try world.finish()
    }

    @Test("READONLY dials again beside the connection, changes over when the new one is ready, and lets the old finish")
    func readOnly() throws {
        let world = World()
        try world.settle()
        let write = world.submit("INCR", "a")
        let read = world.submit("GET", "b", class: .readOnly)
        try world.settle()
        world.onDial { $0.handshakeReply = nil }
        try world.peers[0].send("-READONLY You can't write against a read only replica.\r\n")
        try world.settle()
        #expect(world.dials == 2)
        #expect(world.peers[0].isOpen)
        // Until the new connection is ready, the old one serves.
        #expect(world.upstream.status.ready == 1)
        world.peers[1].handshakeReply = FakePeer.accept
        try world.peers[1].answerHandshake()
        try world.advance(.milliseconds(10))
        #expect(world.peers[1].commands == [["INCR", "a"]])
        #expect(world.peers[0].isOpen)
        try world.peers[0].send("+v\r\n")
        try world.settle()
        #expect(world.outcome(read) == .replies(["v"]))
        #expect(!world.peers[0].isOpen)
        try world.peers[1].send(":1\r\n")
        #expect(world.outcome(write) == .replies(["1"]))
        #expect(world.dials == 2)
        try world.finish()
    }

    @Test("a server that stays a replica is not dialled more than once a second")
    func replica() throws {
        let world = World()
        try world.settle()
        let start = world.now
        while world.now < start + .seconds(5) {
            world.submit("INCR", "a", timeout: .milliseconds(200))
            try world.settle()
            for peer in world.peers {
                while peer.take() != nil { try peer.send("-READONLY x\r\n") }
            }
            try world.advance(.milliseconds(20), step: .milliseconds(20))
        }
        #expect(world.dials >= 5)
        #expect(world.dials <= 7)
        // The newest attempt may be on its way when the deadline comes.
        let expected: [Outcome] = [.replies(["-READONLY x"]), .failed(.deadlinePassed(written: true))]
        #expect(world.source.outcomes.values.allSatisfy { expected.contains($0) })
        try world.finish()
    }
}
