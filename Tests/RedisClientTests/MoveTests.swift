// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
import RedisCore
import Testing

@testable import RedisClient

@Suite("Moves, driven")
struct MoveTests {
    static let target = DialTarget.announced(MovingTarget(host: "10.0.0.2", port: 6380))

    @Test("M3, M4: the old connection serves until the new one is ready, then finishes what it was given")
    func named() throws {
        let script = try MaintainedWorld()
        let world = script.world
        let old = world.peers[0]
        #expect(old.handshake.last == ["CLIENT", "MAINT_NOTIFICATIONS", "ON", "moving-endpoint-type", "internal-ip"])
        world.onDial { $0.handshakeReply = nil }
        try script.moving(on: old)
        #expect(world.peers.count == 2)
        let new = world.peers[1]
        #expect(new.plan.target == Self.target)
        #expect(new.handshake.map(\.[0]) == ["HELLO", "CLIENT", "CLIENT", "CLIENT"])
        let before = world.submit("INCR", "a")
        try world.settle()
        #expect(old.take() == ["INCR", "a"])
        #expect(new.commands.isEmpty)

        new.handshakeReply = FakePeer.accept
        try new.answerHandshake()
        let after = world.submit("INCR", "b")
        try world.settle()
        #expect(new.take() == ["INCR", "b"])
        #expect(old.isOpen)
        #expect(world.upstream.maintenanceSnapshot.state == .moving)
        #expect(world.upstream.status.ready == 1)
        try old.send(":1\r\n")
        try new.send(":2\r\n")
        try world.settle()
        #expect(world.outcome(before) == .replies(["1"]))
        #expect(world.outcome(after) == .replies(["2"]))
        #expect(!old.isOpen)
        #expect(script.phases == [.waiting, .dialing, .draining, .done])
        #expect(world.upstream.maintenanceSnapshot.lastHandoff?.moved == 1)
        #expect(world.upstream.maintenanceSnapshot.lastHandoff?.inFlight == 1)
        #expect(world.metrics["baton_handoffs_total{outcome=\"done\"}"] == 1)
        #expect(world.metrics["baton_maintenance_pushes_total{kind=\"moving\"}"] == 1)
        #expect(world.metrics["baton_handoff_first_reply_seconds_count"] == 1)
        #expect(world.metrics["baton_handoff_requests_total{fate=\"in_flight\"}"] == 1)
        try world.finish()
    }

    @Test("M3: the replacement must answer a PING before it takes requests; one that is loading is dialled again")
    func probe() throws {
        let script = try MaintainedWorld()
        let world = script.world
        world.onDial { peer in
            peer.answersProbes = false
            peer.handshakeReply = nil
        }
        try script.moving(on: world.peers[0])
        let first = world.peers[1]
        #expect(first.commands == [["PING"]])
        try first.send("%0\r\n+OK\r\n+OK\r\n-LOADING Redis is loading the dataset in memory\r\n")
        try world.settle()
        #expect(!first.isOpen)
        #expect(world.peers[0].isOpen)
        #expect(world.upstream.status.ready == 1)
        try world.advance(.seconds(1))
        #expect(world.peers.count == 3)
        try world.peers[2].send("%0\r\n+OK\r\n+OK\r\n+PONG\r\n+OK\r\n")
        try world.settle()
        #expect(!world.peers[0].isOpen)
        #expect(script.phases.last == .done)
        try world.finish()
    }

    @Test("M4: requests whose bytes have not left move to the new connection, in order, and run once")
    func unwritten() throws {
        let script = try MaintainedWorld()
        let world = script.world
        let old = world.peers[0]
        world.onDial { $0.handshakeReply = nil }
        try script.moving(on: old)
        let new = world.peers[1]
        let written = world.submit("INCR", "a")
        try world.settle()
        let unwritten = [world.submit("INCR", "b"), world.submit("INCR", "c")]
        // The tick is not over: they are in the accumulator of the old connection.
        new.handshakeReply = FakePeer.accept
        try new.answerHandshake()
        try world.settle()
        #expect(old.commands == [["INCR", "a"]])
        #expect(new.commands == [["INCR", "b"], ["INCR", "c"]])
        try old.send(":1\r\n")
        try new.send(":2\r\n:3\r\n")
        try world.settle()
        #expect(world.outcome(written) == .replies(["1"]))
        #expect(unwritten.map { world.outcome($0) } == [.replies(["2"]), .replies(["3"])])
        #expect(unwritten.allSatisfy { world.source.entries[$0]?.encodes == 2 })
        #expect(world.upstream.maintenanceSnapshot.lastHandoff?.held == 2)
        try world.finish()
    }

