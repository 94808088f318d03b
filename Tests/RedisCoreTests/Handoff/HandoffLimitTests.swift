// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import Testing

@testable import RedisCore

@Suite("Moves: policy, leases, limits, the end")
struct HandoffLimitTests {
    @Test("a target outside the policy is treated as if none had been named, and counted")
    func refusedTarget() {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.moving(1, 15, "8.8.8.8:1", on: old)
        #expect(script.drain().isEmpty)
        #expect(script.picture.counters.refusedTargets == 1)
        #expect(script.plan().target == .configured)
        #expect(script.notes.first?.change == .targetRefused)
        script.pass(to: .ms(7500))
        var plan = HandoffScript.plan(1, "8.8.8.8:1")
        plan.target = .configured
        #expect(script.drain() == [.replace(old, plan)])
    }

    @Test("leased connections are let go when the target works; what is parked ends at the margin")
    func leases() throws {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        let lease = script.connect(peer(1), role: .leased)
        let other = script.connect(peer(3), role: .leased)
        script.moving(1, 15, HandoffScript.named, on: old)
        let new = try #require(script.follow(old, to: peer(2)))
        _ = script.drain()
        script.ready(new)
        #expect(script.drain() == [.switchRoutes(from: old, to: new), .retire(lease)])
        script.close(old)
        #expect(script.picture.handoffs.map(\.remaining) == [1])
        script.passOnce(to: .ms(14_500))
        #expect(script.drain() == [.close(lease, .maintenance)])
        script.close(lease, .maintenance)
        #expect(script.picture.lastHandoff?.phase == .done)
        _ = other
    }

    @Test("two peers of one name move to targets of their own, each until its own deadline")
    func overlapping() throws {
        let script = HandoffScript { $0.parallelDialsMaximum = 9 }
        let first = script.connect(peer(1))
        let second = script.connect(peer(2))
        script.moving(31, 60, "10.0.1.1:1", on: first)
        script.moving(32, 3, "10.0.1.2:1", on: second)
        let firstTarget = try #require(MovingTarget("10.0.1.1:1"))
        let secondTarget = try #require(MovingTarget("10.0.1.2:1"))
        #expect(script.plan(former: peer(1)).target == .announced(firstTarget))
        #expect(script.plan(former: peer(2)).target == .announced(secondTarget))
        script.pass(to: .ms(3000))
        #expect(script.plan(former: peer(2)).target == .configured)
        #expect(script.plan(former: peer(1)).target == .announced(firstTarget))
        #expect(script.isRelaxed(peer(1)))
    }

    @Test("without proactive reconnects a move that names no endpoint asks for nothing until its end")
    func passiveWithoutTarget() {
        let script = HandoffScript(hasName: true) { $0.proactiveReconnect = false }
        let id = script.connect(peer(1))
        script.moving(1, 15, nil, on: id)
        #expect(script.machine.nextDeadline == .ms(15_000))
    }

    @Test("without proactive reconnect a MOVING relaxes and tells new connections where to go, and moves nothing")
    func passive() {
        let script = HandoffScript { $0.proactiveReconnect = false }
        let old = script.connect(peer(1))
        script.moving(1, 15, HandoffScript.named, on: old)
        #expect(script.isRelaxed(peer(1)))
        #expect(script.plan(former: peer(1)).target != .configured)
        script.pass(to: .ms(15_000))
        #expect(script.drain().isEmpty)
        #expect(!script.isRelaxed(peer(1)))
        #expect(script.machine.nextDeadline == .distantFuture)
    }

    @Test("a move by hand takes every connection along, whatever the policy says of the target")
    func byHand() throws {
        let script = HandoffScript { $0.parallelDialsMaximum = 9 }
        let first = script.connect(peer(1))
        let second = script.connect(peer(2))
        #expect(script.begin("8.8.8.8:1", grace: .seconds(10)))
        #expect(script.replaceCount == 2)
        let new = try #require(script.follow(first, to: peer(1)))
        _ = script.drain()
        script.ready(new)
        #expect(script.drain() == [.switchRoutes(from: first, to: new)])
        _ = second
    }

    @Test("at most eight moves at a time and sixty a minute are begun")
    func limits() {
        let script = HandoffScript()
        let id = script.connect(peer(1))
        for sequence in 0..<200 { script.moving(Int64(sequence), 15, HandoffScript.named, on: id) }
        #expect(script.picture.handoffs.count == 1)
        #expect(script.picture.counters.ignored == 140)
        let other = HandoffScript()
        for number in 0..<20 {
            let id = other.connect(peer(UInt32(number)))
            other.moving(Int64(number), 15, HandoffScript.named, on: id)
        }
        #expect(other.picture.handoffs.count == HandoffMachine.movesMaximum)
    }

