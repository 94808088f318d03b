// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore
import Testing

@testable import RedisClient

@Suite("Leased connections")
struct LeaseTests {
    @Test("a blocking command has a connection of its own, which serves the next one")
    func reuse() throws {
        let world = World()
        try world.settle()
        let first = world.submit("BLPOP", "a", "0", timeout: .seconds(30), lease: true)
        let shared = world.submit("GET", "b")
        try world.settle()
        #expect(world.peers.map(\.commands) == [[["GET", "b"]], [["BLPOP", "a", "0"]]])
        #expect(world.upstream.status.leased == 1)
        try world.peers[0].send("+v\r\n")
        #expect(world.outcome(shared) == .replies(["v"]))
        try world.advance(.seconds(20), step: .seconds(1))
        #expect(world.peers[1].isOpen)
        try world.peers[1].send("*1\r\n+x\r\n")
        #expect(world.outcome(first) == .replies(["+x\r\n"]))
        #expect(world.upstream.status.leased == 0)
        let second = world.submit("BLPOP", "c", "0", timeout: .seconds(30), lease: true)
        try world.settle()
        #expect(world.dials == 2)
        try world.peers[1].send("*0\r\n")
        #expect(world.outcome(second) == .replies([""]))
        try world.finish()
    }

    @Test("a cancelled one closes its connection, so that no element is taken for nobody")
    func cancel() throws {
        let world = World()
        try world.settle()
        let ticket = world.submit("BLPOP", "a", "0", timeout: .seconds(30), lease: true)
        try world.settle()
        world.source.forget(ticket)
        world.upstream.cancel(ticket)
        try world.settle()
        #expect(!world.peers[1].isOpen)
        #expect(world.peers[0].isOpen)
        #expect(world.upstream.status.leased == 0)
        #expect(world.source.ended.isEmpty)
        #expect(world.metrics[#"baton_redis_failures_total{cause="connection_lost"}"#] == nil)
        try world.finish()
    }

    @Test("its deadline closes the connection")
    func deadline() throws {
        let world = World()
        try world.settle()
        let ticket = world.submit("BLPOP", "a", "0", timeout: .milliseconds(200), lease: true)
        try world.advance(.milliseconds(200))
        #expect(world.outcome(ticket) == .failed(.deadlinePassed(written: true)))
        #expect(!world.peers[1].isOpen)
        try world.finish()
    }

    @Test("its loss is told, and never repeated, whatever the class", arguments: [RetryClass.readOnly, .unsafe])
    func loss(retryClass: RetryClass) throws {
        let world = World()
        try world.settle()
        let ticket = world.submit("BLPOP", "a", "0", class: retryClass, timeout: .seconds(9), lease: true)
        try world.settle()
        world.peers[1].close()
        try world.advance(.milliseconds(100))
        #expect(world.outcome(ticket) == .failed(.connectionLost))
        #expect(world.peers.dropFirst(2).allSatisfy { $0.commands.isEmpty })
        try world.finish()
    }

    @Test("over the pool, requests wait in order and within their deadline")
    func waiting() throws {
        let world = World { $0.leasedConnectionsPerLoop = 2 }
        try world.settle()
        let tickets = (0..<5).map { world.submit("BLPOP", "\($0)", timeout: .seconds(10), lease: true) }
        let hasty = world.submit("BLPOP", "hasty", timeout: .milliseconds(100), lease: true)
        try world.advance(.milliseconds(100))
        #expect(world.dials == 3)
        #expect(world.outcome(hasty) == .failed(.deadlinePassed(written: false)))
        for round in 0..<5 {
            let peer = try #require(world.peers.dropFirst().first { !$0.commands.isEmpty })
            #expect(peer.take()?[1] == "\(round)" || round > 0)
            try peer.send("+v\r\n")
            try world.settle()
        }
        #expect(tickets.allSatisfy { world.outcome($0) == .replies(["v"]) })
        try world.finish()
    }

    @Test("no pool, or a full queue for it: refused")
    func refused() throws {
        let none = World { $0.leasedConnectionsPerLoop = 0 }
        let ticket = none.submit("BLPOP", "a", lease: true)
        try none.settle()
        #expect(none.outcome(ticket) == .failed(.overloaded))
        try none.finish()
        let full = World {
            $0.leasedConnectionsPerLoop = 1
            $0.holdQueueMaximum = 2
        }
        try full.settle()
        let tickets = (0..<3).map { _ in full.submit("BLPOP", "a", timeout: .seconds(5), lease: true) }
        try full.settle()
        #expect(full.outcome(tickets[2]) == .failed(.overloaded))
        try full.finish()
    }

    @Test("a connection that cannot be opened is tried again while somebody waits")
    func redial() throws {
        let world = World()
        try world.settle()
        world.dial = .refuse
        let ticket = world.submit("BLPOP", "a", timeout: .seconds(5), lease: true)
        try world.advance(.seconds(1))
        #expect(world.dials > 3)
        #expect(world.dials < 12)
        world.dial = .accept
        try world.advance(.milliseconds(505))
        try world.peers[1].send("+v\r\n")
        #expect(world.outcome(ticket) == .replies(["v"]))
        let dials = world.dials
        try world.advance(.seconds(3), step: .milliseconds(100))
        #expect(world.dials == dials)
        try world.finish()
    }

