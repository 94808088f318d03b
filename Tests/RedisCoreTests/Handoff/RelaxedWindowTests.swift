// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import Testing

@testable import RedisCore

@Suite("Relaxed windows")
struct RelaxedWindowTests {
    private func opened(_ script: HandoffScript, _ kind: WindowKind, _ sequence: Int64?, on id: ConnectionID) {
        script.receive(.opened(kind, sequence: sequence, shards: nil), on: id)
    }

    @Test(
        "an opening relaxes its peer, and its end ends that",
        arguments: [WindowKind.migration, .failover, .slotMigration])
    func pair(kind: WindowKind) {
        let script = HandoffScript()
        let id = script.connect(peer(1))
        self.opened(script, kind, 18, on: id)
        #expect(script.isRelaxed(peer(1)))
        #expect(!script.isRelaxed(peer(2)))
        #expect(script.picture.windows.map(\.kind) == [kind])
        script.receive(.closed(kind, sequence: 25), on: id)
        #expect(!script.isRelaxed(peer(1)))
        #expect(script.notes.map(\.change) == [.windowOpened(kind), .windowClosed(kind)])
        #expect(script.machine.nextDeadline == .distantFuture || kind == .migration)
    }

    @Test("W3: windows nest; an end closes the oldest of its kind with a lower number")
    func nested() {
        let script = HandoffScript()
        let id = script.connect(peer(1))
        self.opened(script, .migration, 1, on: id)
        self.opened(script, .migration, 3, on: id)
        self.opened(script, .failover, 4, on: id)
        script.receive(.closed(.migration, sequence: 5), on: id)
        #expect(script.picture.windows.map(\.sequence) == [3, 4])
        script.receive(.closed(.migration, sequence: 2), on: id)
        #expect(script.picture.windows.map(\.sequence) == [3, 4])
        script.receive(.closed(.migration, sequence: 6), on: id)
        #expect(script.isRelaxed(peer(1)))
        script.receive(.closed(.failover, sequence: 7), on: id)
        #expect(!script.isRelaxed(peer(1)))
    }

    @Test(
        "W4: a window without an end is closed at its cap",
        arguments: [(.failover, 60), (.migration, 600)] as [(WindowKind, Int64)])
    func cap(kind: WindowKind, seconds: Int64) {
        let script = HandoffScript()
        let id = script.connect(peer(1))
        self.opened(script, kind, 1, on: id)
        script.pass(to: .ms(seconds * 1000 - 1))
        #expect(script.isRelaxed(peer(1)))
        script.pass(to: .ms(seconds * 1000))
        #expect(!script.isRelaxed(peer(1)))
        #expect(script.notes.last?.change == .windowExpired(kind))
        #expect(script.machine.nextDeadline == .distantFuture)
    }

    @Test("W5: timeouts stay relaxed for the tail; an end without a window has none")
    func tail() {
        let script = HandoffScript { $0.relaxedTail = .seconds(2) }
        let id = script.connect(peer(1))
        script.receive(.closed(.failover, sequence: 1), on: id)
        #expect(!script.isRelaxed(peer(1)))
        self.opened(script, .failover, 2, on: id)
        script.receive(.closed(.failover, sequence: 3), on: id)
        script.pass(to: .ms(1999))
        #expect(script.isRelaxed(peer(1)))
        #expect(script.picture.windows.isEmpty)
        script.pass(to: .ms(2000))
        #expect(!script.isRelaxed(peer(1)))
        #expect(script.machine.nextDeadline == .distantFuture)
    }

    @Test("W6: a repeated opening neither prolongs nor shortens, and is counted once")
    func repeated() {
        let script = HandoffScript()
        let id = script.connect(peer(1))
        let other = script.connect(peer(2))
        self.opened(script, .failover, 1, on: id)
        script.pass(to: .ms(30_000))
        self.opened(script, .failover, 1, on: id)
        self.opened(script, .failover, 1, on: other)
        #expect(script.picture.windows.count == 1)
        #expect(script.isRelaxed(peer(2)))
        #expect(script.picture.counters.duplicates == 2)
        script.pass(to: .ms(60_000))
        #expect(!script.isRelaxed(peer(1)))
        self.opened(script, .failover, 1, on: id)
        #expect(!script.isRelaxed(peer(1)))
    }

    @Test("a stale opening after its end, and a second delivery of an end, change nothing")
    func stale() {
        let script = HandoffScript()
        let id = script.connect(peer(1))
        script.receive(.closed(.migration, sequence: 9), on: id)
        self.opened(script, .migration, 8, on: id)
        #expect(!script.isRelaxed(peer(1)))
        self.opened(script, .migration, 10, on: id)
        self.opened(script, .migration, 11, on: id)
        script.receive(.closed(.migration, sequence: 12), on: id)
        script.receive(.closed(.migration, sequence: 12), on: id)
        #expect(script.picture.windows.map(\.sequence) == [11])
    }

    @Test("W7: an end event does not end the relaxation of a move")
    func move() {
        let script = HandoffScript()
        let id = script.connect(peer(1))
        self.opened(script, .migration, 1, on: id)
        script.moving(2, 15, nil, on: id)
        script.receive(.closed(.migration, sequence: 3), on: id)
        #expect(script.isRelaxed(peer(1)))
        #expect(script.picture.windows.isEmpty)
    }

    @Test("windows without number are bounded like others")
    func bounded() {
        let script = HandoffScript()
        let id = script.connect(peer(1))
        for sequence in 0..<1000 { self.opened(script, .failover, Int64(sequence), on: id) }
        #expect(script.picture.windows.count == RelaxedWindows.countMaximum)
        self.opened(script, .migration, nil, on: id)
        #expect(script.picture.windows.count == RelaxedWindows.countMaximum)
        script.pass(to: .ms(60_000))
        #expect(script.machine.nextDeadline == .distantFuture)
    }

    @Test("with notifications disabled, pushes are counted and nothing else")
    func disabled() throws {
        var configuration = MaintenanceConfiguration()
        configuration.mode = .disabled
        let policy = EndpointPolicy(configuration, host: nil, port: 0, isVerified: false)
        var machine = HandoffMachine(configuration, policy: policy, hasName: false)
        machine.opened(ConnectionID(1), role: .shared, plan: DialPlan())
        machine.connected(ConnectionID(1), peer: peer(1))
        var generator = SeededGenerator(seed: 1)
        let push = try MaintenancePushTests.read(">4\r\n+MOVING\r\n:1\r\n:15\r\n_\r\n")
        let actions = machine.received(push, from: ConnectionID(1), now: .ms(0), using: &generator)
        #expect(actions.isEmpty)
        #expect(machine.counters[kind: .moving] == 1)
        #expect(machine.nextDeadline == .distantFuture)
    }
}