    @Test("moves that are over do not keep others from beginning")
    func room() throws {
        let script = HandoffScript()
        var id = script.connect(peer(1))
        for number in 1...20 {
            script.moving(Int64(number), 120, "10.0.0.\(number + 1):6379", on: id)
            let new = try #require(script.follow(id, to: peer(UInt32(number + 1))))
            script.ready(new)
            script.close(id, .replaced)
            #expect(script.picture.lastHandoff?.identity.sequence == Int64(number))
            id = new
        }
        #expect(script.picture.counters.handoffsDone == 20)
        #expect(script.picture.counters.ignored == 0)
        // What has made room is not begun again.
        script.moving(1, 120, "10.0.0.2:6379", on: id)
        #expect(script.picture.counters.duplicates == 1)
    }

    @Test("without proactive reconnect a MOVING without a target looks nothing up, and its timer does not fire in vain")
    func passiveNull() {
        let script = HandoffScript(hasName: true) { $0.proactiveReconnect = false }
        let old = script.connect(peer(1))
        script.moving(1, 15, nil, on: old)
        #expect(script.machine.nextDeadline == .ms(15_000))
        script.passOnce(to: .ms(15_000))
        #expect(script.drain().isEmpty)
    }

    @Test("M4: within the margin no dial is begun, and what is switched has the rest of the time")
    func margin() throws {
        let script = HandoffScript { $0.parallelDialsMaximum = 1 }
        let first = script.connect(peer(1))
        let second = script.connect(peer(1))
        script.moving(1, 15, HandoffScript.named, on: first)
        let new = try #require(script.follow(first, to: peer(2)))
        _ = script.drain()
        script.pass(to: .ms(14_600))
        script.ready(new)
        #expect(script.drain() == [.switchRoutes(from: first, to: new)])
        #expect(script.machine.nextDeadline == .ms(15_000))
        script.passOnce(to: .ms(15_000))
        #expect(script.drain() == [.close(first, .maintenance)])
        #expect(script.picture.lastHandoff?.phase == .failed)
        _ = second
    }

    @Test("a peer that the name no longer leads to after MIGRATED is left early")
    func unadvertised() {
        let script = HandoffScript(hasName: true)
        let id = script.connect(peer(1))
        script.receive(.opened(.migration, sequence: 1, shards: nil), on: id)
        script.receive(.closed(.migration, sequence: 2), on: id)
        script.pass(to: .ms(2000))
        #expect(script.drain() == [.resolve])
        script.resolved([IPAddress(ipv4: 10 << 24 | 1), IPAddress(ipv4: 10 << 24 | 2)])
        #expect(script.drain().isEmpty)
        script.pass(to: .ms(4000))
        #expect(script.drain() == [.resolve])
        script.resolved([IPAddress(ipv4: 10 << 24 | 2)])
        #expect(script.replaceCount == 1)
        #expect(script.notes.contains { $0.change == .peerNotAdvertised })
        let still = HandoffScript(hasName: true)
        let other = still.connect(peer(1))
        still.receive(.opened(.migration, sequence: 1, shards: nil), on: other)
        still.receive(.closed(.migration, sequence: 2), on: other)
        still.pass(to: .ms(40_000))
        #expect(still.machine.nextDeadline == .distantFuture)
    }

    @Test("after the stop nothing is ordered and no timer is left")
    func stopped() {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.moving(1, 15, HandoffScript.named, on: old)
        _ = script.drain()
        script.stop()
        script.moving(2, 15, nil, on: old)
        script.close(old)
        #expect(script.drain().isEmpty)
        #expect(!script.begin("10.0.0.2:1", grace: .seconds(1)))
        #expect(script.machine.nextDeadline == .distantFuture)
    }

    @Test("a refusal of notifications holds until the next probe, and a change is told once")
    func verdicts() {
        var verdicts = OptInVerdicts(MaintenanceConfiguration())
        let asked = verdicts.asks("a:1", now: .ms(0))
        let first = verdicts.answered(.unsupported, by: "a:1", now: .ms(0))
        let again = verdicts.answered(.unsupported, by: "a:1", now: .ms(1))
        let early = verdicts.asks("a:1", now: .ms(600_000))
        let due = verdicts.asks("a:1", now: .ms(600_001))
        let other = verdicts.asks("b:1", now: .ms(1))
        let changed = verdicts.answered(.accepted, by: "a:1", now: .ms(600_001))
        #expect([asked, first, again, early, due, other, changed] == [true, true, false, false, true, true, true])
    }
}
