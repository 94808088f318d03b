// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import Testing

@testable import RedisCore

@Suite("Moves")
struct HandoffTests {
    @Test("M3, M4: dial, switch when ready, drain, done")
    func named() throws {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.moving(1, 15, HandoffScript.named, on: old)
        #expect(script.drain() == [.replace(old, HandoffScript.plan(1))])
        let new = try #require(script.dial(plan: HandoffScript.plan(1), replacing: old) as ConnectionID?)
        script.pass(to: .ms(20))
        #expect(script.picture.handoffs.map(\.phase) == [.dialing])
        script.machineConnected(new, peer(2))
        script.ready(new)
        #expect(script.drain() == [.switchRoutes(from: old, to: new)])
        #expect(script.picture.handoffs.map(\.phase) == [.draining])
        script.close(old, .replaced)
        #expect(script.picture.handoffs.isEmpty)
        #expect(script.picture.lastHandoff?.phase == .done)
        #expect(script.picture.lastHandoff?.duration == .milliseconds(20))
        #expect(script.picture.lastHandoff?.moved == 1)
        #expect(
            script.notes.map(\.change) == [
                .handoff(.waiting), .handoff(.dialing), .handoff(.draining), .handoff(.done),
            ])
        script.pass(to: .ms(30_000))
        #expect(script.machine.nextDeadline == .distantFuture)
    }

    @Test("M4: what is still in flight is cut off at the deadline minus the margin")
    func cut() throws {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.moving(1, 15, HandoffScript.named, on: old)
        let new = try #require(script.follow(old, to: peer(2)))
        script.ready(new)
        _ = script.drain()
        script.pass(to: .ms(14_499))
        #expect(script.drain().isEmpty)
        script.passOnce(to: .ms(14_500))
        #expect(script.drain() == [.close(old, .maintenance)])
    }

    @Test("M1: fifty connections that are told the same begin one move, and a storm of duplicates adds nothing")
    func once() {
        let script = HandoffScript { $0.parallelDialsMaximum = 100 }
        let ids = (0..<50).map { _ in script.connect(peer(1)) }
        for _ in 0..<20 {
            for id in ids { script.moving(1, 15, HandoffScript.named, on: id) }
        }
        #expect(script.drain() == ids.map { .replace($0, HandoffScript.plan(1)) })
        #expect(script.picture.counters.duplicates == 999)
        #expect(script.picture.handoffs.count == 1)
    }

    @Test("M2: connections to the same peer move, others stay; a second peer joins the same move")
    func peers() {
        let script = HandoffScript { $0.parallelDialsMaximum = 100 }
        let first = script.connect(peer(1))
        let sibling = script.connect(peer(1))
        let other = script.connect(peer(3))
        script.moving(1, 15, HandoffScript.named, on: first)
        #expect(script.drain() == [.replace(first, HandoffScript.plan(1)), .replace(sibling, HandoffScript.plan(1))])
        #expect(!script.isRelaxed(peer(3)))
        script.moving(1, 15, HandoffScript.named, on: other)
        #expect(script.drain() == [.replace(other, HandoffScript.plan(1))])
    }

    @Test("M5, M6: new connections go to the target until the deadline, afterwards to the configured endpoint")
    func override() throws {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.moving(1, 15, HandoffScript.named, on: old)
        let target = try #require(MovingTarget(HandoffScript.named))
        #expect(script.plan().target == .announced(target))
        #expect(script.plan(former: peer(1)).target == .announced(target))
        // M2: a connection of another peer keeps its endpoint.
        #expect(script.plan(former: peer(9)).target == .configured)
        let new = try #require(script.follow(old, to: peer(2)))
        script.ready(new)
        script.close(old)
        #expect(script.plan().target == .announced(target))
        script.pass(to: .ms(14_999))
        #expect(script.plan().target == .announced(target))
        script.pass(to: .ms(15_000))
        #expect(script.plan().target == .configured)
        #expect(script.drain().filter { $0 == .close(new, .replaced) }.isEmpty)
    }

    @Test("M7: a target that refuses connections is tried again with pauses; the old connection serves meanwhile")
    func retries() throws {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.moving(1, 15, HandoffScript.named, on: old)
        var attempts = 0
        while script.now < .ms(3000) {
            let new = try #require(script.follow(old, to: peer(2)))
            attempts += 1
            _ = script.drain()
            script.close(new, .dialFailed)
            while script.replaceCount == 0, script.now < .ms(3000) { script.pass(to: script.now + .milliseconds(10)) }
        }
        #expect((3...8).contains(attempts))
        while script.replaceCount == 0 { script.pass(to: script.now + .milliseconds(10)) }
        let new = try #require(script.follow(old, to: peer(2)))
        script.ready(new)
        #expect(script.drain().last == .switchRoutes(from: old, to: new))
        #expect(script.picture.handoffs.first?.failedDials == attempts)
    }

    @Test("M7: a target that does not want us is not tried again, and not used for new connections")
    func refusedByTarget() throws {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.moving(1, 15, HandoffScript.named, on: old)
        let new = try #require(script.follow(old, to: peer(2)))
        _ = script.drain()
        script.close(new, .refused)
        #expect(script.drain().isEmpty)
        #expect(script.picture.lastHandoff?.phase == .failed)
        #expect(script.plan(former: peer(1)).target == .configured)
        script.pass(to: .ms(60_000))
        #expect(script.drain().isEmpty)
        #expect(script.machine.nextDeadline == .distantFuture)
    }

    @Test("M7: a target that never answers fails the move at its deadline; a late candidate is closed")
    func late() throws {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.moving(1, 15, HandoffScript.named, on: old)
        let new = try #require(script.follow(old, to: peer(2)))
        _ = script.drain()
        script.pass(to: .ms(15_000))
        #expect(script.drain() == [.close(new, .replaced)])
        #expect(script.picture.lastHandoff?.phase == .failed)
        script.ready(new)
        #expect(script.drain().isEmpty)
    }

    @Test("M8: a peer that closes early was closed by maintenance; the redial goes to the target, then takes turns")
    func early() throws {
        let script = HandoffScript()
        let target = try #require(MovingTarget(HandoffScript.named))
        let old = script.connect(peer(1))
        #expect(!script.machine.isMaintained(peer(1), now: script.now))
        script.moving(1, 15, HandoffScript.named, on: old)
        #expect(script.machine.isMaintained(peer(1), now: script.now))
        let new = try #require(script.follow(old, to: peer(2)))
        script.close(new, .dialFailed)
        script.close(old, .maintenance)
        var plan = script.plan(former: peer(1))
        #expect(plan.target == .announced(target))
        script.close(script.dial(plan: plan), .dialFailed)
        plan = script.plan(former: peer(1))
        #expect(plan.target == .configured)
        script.close(script.dial(plan: plan), .dialFailed)
        plan = script.plan(former: peer(1))
        #expect(plan.target == .announced(target))
        _ = script.connect(peer(2), plan: plan)
        #expect(script.picture.lastHandoff?.phase == .done)
        // The server closes up to seconds after its deadline.
        script.pass(to: .ms(19_000))
        #expect(script.machine.isMaintained(peer(1), now: script.now))
        script.pass(to: .ms(20_000))
        #expect(!script.machine.isMaintained(peer(1), now: script.now))
    }

    @Test("M8: a replacement that is on its way when the old connection is lost becomes the connection")
    func promoted() throws {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.moving(1, 15, HandoffScript.named, on: old)
        let new = try #require(script.follow(old, to: peer(2)))
        script.close(old, .maintenance)
        _ = script.drain()
        script.ready(new)
        #expect(script.drain().isEmpty)
        #expect(script.picture.lastHandoff?.phase == .done)
        #expect(script.picture.lastHandoff?.moved == 1)
    }

    @Test("M9: another target before the switch: the dial is given up and the newest target wins")
    func retarget() throws {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.moving(1, 15, HandoffScript.named, on: old)
        let first = try #require(script.follow(old, to: peer(2)))
        _ = script.drain()
        script.moving(2, 15, "10.0.0.3:6380", on: old)
        #expect(script.drain() == [.close(first, .replaced), .replace(old, HandoffScript.plan(2, "10.0.0.3:6380"))])
        #expect(script.picture.handoffs.map(\.identity.sequence) == [2])
        script.moving(1, 15, HandoffScript.named, on: old)
        #expect(script.drain().isEmpty)
    }

    @Test("M9: another target after the switch: the new connection is the old one of a second move")
    func again() throws {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.moving(1, 15, HandoffScript.named, on: old)
        let first = try #require(script.follow(old, to: peer(2)))
        script.ready(first)
        script.close(old)
        _ = script.drain()
        script.moving(2, 15, "10.0.0.3:6380", on: first)
        #expect(script.drain() == [.replace(first, HandoffScript.plan(2, "10.0.0.3:6380"))])
        let second = try #require(
            script.dial(plan: HandoffScript.plan(2, "10.0.0.3:6380"), replacing: first) as ConnectionID?)
        script.machineConnected(second, peer(3))
        script.ready(second)
        #expect(script.drain() == [.switchRoutes(from: first, to: second)])
    }

    @Test("M9: a replacement that is sent on during its handshake takes what it was to replace along")
    func sentOn() throws {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.moving(1, 15, HandoffScript.named, on: old)
        let first = try #require(script.follow(old, to: peer(2)))
        _ = script.drain()
        script.moving(2, 15, "10.0.0.3:6380", on: first)
        #expect(script.drain() == [.close(first, .replaced), .replace(old, HandoffScript.plan(2, "10.0.0.3:6380"))])
    }

    @Test("M9: a MOVING that is late on a sibling takes nothing back from the newer one")
    func lateSibling() throws {
        let script = HandoffScript { $0.parallelDialsMaximum = 9 }
        let ids = (0..<3).map { _ in script.connect(peer(1)) }
        script.moving(1, 15, HandoffScript.named, on: ids[0])
        let first = try #require(script.follow(ids[0], to: peer(2)))
        script.ready(first)
        _ = script.drain()
        // The first is still drained, so that the older move goes on.
        script.moving(2, 15, "10.0.0.3:6380", on: ids[1])
        let plan = HandoffScript.plan(2, "10.0.0.3:6380")
        #expect(script.drain() == [.replace(ids[1], plan), .replace(ids[2], plan)])
        script.moving(1, 15, HandoffScript.named, on: ids[2])
        #expect(script.drain().isEmpty)
        #expect(script.picture.handoffs.map(\.remaining) == [1, 2])
    }

    @Test("M10: without a target nothing happens until half of the grace, then the configured endpoint is dialled")
    func null() {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.moving(1, 15, nil, on: old)
        script.pass(to: .ms(7499))
        #expect(script.drain().isEmpty)
        script.pass(to: .ms(7500))
        #expect(script.drain() == [.replace(old, HandoffScript.null(1))])
    }

    @Test("M10: half of one second is half a second, and of none is now", arguments: [(1, 500), (0, 0)])
    func shortNull(seconds: Int64, half: Int64) {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.moving(1, seconds, nil, on: old)
        if half > 0 {
            script.pass(to: .ms(half - 1))
            #expect(script.drain().isEmpty)
        }
        script.pass(to: .ms(half))
        #expect(script.drain() == [.replace(old, HandoffScript.null(1))])
    }

    @Test("M10: the name is looked up each second, and an address that is not retiring is dialled at once")
    func nullByName() throws {
        let script = HandoffScript(hasName: true)
        let old = script.connect(peer(1))
        script.moving(1, 15, nil, on: old)
        script.pass(to: .ms(1000))
        #expect(script.drain() == [.resolve])
        script.resolved([IPAddress(ipv4: 10 << 24 | 1)])
        script.pass(to: .ms(2000))
        #expect(script.drain() == [.resolve])
        let fresh = IPAddress(ipv4: 10 << 24 | 2)
        script.resolved([IPAddress(ipv4: 10 << 24 | 1), fresh])
        var plan = HandoffScript.null(1)
        plan.target = .resolved(fresh)
        #expect(script.drain() == [.replace(old, plan)])
        #expect(script.plan(former: peer(1)).target == .resolved(fresh))
    }

    @Test("M10: a named MOVING supersedes one without a target, and a close cancels its timer")
    func nullThenNamed() {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.moving(1, 15, nil, on: old)
        script.moving(2, 15, HandoffScript.named, on: old)
        #expect(script.drain() == [.replace(old, HandoffScript.plan(2))])
        let other = HandoffScript()
        let lost = other.connect(peer(1))
        other.moving(1, 15, nil, on: lost)
        other.close(lost, .maintenance)
        other.pass(to: .ms(15_000))
        #expect(other.drain().isEmpty)
        #expect(other.machine.nextDeadline == .distantFuture)
    }

    @Test(
        "M11: a replacement that is told the same MOVING has landed on the old node; one dial a second until it works")
    func replay() throws {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.moving(1, 15, nil, on: old)
        script.pass(to: .ms(7500))
        var dials = 0
        while script.now < .ms(14_400) {
            guard script.replaceCount > 0, let new = script.follow(old, to: peer(1)) else {
                script.pass(to: script.now + .milliseconds(100))
                continue
            }
            _ = script.drain()
            dials += 1
            script.ready(new)
            script.moving(1, 7, nil, on: new)
            #expect(script.drain() == [.close(new, .replaced)])
        }
        #expect((6...8).contains(dials))
        #expect(script.picture.handoffs.first?.moved == 0)
    }

    @Test("M11: the same address without a replay is adopted, after a moment")
    func sameAddress() throws {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.moving(1, 15, nil, on: old)
        script.pass(to: .ms(7500))
        let new = try #require(script.follow(old, to: peer(1)))
        script.ready(new)
        _ = script.drain()
        script.pass(to: .ms(7999))
        #expect(script.drain().isEmpty)
        script.pass(to: .ms(8000))
        #expect(script.drain() == [.switchRoutes(from: old, to: new)])
        script.close(old)
        script.pass(to: .ms(20_000))
        #expect(script.drain().isEmpty)
        #expect(script.picture.lastHandoff?.phase == .done)
    }

    @Test("M12: a random delay of a tenth of the grace at most, and a bounded number of dials at a time")
    func jitter() throws {
        let script = HandoffScript { $0.jitterMaximum = .seconds(1) }
        let ids = (0..<4).map { _ in script.connect(peer(1)) }
        script.moving(1, 5, HandoffScript.named, on: ids[0])
        script.pass(to: .ms(500))
        #expect(script.replaceCount == 2)
        let first = try #require(script.follow(ids[0], to: peer(2)))
        _ = script.follow(ids[1], to: peer(2))
        _ = script.drain()
        script.ready(first)
        #expect(script.drain() == [.switchRoutes(from: ids[0], to: first), .replace(ids[2], HandoffScript.plan(1))])
    }

    @Test("M13: a MOVING and openings on a connection that is being drained are ignored, ends are not")
    func draining() throws {
        let script = HandoffScript()
        let old = script.connect(peer(1))
        script.receive(.opened(.failover, sequence: 1, shards: nil), on: old)
        script.moving(2, 15, HandoffScript.named, on: old)
        let new = try #require(script.follow(old, to: peer(2)))
        script.ready(new)
        _ = script.drain()
        script.moving(3, 15, "10.0.0.9:1", on: old)
        script.receive(.opened(.migration, sequence: 4, shards: nil), on: old)
        #expect(script.drain().isEmpty)
        #expect(script.picture.counters.ignored == 2)
        script.receive(.closed(.failover, sequence: 5), on: old)
        #expect(script.picture.windows.isEmpty)
    }
}
