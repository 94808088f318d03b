// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTPCore
import NIOCore
import RedisClient
import RedisCore

/// Answers that many requests to Redis make: a scan of all keys, the entries of a stream. The next request is made when the reader
/// has taken most of what the last one brought, so that no feed holds more than a page.
extension LoopContext {
    /// Unsent bytes beyond which nothing more is asked for.
    private static let unsentLimit = 64 * 1024
    /// How long a feed waits before it tries again.
    private static let rest = TimeAmount.milliseconds(250)
    private static let heartbeatInterval = TimeAmount.seconds(10)

    func begin(_ feed: Feed, for record: RequestRecord) {
        guard self.upstream != nil, !self.isDraining else {
            return self.respond(to: record, with: Problem(.shuttingDown))
        }
        guard self.feeds.all.count + self.channels.count < self.configuration.subscribersMaximum else {
            self.count(.subscribers)
            return self.respond(to: record, with: Problem.overloaded)
        }
        self.feeds.all.insert(record.ticket)
        if case .entries = feed { record.owner.hold() }
        self.armFeedHeartbeat()
        self.ask(feed, for: record)
    }

    private func ask(_ feed: Feed, for record: RequestRecord) {
        // Each request of a feed has its own time.
        record.timedFrom = self.now
        record.work.start(feed)
        self.submitWork(of: record, feed.plan, hasSoftDeadline: true)
    }

    /// A reply to a feed has come.
    func feedAdvanced(_ record: RequestRecord) {
        guard let feed = record.work.feed, let step = record.work.takeStep() else { return }
        if let problem = step.problem { return self.end(record, feed, problem) }
        let ticket = record.ticket
        self.send(step, to: record, feed)
        // The response may have found no room.
        guard record.isStreaming, record.ticket == ticket else { return }
        if case .entries(let entries) = feed, self.feeds.tails[entries.key]?.leader == ticket {
            self.tellFollowers(of: entries, step)
        }
        self.goOn(record, feed)
    }

    private func send(_ step: FeedStep, to record: RequestRecord, _ feed: Feed) {
        guard !record.isStreaming else {
            if !step.parts.isEmpty { record.owner.send(step.bytes) }
            return
        }
        var body = feed.beginning
        body.writeImmutableBuffer(step.bytes)
        var response = Response(
            status: 200, contentType: feed.contentType, body: body,
            fields: [ResponseField(.cacheControl, "no-cache")])
        response.isStreamed = true
        self.respond(to: record, with: response)
    }

    private func goOn(_ record: RequestRecord, _ feed: Feed) {
        switch feed.stage {
        case .end: self.finishResponse(of: record)
        case .ask: self.askSoon(record)
        case .wait:
            guard case .entries(let entries) = feed else { return }
            self.wait(record, entries)
        }
    }

    /// Asks for more when the batch is over, if the reader keeps up.
    private func askSoon(_ record: RequestRecord) {
        if record.owner.unsentBytes > Self.unsentLimit {
            record.owner.notePausedFeed()
            self.feeds.paused.append(record.ticket)
        } else {
            self.feeds.ready.append(record.ticket)
        }
    }

    /// What failed before the answer had begun is its answer. A scan that has begun says so in its last line; the entries of what is
    /// no stream any more just end, and the problem is the answer to whoever comes again.
    private func end(_ record: RequestRecord, _ feed: Feed, _ problem: Problem) {
        self.leaveTail(record.ticket, feed)
        guard record.isStreaming else { return self.respond(to: record, with: problem) }
        let ending = feed.ending(problem)
        if ending.readableBytes > 0 { record.owner.send(ending) }
        self.finishResponse(of: record)
    }

    /// A request of a feed has failed.
    func feedFailed(_ record: RequestRecord, _ failure: RedisFailure) {
        guard let feed = record.work.feed else { return }
        guard record.isStreaming, case .entries(var entries) = feed, !self.isDraining, self.upstream != nil else {
            return self.end(record, feed, Problem(failure, retryClass: .readOnly))
        }
        let tail = self.feeds.tails[entries.key]
        if tail?.leader == record.ticket {
            self.feeds.tails[entries.key] = nil
            for ticket in tail?.followers ?? [] { self.rest(ticket) }
        }
        entries.catchUp()
        record.work.feed = .entries(entries)
        self.rest(record.ticket)
    }

    private func rest(_ ticket: RequestTicket) {
        self.feeds.resting.append(ticket)
        guard self.feeds.restTimer == nil else { return }
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        self.feeds.restTimer = self.eventLoop.scheduleTask(in: Self.rest) { bound.value.restIsOver() }
    }

    private func restIsOver() {
        self.feeds.restTimer = nil
        let resting = self.feeds.resting
        self.feeds.resting = []
        for ticket in resting { self.catchUp(ticket) }
        self.askFeeds()
    }

    /// Lets a feed read on from what its reader has.
    private func catchUp(_ ticket: RequestTicket) {
        guard let record = self.table.record(for: ticket), case .entries(var entries) = record.work.feed else { return }
        entries.catchUp()
        record.work.feed = .entries(entries)
        self.askSoon(record)
    }

