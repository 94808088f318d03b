// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTPCore
import NIOCore
import RedisClient
import RedisCore

/// `/v1/maintenance`: answered from this loop's memory, which the board keeps up to date.
extension LoopContext {
    /// Takes part in the board.
    /// - Parameters:
    ///   - board: Where the loops tell each other.
    ///   - loop: This loop's number there.
    func watchMaintenance(_ board: MaintenanceBoard, as loop: Int) {
        self.maintenance.board = board
        self.maintenance.loop = loop
        self.maintenance.publication = board.publication
        self.upstream?.subscriptionEvent = { [unowned self] event in self.subscriptionChanged(event) }
        self.upstream?.maintenanceChanged = { [unowned self] note in self.maintenanceChanged(note) }
        // What has happened before anybody listened.
        guard let picture = self.upstream?.maintenanceSnapshot else { return }
        if picture.notifications != .off {
            self.maintenanceChanged(MaintenanceNote(.notifications(picture.notifications)))
        }
        self.maintenanceChanged(MaintenanceNote(.state(picture.state)))
    }

    /// What comes of one event is told together.
    private func maintenanceChanged(_ note: MaintenanceNote) {
        self.maintenance.notes.append(note)
        guard self.maintenance.notes.count == 1 else { return }
        self.eventLoop.assumeIsolated().execute { self.reportMaintenance() }
    }

    /// Tells the board what has happened here.
    func reportMaintenance() {
        let notes = self.maintenance.notes
        guard !notes.isEmpty else { return }
        self.maintenance.notes = []
        guard let upstream = self.upstream, let board = self.maintenance.board else { return }
        board.report(notes, upstream.maintenanceSnapshot, from: self.maintenance.loop, now: self.eventLoop.now)
    }

    /// A newer publication has come; or an older one, that was overtaken.
    func published(_ publication: MaintenancePublication) {
        guard let current = self.maintenance.publication, publication.number > current.number else { return }
        self.maintenance.publication = publication
        guard publication.revision > current.revision else { return }
        self.refreshNow()
        self.answerWaiters { _ in true }
        self.sendMaintenanceEvents()
    }

    // MARK: GET

    func respondWithMaintenance(to record: RequestRecord) {
        guard let publication = self.maintenance.publication else {
            return self.respond(to: record, with: Problem.overloaded)
        }
        guard self.isKnown(publication, to: record.fields) else {
            return self.respond(to: record, with: Self.response(publication))
        }
        guard record.fields.contains(.prefer), let seconds = self.wait(of: record.fields), seconds > 0,
            !self.isDraining, self.hasRoomForWatcher()
        else { return self.respond(to: record, with: Self.notModified(publication)) }
        record.owner.hold()
        let deadline = self.now + .seconds(Int64(seconds))
        self.maintenance.waiters.append(.init(ticket: record.ticket, deadline: deadline, seconds: seconds))
        self.armMaintenanceTimer(at: deadline)
    }

    /// Whether the caller has this revision.
    private func isKnown(_ publication: MaintenancePublication, to fields: RequestFields) -> Bool {
        guard fields.contains(.ifNoneMatch) else { return false }
        let tag = publication.tag
        return fields.withValue(of: .ifNoneMatch) { EntityTag.list($0, holds: tag.span) }
    }

    /// How long the caller is willing to wait, as far as it is granted.
    private func wait(of fields: RequestFields) -> Int? {
        let seconds = fields.withValue(of: .prefer) { Prefer.wait($0) }
        let limit = self.configuration.maintenanceWaitMaximum.nanoseconds / 1_000_000_000
        return seconds.map { min($0, Int(limit)) }
    }

    /// Whether one more request may wait for news. If not, that is counted.
    func hasRoomForWatcher() -> Bool {
        let limit = self.configuration.maintenanceWatchersMaximum
        if self.maintenance.watchers >= limit {
            // Those whose callers have gone make room.
            self.maintenance.waiters.removeAll { self.table.record(for: $0.ticket) == nil }
            self.maintenance.subscribers.removeAll { self.table.record(for: $0.ticket) == nil }
        }
        guard self.maintenance.watchers < limit else {
            self.count(.maintenanceWatchers)
            return false
        }
        return true
    }

    private static func response(_ publication: MaintenancePublication, waited seconds: Int? = nil) -> Response {
        Response(
            status: 200, contentType: .json, body: publication.snapshot, fields: Self.fields(publication, seconds))
    }

    private static func notModified(_ publication: MaintenancePublication, waited seconds: Int? = nil) -> Response {
        Response(status: 304, fields: Self.fields(publication, seconds))
    }

    private static func fields(_ publication: MaintenancePublication, _ seconds: Int?) -> [ResponseField] {
        let fields = [ResponseField(.etag, publication.entityTag), ResponseField(.cacheControl, "no-cache")]
        return seconds.map { fields + [ResponseField(.preferenceApplied, "wait=\($0)")] } ?? fields
    }

    // MARK: Waiting

    /// SIGTERM was received.
    func startDraining() {
        self.isDraining = true
        self.refreshNow()
        self.answerWaiters { _ in true }
        self.endMaintenanceEvents()
        self.endSubscriptions()
        self.endFeeds()
    }

    private func armMaintenanceTimer(at deadline: NIODeadline) {
        guard deadline < self.maintenance.timerDeadline else { return }
        self.maintenance.timer?.cancel()
        self.maintenance.timerDeadline = deadline
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        self.maintenance.timer = self.eventLoop.scheduleTask(deadline: deadline) {
            bound.value.maintenanceTimerFired()
        }
    }

    private func maintenanceTimerFired() {
        self.maintenance.timerDeadline = .distantFuture
        self.refreshNow()
        let now = self.now
        self.answerWaiters { $0.deadline <= now }
        if let next = self.maintenance.waiters.map(\.deadline).min() { self.armMaintenanceTimer(at: next) }
    }

    private func answerWaiters(_ isDue: (MaintenanceWatch.Waiter) -> Bool) {
        guard let publication = self.maintenance.publication, !self.maintenance.waiters.isEmpty else { return }
        let waiters = self.maintenance.waiters
        self.maintenance.waiters = waiters.filter { !isDue($0) }
        for waiter in waiters where isDue(waiter) {
            guard let record = self.table.record(for: waiter.ticket) else { continue }
            if self.isKnown(publication, to: record.fields) {
                self.respond(to: record, with: Self.notModified(publication, waited: waiter.seconds))
            } else {
                self.respond(to: record, with: Self.response(publication, waited: waiter.seconds))
            }
        }
        self.scheduleFlush()
    }

    // MARK: POST

    /// Begins a move by hand on all event loops.
    func begin(_ order: HandoffOrder, for record: RequestRecord) {
        guard let board = self.maintenance.board, !self.isDraining else {
            return self.respond(to: record, with: Problem(.shuttingDown))
        }
        let ticket = record.ticket
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        board.begin(order, on: self.eventLoop).whenSuccess { hasBegun in
            bound.value.began(hasBegun, ticket: ticket)
        }
    }

    private func began(_ hasBegun: Bool, ticket: RequestTicket) {
        guard let record = self.table.record(for: ticket), let board = self.maintenance.board else { return }
        self.refreshNow()
        if hasBegun {
            // The newest one, which holds the move; it may not have come to this loop yet.
            var response = Self.response(board.publication)
            response.status = 202
            self.respond(to: record, with: response)
        } else {
            let problem = Problem(.overloaded, detail: "Too many moves go on; try again when one has ended.")
            self.respond(to: record, with: problem.with { $0.retryAfter = 10 })
        }
        self.scheduleFlush()
    }
}
