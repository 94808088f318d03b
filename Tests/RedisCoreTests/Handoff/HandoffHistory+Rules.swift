// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP

@testable import RedisCore

/// What must hold after every step, and at rest.
extension HandoffHistory {
    func checkDelivery(_ push: MaintenancePush, on link: Link, before: HandoffMachine) {
        guard let event = push.event, link.peer != nil, !self.hasStopped else { return }
        switch event {
        case .closed(let kind, let sequence):
            let gone = before.windows.open.filter { window in !self.machine.windows.open.contains(window) }
            self.check(gone.count <= 1, "W3: an end has ended more than one window")
            for window in gone {
                let isOlder = window.sequence.map { opened in sequence.map { opened < $0 } ?? true } ?? true
                self.check(window.kind == kind && window.move == nil && isOlder, "W3, W7: an end of another window")
            }
        case .opened:
            self.check(link.state != .draining || self.machine.windows.open == before.windows.open, "M13: opened")
        case .moving(let sequence, let grace, let target):
            let identity = HandoffIdentity(sequence: sequence, target: target)
            let old = before.moves.first { $0.identity == identity }
            let new = self.machine.moves.first { $0.identity == identity }
            if link.state == .draining { self.check(old != nil || new == nil, "M13: a move is begun") }
            if let old, let new { self.check(old.record.deadline == new.record.deadline, "M1: the deadline has moved") }
            if old == nil, let new {
                self.check(new.record.deadline == self.now + max(grace, .seconds(1)), "M1: not the time that was given")
            }
        }
    }

    /// What holds at any time.
    func checkBounds() {
        guard !self.hasStopped, self.violations.isEmpty else { return }
        let moves = self.machine.moves
        self.check(moves.count <= HandoffMachine.movesMaximum, "too many moves")
        self.check(self.machine.windows.open.count <= RelaxedWindows.countMaximum + moves.count, "too many windows")
        self.check(
            self.machine.windows.open.allSatisfy { $0.peers.count <= RelaxedWindows.peersMaximum }, "too many peers")
        self.check(self.machine.recentStarts.count <= HandoffMachine.startsMaximum, "too many starts")
        self.check(self.machine.pastMoves.count <= 128 && self.machine.watched.count <= 16, "too long a memory")
        self.check(
            self.machine.connections.count == self.links.count,
            "connections: \(self.machine.connections.count) known, \(self.links.count) there")
        var members: [ConnectionID] = []
        for (place, move) in moves.enumerated() {
            self.check(!moves[..<place].contains { $0.identity == move.identity }, "M1: two moves of one identity")
            self.check(move.affected.count <= HandoffOperation.affectedMaximum, "too many peers of a move")
            for member in move.members {
                self.check(!members.contains(member.id), "M9: a member of two moves")
                members.append(member.id)
                let link = self.index(of: member.id).map { self.links[$0] }
                self.check(
                    link != nil && link?.role == .shared && link?.state != .draining, "a member that is not in use")
                if let replacement = member.replacement {
                    self.check(
                        self.index(of: replacement).map { self.links[$0].replaces } == member.id, "whose replacement?")
                }
            }
        }
        for window in self.machine.windows.open where window.move == nil {
            let cap = self.configuration.windowMaximum(window.kind)
            self.check(window.closesBy <= window.openedAt + cap, "W4, W6: a window beyond its cap")
        }
        let picture = self.machine.counters
        self.check(picture.pushes == self.oracle.pushes, "pushes are counted wrongly")
        self.check(picture.malformed == self.oracle.malformed && picture.unknown == self.oracle.unknown, "malformed")
        self.check(picture.refusedTargets == self.oracle.refused, "refused targets are counted wrongly")
        self.check(
            picture.handoffsDone == self.oracle.done && picture.handoffsFailed == self.oracle.failed,
            "ended moves are counted wrongly")
    }

    /// Everything is over.
    func checkRest() {
        self.check(self.machine.moves.isEmpty && !self.machine.isMoving, "a move is left")
        self.check(self.machine.windows.open.isEmpty && !self.machine.isAnyRelaxed, "a window is left")
        self.check(self.machine.watched.isEmpty, "a peer is still watched")
        self.check(self.machine.plan(former: nil, now: self.now) == DialPlan(), "M6: new connections go elsewhere")
        for link in self.links {
            self.check(link.state == .ready && link.replaces == nil, "connection \(link.id.number) is \(link.state)")
            self.check(self.machine.plan(former: link.peer, now: self.now) == DialPlan(), "M6: redials go elsewhere")
            self.check(!self.machine.isMaintained(link.peer, now: self.now + .seconds(130)), "maintenance without end")
        }
        guard self.isCalm else { return }
        self.check(self.machine.counters.handoffsFailed == 0, "a move failed in a world without faults")
        let strays = self.links.filter { $0.role == .shared && self.left.contains($0.peer) }
        self.check(strays.isEmpty, "\(strays.count) connections have not moved")
    }
}