    /// Makes the requests that are due.
    func askFeeds() {
        guard !self.feeds.ready.isEmpty else { return }
        self.refreshNow()
        let ready = self.feeds.ready
        self.feeds.ready.removeAll(keepingCapacity: true)
        for ticket in ready {
            guard let record = self.table.record(for: ticket), let feed = record.work.feed, !record.isSubmitted else {
                continue
            }
            self.ask(feed, for: record)
        }
    }

    /// A connection with paused feeds has written: those whose readers have caught up go on.
    func resumePausedFeeds() {
        let paused = self.feeds.paused
        self.feeds.paused = []
        for ticket in paused {
            guard let record = self.table.record(for: ticket) else { continue }
            self.askSoon(record)
        }
        self.scheduleFeeds()
    }

    private func scheduleFeeds() {
        guard !self.feeds.isScheduled, !self.feeds.ready.isEmpty else { return }
        self.feeds.isScheduled = true
        self.eventLoop.assumeIsolated().execute {
            self.feeds.isScheduled = false
            self.askFeeds()
        }
    }

    // MARK: - Waiting for more of a stream

    /// Joins those who wait, as their leader if there is none. Who does not keep up would hold the others back, or miss what they are
    /// told: such a reader reads for itself when it has caught up.
    private func wait(_ record: RequestRecord, _ entries: EntryFeed) {
        guard let last = entries.last, record.owner.unsentBytes <= Self.unsentLimit else {
            self.leaveTail(record.ticket, .entries(entries))
            return self.catchUp(record.ticket)
        }
        guard var tail = self.feeds.tails[entries.key], tail.leader != record.ticket else {
            self.feeds.tails[entries.key, default: StreamTail(position: last, leader: record.ticket)].position = last
            return self.askSoon(record)
        }
        guard tail.position <= last else { return self.catchUp(record.ticket) }
        tail.followers.append(record.ticket)
        self.feeds.tails[entries.key] = tail
    }

    /// Gives what the leader has read to those who wait with it. Who does not keep up reads for itself later.
    private func tellFollowers(of entries: EntryFeed, _ step: FeedStep) {
        guard let tail = self.feeds.tails[entries.key], let newest = step.parts.last?.id else { return }
        let shared = step.bytes
        var left = ContiguousArray<RequestTicket>()
        for ticket in tail.followers {
            guard let record = self.table.record(for: ticket), case .entries(var follower) = record.work.feed else {
                continue
            }
            guard record.owner.unsentBytes <= Self.unsentLimit else {
                self.catchUp(ticket)
                continue
            }
            let position = follower.last ?? .zero
            record.owner.send(position == tail.position ? shared : step.bytes(after: position))
            follower.advance(to: newest)
            record.work.feed = .entries(follower)
            left.append(ticket)
        }
        self.feeds.tails[entries.key]?.followers = left
        self.feeds.tails[entries.key]?.position = newest
    }

    /// A reader goes. If it was the one that reads, another takes its place: the one that has least, so that none misses what it
    /// reads.
    private func leaveTail(_ ticket: RequestTicket, _ feed: Feed) {
        guard case .entries(let entries) = feed, let tail = self.feeds.tails[entries.key], tail.leader == ticket else {
            return
        }
        var next: (record: RequestRecord, last: StreamID)?
        for follower in tail.followers where follower != ticket {
            guard let record = self.table.record(for: follower), case .entries(let feed) = record.work.feed else {
                continue
            }
            let last = feed.last ?? .zero
            if next == nil || last < (next?.last ?? .zero) { next = (record, last) }
        }
        guard let next else { return self.feeds.tails[entries.key] = nil }
        let leader = next.record.ticket
        self.feeds.tails[entries.key] = StreamTail(
            position: next.last, leader: leader, followers: tail.followers.filter { $0 != leader && $0 != ticket })
        self.feeds.ready.append(leader)
        self.scheduleFeeds()
    }

    // MARK: - The end

    /// The request of a feed is over, however.
    func feedEnded(_ record: RequestRecord) {
        self.feeds.all.remove(record.ticket)
        if let feed = record.work.feed { self.leaveTail(record.ticket, feed) }
    }

    /// The gateway is draining: those that have no end are ended, and their readers go on elsewhere.
    func endFeeds() {
        for ticket in self.feeds.all {
            guard let record = self.table.record(for: ticket), case .entries = record.work.feed else { continue }
            if record.isSubmitted { self.upstream?.cancel(ticket) }
            if record.isStreaming {
                self.finishResponse(of: record)
            } else {
                self.respond(to: record, with: Problem(.shuttingDown))
            }
        }
        self.scheduleFlush()
    }

    private func armFeedHeartbeat() {
        guard self.feeds.heartbeat == nil else { return }
        let bound = NIOLoopBound(self, eventLoop: self.eventLoop)
        self.feeds.heartbeat = self.eventLoop.scheduleTask(in: Self.heartbeatInterval) { bound.value.beatFeeds() }
    }

    private func beatFeeds() {
        self.feeds.heartbeat = nil
        self.refreshNow()
        for ticket in self.feeds.all {
            guard let record = self.table.record(for: ticket), record.isStreaming, record.owner.unsentBytes == 0,
                case .entries = record.work.feed
            else { continue }
            record.owner.send(ChannelFrame.heartbeat)
        }
        if !self.feeds.all.isEmpty { self.armFeedHeartbeat() }
        self.scheduleFlush()
    }
}