    @Test(
        "M4: what is unanswered at the deadline minus the margin is cut off: unsafe requests are unknown, safe ones sent again"
    )
    func cut() throws {
        let script = try MaintainedWorld { $0.stallTimeout = .seconds(60) }
        let world = script.world
        let old = world.peers[0]
        let unsafe = world.submit("INCR", "a", timeout: .seconds(30))
        let safe = world.submit("GET", "a", class: .readOnly, timeout: .seconds(30))
        try world.settle()
        try script.moving(on: old)
        try world.advance(.milliseconds(14_400))
        #expect(old.isOpen)
        try world.advance(.milliseconds(100))
        #expect(!old.isOpen)
        #expect(world.outcome(unsafe) == .failed(.connectionLost))
        #expect(world.peers[1].commands == [["GET", "a"]])
        try world.peers[1].send("+v\r\n")
        try world.settle()
        #expect(world.outcome(safe) == .replies(["v"]))
        let record = world.upstream.maintenanceSnapshot.lastHandoff
        #expect(record?.resent == 1)
        #expect(record?.failed == 1)
        #expect(world.metrics["baton_redis_connections_closed_total{cause=\"maintenance\"}"] == 1)
        try world.finish()
    }

    @Test("M8: an old connection that closes early is dialled to the target at once, and its loss is maintenance")
    func earlyClose() throws {
        let script = try MaintainedWorld()
        let world = script.world
        world.onDial { $0.handshakeReply = nil }
        try script.moving(on: world.peers[0])
        world.peers[0].close()
        let waiting = world.submit("INCR", "a")
        try world.settle()
        #expect(world.peers.count == 2)
        #expect(world.upstream.maintenanceState == .reconnecting)
        world.peers[1].handshakeReply = FakePeer.accept
        try world.peers[1].answerHandshake()
        try world.settle()
        #expect(world.peers[1].commands == [["INCR", "a"]])
        try world.peers[1].send(":1\r\n")
        #expect(world.outcome(waiting) == .replies(["1"]))
        #expect(world.metrics["baton_redis_connections_closed_total{cause=\"maintenance\"}"] == 1)
        // Lost again, while the move goes on: the target is the first choice (M5).
        world.onDial { _ in }
        world.peers[1].close()
        try world.settle()
        #expect(world.peers[2].plan.target == Self.target)
        try world.finish()
    }

    @Test("M7: a target that refuses is tried again until it accepts, and the old connection serves meanwhile")
    func refusing() throws {
        let script = try MaintainedWorld()
        let world = script.world
        world.dial = .refuse
        try script.moving(on: world.peers[0])
        try world.advance(.seconds(3))
        let ticket = world.submit("INCR", "a")
        try world.settle()
        try world.peers[0].send(":1\r\n")
        try world.settle()
        #expect(world.outcome(ticket) == .replies(["1"]))
        #expect((3...20).contains(world.dials))
        world.dial = .accept
        try world.advance(.seconds(3))
        #expect(world.peers.count == 2)
        #expect(world.peers[1].plan.target == Self.target)
        #expect(!world.peers[0].isOpen)
        #expect(script.phases.last == .done)
        try world.finish()
    }

    @Test(
        "M7, M6: a target that never accepts leaves the old connection in use; afterwards the configured endpoint is dialled"
    )
    func refusingForever() throws {
        let script = try MaintainedWorld()
        let world = script.world
        world.dial = .refuse
        try script.moving(on: world.peers[0])
        try world.advance(.seconds(16))
        #expect(script.phases.last == .failed)
        #expect(world.peers[0].isOpen)
        let ticket = world.submit("GET", "a")
        try world.settle()
        try world.peers[0].send("+v\r\n")
        try world.settle()
        #expect(world.outcome(ticket) == .replies(["v"]))
        world.dial = .accept
        world.peers[0].close()
        try world.advance(.seconds(1))
        #expect(world.peers[1].plan.target == .configured)
        try world.finish()
    }

