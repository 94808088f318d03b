// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
import RedisCore
import Testing

@testable import RedisClient

@Suite("Relaxed timeouts and opt-in, driven")
struct RelaxedTests {
    @Test("W1, W2: what is in flight, what comes and what waits has more time; a caller's own limit stays")
    func relaxed() throws {
        let script = try MaintainedWorld()
        let world = script.world
        let peer = world.peers[0]
        let old = world.submit("GET", "a", soft: true)
        let hard = world.submit("GET", "b")
        try world.advance(.milliseconds(500))
        try script.announce("MIGRATING", ":1", ":2", "[\"1\"]", on: peer)
        let new = world.submit("GET", "c", soft: true)
        try world.settle()
        #expect(world.upstream.maintenanceSnapshot.effectiveTimeout == .seconds(10))
        #expect(world.upstream.maintenanceState == .relaxed)
        #expect(world.metrics["baton_redis_timeouts_relaxed"] == 1)
        #expect(world.metrics["baton_maintenance_windows{kind=\"migration\"}"] == 1)
        try world.advance(.milliseconds(3000))
        #expect(world.outcome(hard) == .failed(.deadlinePassed(written: true)))
        #expect(world.outcome(old) == nil)
        #expect(world.outcome(new) == nil)
        try peer.send("+a\r\n+b\r\n+c\r\n")
        try world.settle()
        #expect(world.outcome(old) == .replies(["a"]))
        #expect(world.outcome(new) == .replies(["c"]))
        try world.finish()
    }

    @Test("W1: the relaxed timeout is a limit as well; a server that says nothing for much longer is stalled")
    func limit() throws {
        let script = try MaintainedWorld()
        let world = script.world
        let ticket = world.submit("INCR", "a", soft: true)
        try world.settle()
        try script.announce("FAILING_OVER", ":1", ":2", "[\"1\"]", on: world.peers[0])
        try world.advance(.milliseconds(9_990))
        #expect(world.outcome(ticket) == nil)
        #expect(world.peers[0].isOpen)
        try world.advance(.milliseconds(20))
        #expect(world.outcome(ticket) == .failed(.deadlinePassed(written: true)))
        #expect(world.peers[0].isOpen)
        try world.advance(.seconds(11))
        #expect(!world.peers[0].isOpen)
        #expect(world.peers.count == 2)
        try world.finish()
    }