    @Test("free connections are closed after a while, and only a few are kept")
    func idle() throws {
        let world = World()
        try world.settle()
        for _ in 0..<10 { world.submit("BLPOP", "a", timeout: .seconds(5), lease: true) }
        try world.settle()
        #expect(world.dials == 11)
        for peer in world.peers.dropFirst() { try peer.send("+v\r\n") }
        try world.settle()
        #expect(world.peers.dropFirst().count { $0.isOpen } == 4)
        try world.advance(.seconds(31), step: .seconds(1))
        #expect(world.peers.dropFirst().count { $0.isOpen } == 0)
        try world.finish()
    }

    @Test("LOADING is waited out on leased connections too")
    func transient() throws {
        let world = World()
        try world.settle()
        let ticket = world.submit("BLPOP", "a", "0", timeout: .seconds(5), lease: true)
        try world.settle()
        try world.peers[1].send("-LOADING x\r\n")
        try world.advance(.milliseconds(10))
        #expect(world.peers[1].commands.count == 2)
        try world.peers[1].send("+v\r\n")
        #expect(world.outcome(ticket) == .replies(["v"]))
        try world.finish()
    }

    // MARK: - Requests that keep their connection

    private func kept(_ world: World) throws -> RequestTicket {
        try world.settle()
        let ticket = world.submit([["WATCH", "k"], ["GET", "k"]], class: .readOnly, lease: true, keepsLease: true)
        try world.settle()
        let other = world.submit("BLPOP", "a", "0", timeout: .seconds(9), lease: true)
        try world.peers[1].send("+OK\r\n+v\r\n")
        try world.settle()
        #expect(world.outcome(ticket) == .replies(["OK", "v"]) && world.outcome(other) == nil)
        _ = world.peers[1].take()
        _ = world.peers[1].take()
        #expect(world.upstream.status.leased == 1 && world.peers[1].commands.isEmpty)
        return ticket
    }

    @Test("what follows goes over the same connection, which then serves the next")
    func keeping() throws {
        let world = World { $0.leasedConnectionsPerLoop = 1 }
        let ticket = try self.kept(world)
        world.submit([["MULTI"], ["EXEC"]], class: .bound, lease: true, transaction: true, after: ticket)
        try world.settle()
        #expect(world.peers[1].commands == [["MULTI"], ["EXEC"]])
        try world.peers[1].send("+OK\r\n*0\r\n")
        try world.settle()
        #expect(world.outcome(ticket) == .replies(["OK", ""]))
        #expect(world.peers[1].commands.last == ["BLPOP", "a", "0"] && world.dials == 2)
        try world.finish()
    }

    @Test("a connection that is given back watches nothing")
    func givingBack() throws {
        let world = World { $0.leasedConnectionsPerLoop = 1 }
        let ticket = try self.kept(world)
        world.upstream.returnLease(of: ticket)
        world.upstream.returnLease(of: ticket)
        try world.settle()
        #expect(world.peers[1].commands == [["UNWATCH"], ["BLPOP", "a", "0"]])
        try world.peers[1].send("+OK\r\n+x\r\n")
        try world.settle()
        #expect(world.source.outcomes.values.contains(.replies(["x"])))
        try world.finish()
    }

    @Test("the loss of a connection in between is told: nothing ran, and nothing is sent elsewhere")
    func losingKept() throws {
        let world = World { $0.leasedConnectionsPerLoop = 1 }
        let ticket = try self.kept(world)
        world.peers[1].close()
        try world.advance(.milliseconds(100))
        world.submit([["MULTI"], ["EXEC"]], class: .bound, lease: true, transaction: true, after: ticket)
        try world.advance(.milliseconds(100))
        #expect(world.outcome(ticket) == .failed(.leaseLost))
        #expect(world.peers.allSatisfy { !$0.commands.contains(["MULTI"]) })
        try world.finish()
    }

    @Test("what was written on a kept connection that is lost is never sent again, nor after a transient error")
    func losingBound() throws {
        let world = World { $0.leasedConnectionsPerLoop = 1 }
        let ticket = try self.kept(world)
        world.submit([["MULTI"], ["EXEC"]], class: .bound, lease: true, transaction: true, after: ticket)
        try world.settle()
        world.peers[1].close()
        try world.advance(.milliseconds(200))
        #expect(world.outcome(ticket) == .failed(.connectionLost))

        let second = World { $0.leasedConnectionsPerLoop = 1 }
        let other = try self.kept(second)
        second.submit([["MULTI"], ["EXEC"]], class: .bound, lease: true, transaction: true, after: other)
        try second.settle()
        try second.peers[1].send("-LOADING x\r\n-LOADING x\r\n")
        try second.settle()
        #expect(second.outcome(other) == .replies(["-LOADING x", "-LOADING x"]))
        try world.finish()
        try second.finish()
    }

    @Test("a deadline that has passed in between gives the connection back")
    func lateContinuation() throws {
        let world = World { $0.leasedConnectionsPerLoop = 1 }
        let ticket = try self.kept(world)
        world.submit([["MULTI"], ["EXEC"]], class: .bound, timeout: .zero, lease: true, after: ticket)
        try world.settle()
        #expect(world.outcome(ticket) == .failed(.deadlinePassed(written: false)))
        #expect(world.peers[1].commands == [["UNWATCH"], ["BLPOP", "a", "0"]])
        try world.finish()
    }
}
