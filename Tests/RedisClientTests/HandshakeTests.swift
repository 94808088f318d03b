// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore
import Testing

@testable import RedisClient

@Suite("Handshake")
struct HandshakeTests {
    @Test("everything leaves in one write: HELLO, SETINFO twice, SELECT, the wish for notifications")
    func commands() throws {
        let world = World {
            $0.endpoint.username = "u"
            $0.endpoint.password = "p"
            $0.endpoint.database = 3
            $0.libraryVersion = "9.9"
        }
        try world.settle()
        #expect(
            world.peers[0].handshake == [
                ["HELLO", "3", "AUTH", "u", "p", "SETNAME", "baton"], ["CLIENT", "SETINFO", "LIB-NAME", "baton"],
                ["CLIENT", "SETINFO", "LIB-VER", "9.9"], ["SELECT", "3"],
                ["CLIENT", "MAINT_NOTIFICATIONS", "ON", "moving-endpoint-type", "none"],
            ])
        #expect(world.upstream.status.ready == 1)
        #expect(world.upstream.status.unusableSince == nil)
        try world.finish()
    }

    @Test(
        "without credentials, name and database only HELLO 3, SETINFO and the wish for notifications are sent; a password alone is of `default`"
    )
    func fewerCommands() throws {
        let world = World { $0.clientName = "" }
        try world.settle()
        #expect(world.peers[0].handshake.map(\.count) == [2, 4, 4, 5])
        try world.finish()
        let other = World { $0.endpoint.password = "p" }
        try other.settle()
        #expect(other.peers[0].handshake[0] == ["HELLO", "3", "AUTH", "default", "p", "SETNAME", "baton"])
        try other.finish()
    }

    @Test("a server that does not know SETINFO is usable")
    func oldServer() throws {
        let world = World()
        world.onDial { peer in
            peer.handshakeReply = { $0[0] == "HELLO" ? "%0\r\n" : "-ERR Unknown subcommand or wrong number\r\n" }
        }
        let ticket = world.submit("GET", "k")
        world.upstream.start()
        try world.settle()
        #expect(world.peers.last?.commands == [["GET", "k"]] || world.upstream.status.ready == 1)
        try world.peers[0].send("+v\r\n")
        #expect(world.outcome(ticket) == .replies(["v"]))
        try world.finish()
    }

    @Test("a refusal fails what waits and what comes, and is tried again at the longest pause")
    func refused() throws {
        let world = World(start: false)
        world.onDial { $0.handshakeReply = { _ in "-WRONGPASS invalid username-password pair\r\n" } }
        world.upstream.start()
        let held = world.submit("GET", "k")
        try world.settle()
        let reason = "the server does not accept the user name or password"
        #expect(world.outcome(held) == .failed(.refused(reason: reason)))
        let next = world.submit("GET", "k")
        #expect(world.outcome(next) == nil)
        try world.settle()
        #expect(world.outcome(next) == .failed(.refused(reason: reason)))
        #expect(world.upstream.status.lastError == reason)
        #expect(world.upstream.status.unusableSince != nil)
        #expect(!world.peers[0].isOpen)
        try world.advance(.milliseconds(240))
        #expect(world.dials == 1)
        world.onDial { $0.handshakeReply = FakePeer.accept }
        try world.advance(.milliseconds(300))
        #expect(world.dials == 2)
        #expect(world.upstream.status.lastError == nil)
        let good = world.submit("GET", "k")
        try world.settle()
        try world.peers[1].send("$1\r\nv\r\n")
        #expect(world.outcome(good) == .replies(["v"]))
        try world.finish()
    }

    @Test("a server that is loading is dialled again, and requests wait")
    func loading() throws {
        let world = World(start: false)
        world.onDial { $0.handshakeReply = { _ in "-LOADING Redis is loading\r\n" } }
        world.upstream.start()
        let held = world.submit("GET", "k")
        try world.advance(.milliseconds(100))
        #expect(world.outcome(held) == nil)
        #expect(world.dials > 1)
        world.onDial { $0.handshakeReply = FakePeer.accept }
        try world.advance(.milliseconds(500))
        let peer = try #require(world.peers.last)
        #expect(peer.commands == [["GET", "k"]])
        try world.finish()
    }

    @Test("the connect timeout covers the whole handshake")
    func handshakeTimeout() throws {
        let world = World(start: false) { $0.connectTimeout = .milliseconds(100) }
        world.onDial { $0.handshakeReply = nil }
        world.upstream.start()
        try world.advance(.milliseconds(99))
        #expect(world.peers[0].isOpen)
        try world.advance(.milliseconds(1))
        #expect(!world.peers[0].isOpen)
        #expect(world.upstream.status.lastError == "connect timed out")
        try world.advance(.milliseconds(100))
        #expect(world.dials > 1)
        try world.finish()
    }

    @Test("a dial that never ends is given up; a channel that comes late is closed")
    func dialTimeout() throws {
        let world = World(start: false) { $0.connectTimeout = .milliseconds(100) }
        world.dial = .hang
        world.upstream.start()
        try world.advance(.milliseconds(100))
        world.dial = .accept
        try world.advance(.milliseconds(50))
        #expect(world.dials == 2)
        #expect(world.upstream.status.ready == 1)
        try world.finish()
    }

    @Test("dials back off while the server refuses connections, and recover within the longest pause")
    func backoff() throws {
        let world = World(start: false)
        world.dial = .refuse
        world.upstream.start()
        try world.advance(.seconds(10))
        #expect(world.upstream.status.lastError == "connection refused")
        #expect(world.dials > 20)
        #expect(world.dials < 50)
        world.dial = .accept
        try world.advance(.milliseconds(505))
        #expect(world.upstream.status.ready == 1)
        try world.finish()
    }

    @Test(
        "a connection that is lost after a while is dialled again at once, one that is lost at once only the first time"
    )
    func redial() throws {
        let world = World()
        try world.advance(.seconds(2))
        for expected in 2...4 {
            world.peers[expected - 2].close()
            try world.settle()
            #expect(world.dials == expected)
            try world.advance(.seconds(2))
        }
        world.peers[3].close()
        try world.settle()
        world.peers[4].close()
        try world.settle()
        #expect(world.dials == 5)
        try world.advance(.milliseconds(20))
        #expect(world.dials == 6)
        try world.finish()
    }
}