    @Test(
        "M10: without a named endpoint the configured one is dialled at half of the grace, or where the name leads now")
    func null() throws {
        let script = try MaintainedWorld()
        let world = script.world
        try script.announce("MOVING", ":1", ":10", "_", on: world.peers[0])
        #expect(world.peers.count == 1)
        try world.advance(.milliseconds(4900))
        #expect(world.peers.count == 1)
        #expect(world.lookups > 2)
        try world.advance(.milliseconds(100))
        #expect(world.peers[1].plan.target == .configured)
        // The address is the old one: it settles first, for the server may send it away again (M11).
        #expect(world.peers[0].isOpen)
        try world.advance(.milliseconds(600))
        #expect(!world.peers[0].isOpen)

        world.names = [IPAddress("10.0.0.7")].compactMap { $0 }
        try script.announce("MOVING", ":2", ":10", "_", on: world.peers[1])
        try world.advance(.milliseconds(1300))
        #expect(world.peers[2].address == "10.0.0.7")
        #expect(!world.peers[1].isOpen)
        try world.finish()
    }

    @Test("leased connections: free ones are let go, a blocking command may finish, and is unknown at the deadline")
    func leases() throws {
        let script = try MaintainedWorld { $0.blockingTimeoutMaximum = .seconds(60) }
        let world = script.world
        let free = world.submit("BLPOP", "x", "1", lease: true)
        try world.settle()
        let answered = world.submit("BLPOP", "y", "0", timeout: .seconds(60), lease: true)
        let parked = world.submit("BLPOP", "z", "0", timeout: .seconds(60), lease: true)
        try world.settle()
        try world.peers[1].send("+x\r\n")
        try world.settle()
        #expect(world.outcome(free) == .replies(["x"]))
        try script.moving(on: world.peers[0])
        #expect(!world.peers[0].isOpen)
        #expect(!world.peers[1].isOpen)
        #expect(world.peers[2].isOpen && world.peers[3].isOpen)
        try world.advance(.seconds(1))
        try world.peers[2].send("+y\r\n")
        try world.settle()
        #expect(world.outcome(answered) == .replies(["y"]))
        #expect(!world.peers[2].isOpen)
        try world.advance(.milliseconds(13_500))
        #expect(world.outcome(parked) == .failed(.connectionLost))
        #expect(!world.peers[3].isOpen)
        #expect(script.phases.last == .done)
        try world.finish()
    }

    @Test("a move by hand takes every connection to the target")
    func byHand() throws {
        let script = try MaintainedWorld { $0.connectionsPerLoop = 3 }
        let world = script.world
        #expect(world.upstream.beginHandoff(target: MovingTarget(host: "192.0.2.9", port: 7000), grace: .seconds(10)))
        try world.settle()
        #expect(world.peers.count == 6)
        #expect(world.peers[..<3].allSatisfy { !$0.isOpen })
        #expect(world.peers[3...].allSatisfy { $0.address == "192.0.2.9" })
        #expect(world.upstream.status.ready == 3)
        #expect(script.phases.last == .done)
        try world.finish()
        #expect(!world.upstream.beginHandoff(target: nil, grace: .seconds(1)))
    }

    @Test("a connection that asks for a better server gives way to the one of a move")
    func replacementMeetsMove() throws {
        let script = try MaintainedWorld()
        let world = script.world
        let ticket = world.submit("SET", "k", "v", timeout: .seconds(5))
        try world.settle()
        world.onDial { $0.handshakeReply = nil }
        try world.peers[0].send("-READONLY You can't write against a read only replica.\r\n")
        try world.settle()
        #expect(world.peers.count == 2)
        world.onDial { _ in }
        try script.moving(on: world.peers[0])
        #expect(!world.peers[1].isOpen)
        #expect(world.peers[2].plan.target == Self.target)
        try world.advance(.milliseconds(200))
        #expect(world.peers[2].commands == [["SET", "k", "v"]])
        try world.peers[2].send("+OK\r\n")
        try world.settle()
        #expect(world.outcome(ticket) == .replies(["OK"]))
        try world.finish()
    }

    @Test("at the end of the upstream a move is forgotten")
    func shutdown() throws {
        let script = try MaintainedWorld()
        let world = script.world
        world.onDial { $0.handshakeReply = nil }
        try script.moving(on: world.peers[0])
        var isOver = false
        world.upstream.shutdown(deadline: world.now + .seconds(1)) { isOver = true }
        try world.settle()
        #expect(isOver)
        #expect(world.peers.allSatisfy { !$0.isOpen })
        try world.finish()
    }
}
