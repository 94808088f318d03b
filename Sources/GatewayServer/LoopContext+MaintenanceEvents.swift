// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTPCore
import NIOCore
import RedisCore

/// `/v1/maintenance/events`: server-sent events (HTML Living Standard, section 9.2).
extension LoopContext {
    /// Unsent bytes of a subscriber beyond which it is cut off, if a connection may hold as many.
    private static let unsentLimit = 256 * 1024
    /// Between two signs of life: proxies and callers may expect one every 15 s.
    private static let heartbeatInterval = TimeAmount.seconds(10)

    func openMaintenanceEvents(for record: RequestRecord) {
        guard let publication = self.maintenance.publication, !self.isDraining else {
            return self.respond(to: record, with: Problem(.shuttingDown))
        }
        guard self.hasRoomForWatcher() else { return self.respond(to: record, with: Problem.overloaded) }
        var body = ByteBuffer(staticString: "retry: 1000\n\n")
        let known = record.fields.string(.lastEventID).flatMap { publication.revision(of: $0) }
        body.writeImmutableBuffer(publication.frames(since: known))
        var response = Response(
            status: 200, contentType: .eventStream, body: body, fields: [ResponseField(.cacheControl, "no-cache")])
        response.isStreamed = true
        let ticket = record.ticket
        self.respond(to: record, with: response)
        guard record.isStreaming, record.ticket == ticket else { return }
        self.maintenance.subscribers.append(.init(ticket: ticket, revision: publication.revision))
        self.armHeartbeat()
    }

    /// A new revision has come.
    func sendMaintenanceEvents() {
        guard let publication = self.maintenance.publication, !self.maintenance.subscribers.isEmpty else { return }
        let limit = min(Self.unsentLimit, self.configuration.queuedOutputBytes)
        self.updateSubscribers { record, subscriber in
            guard record.owner.unsentBytes <= limit else {
                record.owner.send(ByteBuffer(staticString: "event: overflow\ndata: {}\n\n"))
                self.count(.maintenanceWatchers)
                return false
            }
            record.owner.send(publication.frames(since: subscriber.revision))
            subscriber.revision = publication.revision
            return true
        }
    }

    /// Ends all streams: the gateway is draining, and the callers are to go elsewhere.
    func endMaintenanceEvents() {
        self.updateSubscribers { _, _ in false }
    }

    /// Goes through the subscribers that are still there. Those for which `update` returns false are ended.
    private func updateSubscribers(
        _ update: (RequestRecord, inout MaintenanceWatch.Subscriber) -> Bool
    ) {
        let subscribers = self.maintenance.subscribers
        self.maintenance.subscribers.removeAll(keepingCapacity: true)
        for var subscriber in subscribers {
            guard let record = self.table.record(for: subscriber.ticket) else { continue }
            if update(record, &subscriber) {
                self.maintenance.subscribers.append(subscriber)
            } else {
                self.finishResponse(of: record)
            }
        }
        self.scheduleFlush()
    }

    private func armHeartbeat() {
        guard self.maintenance.heartbeat == nil else { return }
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        self.maintenance.heartbeat = self.eventLoop.scheduleTask(in: Self.heartbeatInterval) {
            bound.value.beat()
        }
    }

    private func beat() {
        self.maintenance.heartbeat = nil
        self.refreshNow()
        self.updateSubscribers { record, _ in
            // A peer that takes nothing needs no sign of life: the write timeout ends it.
            if record.owner.unsentBytes == 0 { record.owner.send(ByteBuffer(staticString: ": hb\n\n")) }
            return true
        }
        if !self.maintenance.subscribers.isEmpty { self.armHeartbeat() }
    }
}
