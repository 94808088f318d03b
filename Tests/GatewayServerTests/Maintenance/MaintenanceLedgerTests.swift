// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import NIOCore
import RedisCore
import Telemetry
import Testing

@testable import GatewayServer

@Suite("Maintenance ledger")
struct MaintenanceLedgerTests {
    /// Event loops as they report to a ledger.
    private struct World {
        var ledger: MaintenanceLedger
        var pictures: [UpstreamMaintenance]
        var now = NIODeadline.uptimeNanoseconds(1_000_000_000)

        init(loops: Int = 2) {
            var picture = UpstreamMaintenance(mode: .auto, configuredTimeout: .seconds(1))
            picture.state = .normal
            picture.connections.ready = 1
            self.pictures = Array(repeating: picture, count: loops)
            self.ledger = MaintenanceLedger(
                mark: "m", endpoint: "redis://a:1/0", pictures: self.pictures, now: self.now,
                clock: WallClock(now: self.now, milliseconds: 1_700_000_000_000))
        }

        /// A loop changes its picture and tells of it; whether that was a new revision.
        mutating func tell(
            _ loop: Int, _ note: MaintenanceNote, _ change: (inout UpstreamMaintenance) -> Void = { _ in }
        ) -> Bool {
            self.now = self.now + .milliseconds(1)
            change(&self.pictures[loop])
            return !self.ledger.report([note], self.pictures[loop], from: loop, now: self.now).isEmpty
        }

        var changes: [MaintenanceNote.Change] { self.ledger.history.map(\.note.change) }

        func record(_ sequence: Int64, _ phase: HandoffPhase, moved: Int = 0) -> HandoffRecord {
            var record = HandoffRecord(
                identity: HandoffIdentity(sequence: sequence, target: MovingTarget("b:2")), announcedAt: self.now,
                deadline: self.now + .seconds(15), phase: phase)
            record.moved = moved
            return record
        }
    }

    private static func window(_ kind: WindowKind, _ sequence: Int64, _ now: NIODeadline) -> UpstreamMaintenance.Window
    {
        UpstreamMaintenance.Window(
            kind: kind, sequence: sequence, shards: nil, openedAt: now, closesBy: now + .seconds(60))
    }

    @Test("the same announcement on two loops is one revision, and so is its end, which counts when both have it")
    func windowOnTwoLoops() {
        var world = World()
        let opened = MaintenanceNote(.windowOpened(.migration), sequence: 7)
        let closed = MaintenanceNote(.windowClosed(.migration), sequence: 7)
        let now = world.now
        var news: [Bool] = []
        news.append(world.tell(0, opened) { $0.windows = [Self.window(.migration, 7, now)] })
        news.append(world.tell(1, opened) { $0.windows = [Self.window(.migration, 7, now)] })
        #expect(news == [true, false])
        #expect(world.ledger.picture.windows.count == 1)
        news.append(world.tell(0, closed) { $0.windows = [] })
        #expect(world.ledger.picture.windows.count == 1, "the other loop still has it")
        news.append(world.tell(1, closed) { $0.windows = [] })
        #expect(news == [true, false, false, true])
        #expect(world.changes == [.windowOpened(.migration), .windowClosed(.migration)])
        #expect(world.ledger.picture.windows.isEmpty)
        #expect(world.ledger.revision == 2)
    }

    @Test("a loop that tells the same again has something new")
    func again() {
        var world = World()
        let refused = MaintenanceNote(.targetRefused, target: MovingTarget("c:3"))
        var news: [Bool] = []
        for loop in [0, 1, 0, 1, 1, 0] { news.append(world.tell(loop, refused)) }
        #expect(news == [true, false, true, false, true, false])
    }

    @Test("a move is one revision a phase, its end when the last loop is done, and its counts are sums")
    func move() {
        var world = World()
        func note(_ phase: HandoffPhase) -> MaintenanceNote {
            MaintenanceNote(.handoff(phase), sequence: 9, target: MovingTarget("b:2"))
        }
        for phase in [HandoffPhase.waiting, .dialing, .switched, .draining] {
            for loop in [1, 0] {
                let record = world.record(9, phase, moved: phase == .draining ? 2 : 0)
                let isNews = world.tell(loop, note(phase)) { $0.handoffs = [record] }
                #expect(isNews == (loop == 1), "\(phase) of loop \(loop)")
            }
        }
        #expect(world.ledger.picture.handoffs.map(\.moved) == [4])
        var done = world.record(9, .done, moved: 2)
        done.endedAt = world.now
        var failed = world.record(9, .failed, moved: 1)
        failed.endedAt = world.now + .seconds(1)
        let first = world.tell(0, note(.failed)) {
            $0.handoffs = []
            $0.lastHandoff = failed
        }
        #expect(!first)
        #expect(world.ledger.picture.handoffs.map(\.phase) == [.draining], "the other loop is at it")
        let last = world.tell(1, note(.done)) {
            $0.handoffs = []
            $0.lastHandoff = done
        }
        #expect(last)
        #expect(world.ledger.picture.handoffs.isEmpty)
        #expect(world.ledger.picture.lastHandoff?.moved == 3)
        #expect(world.ledger.picture.lastHandoff?.phase == .failed)
        #expect(world.changes.last == .handoff(.failed), "it has failed on a loop, so it has failed")
        #expect(world.ledger.revision == 5)
    }