    @Test("W5: after the end and its tail the configured timeout is back; W4: without an end, after the cap")
    func end() throws {
        let script = try MaintainedWorld { $0.maintenance.failoverWindowMaximum = .seconds(5) }
        let world = script.world
        let peer = world.peers[0]
        try script.announce("MIGRATING", ":1", ":2", "[\"1\"]", on: peer)
        try script.announce("MIGRATED", ":2", "[\"1\"]", on: peer)
        #expect(world.upstream.maintenanceState == .relaxed)
        try world.advance(.milliseconds(2_010))
        #expect(world.upstream.maintenanceState == .normal)
        let ticket = world.submit("GET", "a", soft: true)
        try world.advance(.milliseconds(1_010))
        #expect(world.outcome(ticket) == .failed(.deadlinePassed(written: true)))
        try peer.send("+late\r\n")
        try script.announce("FAILING_OVER", ":3", ":2", "[\"1\"]", on: peer)
        #expect(world.upstream.maintenanceState == .relaxed)
        try world.advance(.milliseconds(5_010))
        #expect(world.upstream.maintenanceState == .normal)
        #expect(
            script.notes.all.map(\.change) == [
                .notifications(.on), .state(.normal), .windowOpened(.migration), .state(.relaxed),
                .windowClosed(.migration), .state(.normal), .windowOpened(.failover), .state(.relaxed),
                .windowExpired(.failover), .state(.normal),
            ])
        try world.finish()
    }

    @Test("M8: a connection that is lost in a window is lost to maintenance; what waits has more time")
    func lost() throws {
        let script = try MaintainedWorld()
        let world = script.world
        try script.announce("FAILING_OVER", ":1", ":2", "[\"1\"]", on: world.peers[0])
        world.dial = .refuse
        world.peers[0].close()
        try world.settle()
        let ticket = world.submit("INCR", "a", soft: true)
        try world.advance(.milliseconds(2_000))
        #expect(world.outcome(ticket) == nil)
        world.dial = .accept
        try world.advance(.seconds(1))
        #expect(world.peers[1].commands == [["INCR", "a"]])
        #expect(world.metrics["baton_redis_connections_closed_total{cause=\"maintenance\"}"] == 1)
        try world.finish()
    }

    @Test("auto: a server that refuses is used, said once, and asked again after a while, on its connection")
    func refused() throws {
        let script = try MaintainedWorld { configuration in
            configuration.connectionsPerLoop = 2
            configuration.maintenance.reprobeInterval = .seconds(60)
        }
        let world = script.world
        #expect(world.upstream.maintenanceSnapshot.notifications == .on)
        world.onDial { peer in
            peer.handshakeReply = { command in
                command.contains("MAINT_NOTIFICATIONS")
                    ? "-ERR unknown subcommand 'MAINT_NOTIFICATIONS'. Try CLIENT HELP.\r\n" : FakePeer.accept(command)
            }
        }
        for peer in world.peers { peer.close() }
        try world.settle()
        #expect(world.upstream.status.ready == 2)
        #expect(world.upstream.maintenanceSnapshot.notifications == .unsupported)
        #expect(script.notes.all.count { $0.change == .notifications(.unsupported) } == 1)
        // Only those that had been dialled before the answer have asked.
        let asked = world.peers[2...].count { $0.handshake.contains { $0.contains("MAINT_NOTIFICATIONS") } }
        #expect((1...2).contains(asked))
        try world.advance(.seconds(61), step: .milliseconds(500))
        let again = world.peers[2...].filter { $0.commands.last?.contains("MAINT_NOTIFICATIONS") ?? false }
        #expect(again.count == 2)
        for peer in again { try peer.send("+OK\r\n") }
        try world.settle()
        #expect(world.upstream.maintenanceSnapshot.notifications == .on)
        try script.moving(on: again[0])
        #expect(world.peers.last?.plan.target == MoveTests.target)
        try world.finish()
    }

    @Test("enabled: a server that refuses is not used, and the reason is said")
    func required() throws {
        let world = World(start: false) { $0.maintenance.mode = .enabled }
        world.onDial { peer in
            peer.handshakeReply = { $0.contains("ON") ? "-NOPERM no permission\r\n" : FakePeer.accept($0) }
        }
        world.upstream.start()
        let ticket = world.submit("GET", "k")
        try world.settle()
        #expect(world.outcome(ticket) == .failed(.refused(reason: Refusal.notificationsRefused.rawValue)))
        #expect(world.upstream.maintenanceState == .down)
        try world.finish()
    }

    @Test("disabled: nothing is asked, and what is announced all the same changes nothing")
    func disabled() throws {
        let script = try MaintainedWorld { $0.maintenance.mode = .disabled }
        let world = script.world
        #expect(world.peers[0].handshake.allSatisfy { !$0.contains("MAINT_NOTIFICATIONS") })
        try script.moving(on: world.peers[0])
        try world.advance(.seconds(1))
        #expect(world.peers.count == 1)
        #expect(world.upstream.maintenanceSnapshot.notifications == .off)
        try world.finish()
    }

    @Test("an announcement between the replies of the handshake is heard")
    func duringHandshake() throws {
        let world = World(start: false) { configuration in
            configuration.endpoint = RedisEndpoint(address: .tcp(host: "10.0.0.1", port: 6379))
            configuration.maintenance.jitterMaximum = .zero
        }
        world.onAddress { if case .announced(let target) = $0 { target.host } else { "10.0.0.1" } }
        world.onDial { peer in
            guard peer.plan.target == .configured else { return }
            peer.handshakeReply = { command in
                let push = ">4\r\n$6\r\nMOVING\r\n:4\r\n:5\r\n$13\r\n10.0.0.2:6380\r\n"
                return command.contains("ON") ? push + "+OK\r\n" : FakePeer.accept(command)
            }
        }
        world.upstream.start()
        try world.settle()
        try world.advance(.milliseconds(50))
        #expect(world.peers.count == 2)
        #expect(world.peers[1].isOpen)
        #expect(!world.peers[0].isOpen)
        try world.finish()
    }
}
