// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTPCore
import NIOCore
import RedisClient
import RedisCore
import Telemetry

/// `/v1/channels`, `/v1/patterns` and `/v1/shard-channels`: what is published, as server-sent events. One subscription at Redis serves
/// all subscribers of a key on this loop, and a message is written once for all of them.
extension LoopContext {
    /// Between two signs of life.
    private static let heartbeatInterval = TimeAmount.seconds(10)

    /// Answers when all subscriptions are confirmed: what is published after the head of the answer was sent is not missed.
    func subscribe(to audiences: [ChannelAudience], for record: RequestRecord) {
        guard let upstream = self.upstream, !self.isDraining else {
            return self.respond(to: record, with: Problem(.shuttingDown))
        }
        let limit = self.configuration.subscribersMaximum - audiences.count - self.feeds.all.count
        if self.channels.count > limit { self.removeGone() }
        guard self.channels.count <= limit else {
            self.count(.subscribers)
            return self.respond(to: record, with: Problem.overloaded)
        }
        self.channels.count += audiences.count
        for audience in audiences {
            if self.channels.subscribers[audience] == nil { upstream.subscribe(audience.key) }
            self.channels.subscribers[audience, default: []].append(record.ticket)
        }
        self.armSubscriberHeartbeat()
        let unconfirmed = audiences.filter { !upstream.isSubscribed($0.key) }
        guard !unconfirmed.isEmpty else { return self.beginStream(of: audiences[0], for: record) }
        record.owner.hold()
        let deadline = self.now + self.configuration.gateway.commandTimeout
        for audience in unconfirmed {
            self.channels.waiters.append(.init(ticket: record.ticket, audience: audience, deadline: deadline))
        }
        self.armWaiterTimer(at: deadline)
    }

    /// What the upstream tells of subscriptions.
    func subscriptionChanged(_ event: SubscriptionOrder) {
        switch event {
        case .confirmed(let key):
            self.refreshNow()
            let waiters = self.channels.waiters.filter { $0.audience.key == key }
            self.channels.waiters.removeAll { $0.audience.key == key }
            for waiter in waiters {
                let isLast = !self.channels.waiters.contains { $0.ticket == waiter.ticket }
                guard isLast, let record = self.table.record(for: waiter.ticket) else { continue }
                self.beginStream(of: waiter.audience, for: record)
            }
        case .deliver(let key, let channel, let payload):
            let count = self.send(to: key) { ChannelFrame.message(key, channel: channel, payload: payload, $0) }
            self.shard.add(self.metrics.deliveries, by: count)
        case .gap(let key, let from, let to):
            self.shard.add(self.metrics.gaps)
            self.send(to: key) { ChannelFrame.gap(time: to - from, $0) }
        case .send, .fence, .retire: return
        }
        self.scheduleFlush()
    }

    /// Ends all streams: the gateway is draining.
    func endSubscriptions() {
        let subscribers = self.channels.subscribers
        self.channels.subscribers = [:]
        self.channels.waiters = []
        self.channels.count = 0
        for (audience, tickets) in subscribers {
            for ticket in tickets {
                guard let record = self.table.record(for: ticket) else { continue }
                if record.isStreaming {
                    self.finishResponse(of: record)
                } else {
                    self.respond(to: record, with: Problem(.shuttingDown))
                }
            }
            self.upstream?.unsubscribe(audience.key)
        }
        self.scheduleFlush()
    }

    private func beginStream(of audience: ChannelAudience, for record: RequestRecord) {
        var response = Response(
            status: 200, contentType: .eventStream, body: ChannelFrame.beginning(audience),
            fields: [ResponseField(.cacheControl, "no-cache")])
        response.isStreamed = true
        self.respond(to: record, with: response)
    }

    /// Sends to everybody who listens, and ends those who do not keep up.
    /// - Returns: To how many it was sent.
    @discardableResult
    private func send(to key: SubscriptionKey, _ frame: (SubscriptionStyle) -> ByteBuffer) -> Int {
        var count = 0
        for style in SubscriptionStyle.allCases {
            let audience = ChannelAudience(key: key, style: style)
            guard let tickets = self.channels.subscribers[audience] else { continue }
            count += self.send(frame(style), to: tickets, style)
        }
        return count
    }

    private func send(
        _ frame: ByteBuffer, to tickets: ContiguousArray<RequestTicket>, _ style: SubscriptionStyle
    ) -> Int {
        let limit = min(self.configuration.subscriberQueueBytes, self.configuration.queuedOutputBytes)
        var hasGone = false
        var count = 0
        for ticket in tickets {
            guard let record = self.table.record(for: ticket) else {
                hasGone = true
                continue
            }
            guard record.isStreaming else { continue }
            // What has come in one batch of messages may only wait for the flush behind them.
            if record.owner.unsentBytes + frame.readableBytes > limit { self.flushDirty() }
            if record.owner.unsentBytes + frame.readableBytes > limit {
                self.count(.subscriberQueue)
                record.owner.send(ChannelFrame.overflow(style))
                self.finishResponse(of: record)
                hasGone = true
            } else {
                record.owner.send(frame)
                count += 1
            }
        }
        if hasGone { self.removeGone() }
        return count
    }

    /// Forgets those whose requests are over, and what nobody listens to any more.
    private func removeGone() {
        for (audience, tickets) in self.channels.subscribers {
            let left = tickets.filter { self.table.record(for: $0) != nil }
            guard left.count < tickets.count else { continue }
            self.channels.count -= tickets.count - left.count
            self.channels.subscribers[audience] = left.isEmpty ? nil : ContiguousArray(left)
            if left.isEmpty { self.upstream?.unsubscribe(audience.key) }
        }
        self.channels.waiters.removeAll { self.table.record(for: $0.ticket) == nil }
    }

    // MARK: - Time

    private func armWaiterTimer(at deadline: NIODeadline) {
        guard self.channels.timer == nil else { return }
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        self.channels.timer = self.eventLoop.scheduleTask(deadline: deadline) { bound.value.endWaiting() }
    }

    /// Redis has not confirmed in time.
    private func endWaiting() {
        self.channels.timer = nil
        self.refreshNow()
        let late = self.channels.waiters.filter { $0.deadline <= self.now }
        self.channels.waiters.removeAll { $0.deadline <= self.now }
        for waiter in late {
            guard let record = self.table.record(for: waiter.ticket) else { continue }
            self.respond(to: record, with: Problem(.deadlinePassed(written: false)))
        }
        if !late.isEmpty { self.removeGone() }
        if let next = self.channels.waiters.map(\.deadline).min() { self.armWaiterTimer(at: next) }
        self.scheduleFlush()
    }

    private func armSubscriberHeartbeat() {
        guard self.channels.heartbeat == nil else { return }
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        self.channels.heartbeat = self.eventLoop.scheduleTask(in: Self.heartbeatInterval) {
            bound.value.beatSubscribers()
        }
    }

    private func beatSubscribers() {
        self.channels.heartbeat = nil
        self.refreshNow()
        self.removeGone()
        for tickets in self.channels.subscribers.values {
            for ticket in tickets {
                guard let record = self.table.record(for: ticket), record.isStreaming,
                    record.owner.unsentBytes == 0
                else { continue }
                record.owner.send(ChannelFrame.heartbeat)
            }
        }
        if self.channels.count > 0 { self.armSubscriberHeartbeat() }
        self.scheduleFlush()
    }
}