    @Test("a loop that comes late makes a revision when that changes the world")
    func late() {
        var world = World()
        let opened = MaintenanceNote(.windowOpened(.failover), sequence: 1)
        let closed = MaintenanceNote(.windowClosed(.failover), sequence: 1)
        let now = world.now
        var news: [Bool] = []
        news.append(world.tell(0, opened) { $0.windows = [Self.window(.failover, 1, now)] })
        news.append(world.tell(0, closed) { $0.windows = [] })
        news.append(world.tell(1, opened) { $0.windows = [Self.window(.failover, 1, now)] })
        news.append(world.tell(1, closed) { $0.windows = [] })
        #expect(news == [true, true, true, true])
    }

    @Test("a move that a loop begins when the others have ended it is told once more, at its end")
    func lateMove() {
        var world = World()
        let target = MovingTarget("b:2")
        func notes(_ phases: HandoffPhase...) -> [MaintenanceNote] {
            phases.map { MaintenanceNote(.handoff($0), sequence: 9, target: target) }
        }
        var phases: [[HandoffPhase]] = []
        for loop in 0...1 {
            world.pictures[loop].handoffs = [world.record(9, .dialing)]
            world.now = world.now + .milliseconds(1)
            let begun = world.ledger.report(notes(.waiting, .dialing), world.pictures[loop], from: loop, now: world.now)
            var done = world.record(9, .done, moved: 1)
            done.endedAt = world.now
            world.pictures[loop].handoffs = []
            world.pictures[loop].lastHandoff = done
            let ended = world.ledger.report(
                notes(.switched, .draining, .done) + [MaintenanceNote(.state(.normal))], world.pictures[loop],
                from: loop, now: world.now)
            for events in [begun, ended] {
                phases.append(
                    events.compactMap { if case .handoff(let phase) = $0.note.change { phase } else { nil } })
            }
        }
        #expect(phases == [[.waiting, .dialing], [.switched, .draining, .done], [], [.done]])
        #expect(world.ledger.picture.lastHandoff?.moved == 2)
    }

    @Test("the state is the worst of all loops, and a revision when that changes")
    func states() {
        var world = World(loops: 3)
        func tell(_ loop: Int, _ state: UpstreamMaintenance.State) -> Bool {
            world.tell(loop, MaintenanceNote(.state(state))) { $0.state = state }
        }
        var news = [tell(0, .moving), tell(1, .relaxed), tell(2, .moving)]
        #expect(news == [true, false, false])
        #expect(world.ledger.state == .maintenance)
        news = [tell(1, .reconnecting), tell(0, .normal)]
        #expect(news == [true, false])
        #expect(world.ledger.state == .degraded)
        news = [tell(0, .reconnecting), tell(2, .down)]
        #expect(news == [false, true])
        #expect(world.ledger.state == .down)
        news = [tell(0, .normal), tell(1, .normal), tell(2, .normal)]
        #expect(news == [true, false, true], "down is over with the first loop, degraded with the last")
        #expect(world.ledger.state == .normal)
    }

    @Test("the newest 64 events are kept")
    func historyIsBounded() {
        var world = World(loops: 1)
        for sequence in 1...200 {
            _ = world.tell(0, MaintenanceNote(.targetRefused, sequence: Int64(sequence)))
        }
        #expect(world.ledger.history.count == 64)
        #expect(world.ledger.history.map(\.revision) == Array(137...200))
        #expect(world.ledger.revision == 200)
    }

    @Test("the document is JSON with wall-clock times")
    func document() throws {
        var world = World()
        let window = UpstreamMaintenance.Window(
            kind: .slotMigration, sequence: nil, shards: "1,2\"", openedAt: world.now,
            closesBy: world.now + .seconds(60))
        let record = world.record(3, .dialing)
        _ = world.tell(0, MaintenanceNote(.windowOpened(.slotMigration))) {
            $0.windows = [window]
            $0.handoffs = [record]
            $0.state = .moving
        }
        let data = Data(MaintenanceDocument.snapshot(world.ledger).readableBytesView)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["state"] as? String == "maintenance")
        #expect(object["revision"] as? Int == 1)
        #expect(object["since"] as? String == "2023-11-14T22:13:20.001Z")
        let upstream = try #require((object["upstreams"] as? [[String: Any]])?.first)
        #expect(upstream["endpoint"] as? String == "redis://a:1/0")
        #expect((upstream["connections"] as? [String: Int])?["ready"] == 2)
        let windows = try #require(upstream["windows"] as? [[String: Any]])
        #expect(windows.first?["kind"] as? String == "slot_migration")
        #expect(windows.first?["closes_by"] as? String == "2023-11-14T22:14:20.000Z")
        #expect(windows.first?["seq"] is NSNull)
        let handoffs = try #require(upstream["handoffs"] as? [[String: Any]])
        #expect(handoffs.first?["target"] as? String == "b:2")
        #expect(upstream["last_handoff"] is NSNull)
        let history = try #require(object["history"] as? [[String: Any]])
        #expect(history.first?["event"] as? String == "window_opened")
    }
}
