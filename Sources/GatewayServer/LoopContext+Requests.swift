// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTPCore
import NIOCore
import RedisClient
import RedisCore
import Telemetry

/// The way of a request, the same for both protocol versions: begin, accept, (body,) run, respond; or cancel.
extension LoopContext {
    /// A body of at most this size is sent whatever else waits.
    private static let smallBodyBytes = 16 * 1024

    /// Makes a record for a request whose header section is complete.
    func begin(_ fields: RequestFields, owner: RequestRecord.Owner) -> RequestRecord {
        let record = self.table.take(fields: fields, arrived: self.now)
        record.owner = owner
        record.requestID = self.identity(of: fields)
        record.isDecorated = self.hasOrigins || fields.contains(.prefer)
        return record
    }

    /// Routes, authenticates and runs a request without a body.
    func handle(_ record: RequestRecord) {
        guard !self.takesDirectly(record) else { return self.runDirectly(record) }
        switch self.gateway.admit(record.fields, cache: &self.authentication) {
        case .accepted(let match):
            record.route = match.route
            record.method = match.method
            self.run(consume match, for: record, body: self.noBody)
        case .refused(let problem, let route):
            self.refuse(record, route, problem)
        }
    }

    /// Routes and authenticates a request whose body is to come. If it is refused, it has been answered when this returns
    /// false.
    func accept(_ record: RequestRecord) -> Bool {
        if self.takesDirectly(record) {
            record.awaited = .direct
            return true
        }
        switch self.gateway.admit(record.fields, cache: &self.authentication) {
        case .accepted(let match):
            record.route = match.route
            record.method = match.method
            record.awaited = .match(match)
            return true
        case .refused(let problem, let route):
            self.refuse(record, route, problem)
            return false
        }
    }

    /// Gives the record's work what stands for a plan, if there is such a thing for the request.
    private func takesDirectly(_ record: RequestRecord) -> Bool {
        guard let direct = self.gateway.direct(record.fields, cache: &self.authentication) else { return false }
        record.route = .string
        record.method = record.fields.method
        record.work.start(direct)
        return true
    }

    private func refuse(_ record: RequestRecord, _ route: Route, _ problem: Problem) {
        record.route = route
        record.method = record.fields.method
        self.respond(to: record, with: problem)
    }

    /// Charges body bytes to the request and the loop. If there is no room, the request has been answered when this returns
    /// false.
    func charge(_ bytes: Int, to record: RequestRecord) -> Bool {
        record.bodyProgress = self.now
        guard self.bufferedBodyBytes + bytes <= self.configuration.bufferedBodyBytes else {
            self.count(.bodyBudget)
            self.respond(to: record, with: Problem.overloaded)
            return false
        }
        self.bufferedBodyBytes += bytes
        record.chargedBytes += bytes
        return true
    }

    /// Runs an accepted request whose body is complete.
    /// - Parameters:
    ///   - record: The request.
    ///   - body: Its body.
    ///   - completed: When the last of it came.
    func run(_ record: RequestRecord, body: ByteBuffer, completed: NIODeadline) {
        record.timedFrom = completed
        let awaited = record.awaited
        record.awaited = .nothing
        switch awaited {
        case .nothing: break
        case .direct:
            if record.work.isWrite { record.work.setValue(body) }
            self.runDirectly(record)
        case .match(let match): self.run(match, for: record, body: body)
        }
    }

    /// Runs what the record's work has been given.
    /// - Parameters:
    ///   - record: The request.
    ///   - isApart: Whether no other request's replies may answer it.
    func runDirectly(_ record: RequestRecord, isApart: Bool = false) {
        if record.isDecorated { record.submitted = self.now }
        let retryClass = record.work.directRetryClass
        guard let upstream = unsafe self.borrowedUpstream else {
            return self.respond(to: record, with: Problem(.shuttingDown, retryClass: retryClass))
        }
        record.retryClass = retryClass
        record.hasSoftDeadline = true
        record.isSubmitted = true
        record.isLeased = false
        unsafe upstream._withUnsafeGuaranteedRef { upstream in
            if self.sharesReads, !isApart, self.follows(record, epoch: upstream.readEpoch) { return }
            upstream.submit(
                CommandRequest(
                    ticket: record.ticket, deadline: record.timedFrom + self.gateway.configuration.commandTimeout,
                    replyCount: DirectString.replyCount, retryClass: retryClass, hasSoftDeadline: true))
        }
    }

    private func run(_ match: consuming RouteMatch, for record: RequestRecord, body: ByteBuffer) {
        if record.isDecorated { record.submitted = self.now }
        switch self.gateway.translate(match, fields: record.fields, body: body) {
        case .redis(let plan):
            self.submit(consume plan, for: record, hasSoftDeadline: match.requestedTimeout == nil)
        case .idempotent(let plan, let commands):
            self.submit(plan, runBy: commands, for: record, hasSoftDeadline: match.requestedTimeout == nil)
        case .response(let response):
            self.respond(to: record, with: response)
        case .local:
            self.respondLocally(to: record, match)
        case .feed(let feed): self.begin(feed, for: record)
        case .subscribe(let keys, let style):
            self.subscribe(to: keys.map { ChannelAudience(key: $0, style: style) }, for: record)
        case .describe(let section):
            self.describe(match, section: section, for: record)
        case .handoff(let order):
            self.begin(order, for: record)
        case .refused(let problem):
            self.respond(to: record, with: problem)
        }
    }

    /// - Parameters:
    ///   - plan: What to send.
    ///   - record: The request.
    ///   - hasSoftDeadline: Whether the caller asked for no timeout of its own: maintenance may lengthen it then.
    func submit(_ plan: consuming RedisPlan, for record: RequestRecord, hasSoftDeadline: Bool) {
        guard let upstream = self.upstream else {
            self.respond(to: record, with: Problem(.shuttingDown, retryClass: plan.retryClass))
            return
        }
        let request = Self.request(plan, for: record, hasSoftDeadline: hasSoftDeadline)
        record.retryClass = plan.retryClass
        record.hasSoftDeadline = hasSoftDeadline
        record.work.start(consume plan)
        record.isSubmitted = true
        record.isLeased = request.needsLease
        // It may wait for data, which says nothing of the load; leases are bounded themselves.
        if request.needsLease { record.owner.hold() }
        upstream.submit(request)
    }

    /// Sends a plan that the record's work has taken already.
    func submitWork(of record: RequestRecord, _ plan: RedisPlan, hasSoftDeadline: Bool) {
        record.retryClass = plan.retryClass
        record.isSubmitted = true
        record.isLeased = plan.needsLease
        self.upstream?.submit(Self.request(plan, for: record, hasSoftDeadline: hasSoftDeadline))
    }

    @inline(__always)
    private static func request(
        _ plan: borrowing RedisPlan, for record: RequestRecord, hasSoftDeadline: Bool
    ) -> CommandRequest {
        CommandRequest(
            ticket: record.ticket, deadline: record.timedFrom + plan.timeout, replyCount: plan.replyCount,
            retryClass: plan.retryClass, needsLease: plan.needsLease, keepsLease: plan.keepsLease,
            isTransaction: plan.isTransaction, mayRunPartly: plan.mayRunPartly, hasSoftDeadline: hasSoftDeadline)
    }

    /// - Parameters:
    ///   - plan: What the answer is made by.
    ///   - commands: What is sent: it may be sent again, since it runs the plan's commands once only.
    ///   - record: The request.
    ///   - hasSoftDeadline: Whether the caller asked for no timeout of its own.
    private func submit(
        _ plan: RedisPlan, runBy commands: ByteBuffer, for record: RequestRecord, hasSoftDeadline: Bool
    ) {
        guard let upstream = self.upstream else {
            return self.respond(to: record, with: Problem(.shuttingDown, retryClass: .idempotent))
        }
        record.retryClass = .idempotent
        record.work.start(plan, runBy: commands)
        record.isSubmitted = true
        record.isLeased = false
        upstream.submit(
            CommandRequest(
                ticket: record.ticket, deadline: record.timedFrom + plan.timeout, retryClass: .idempotent,
                hasSoftDeadline: hasSoftDeadline))
    }

    /// Sends what follows from the replies of requests that are not answered by them alone.
    func submitContinuations() {
        let continuations = self.continuations
        self.continuations.removeAll(keepingCapacity: true)
        for (ticket, plan) in continuations {
            guard let plan, let record = self.table.record(for: ticket) else {
                self.upstream?.returnLease(of: ticket)
                continue
            }
            record.work.end()
            self.submit(plan, for: record, hasSoftDeadline: record.hasSoftDeadline)
        }
    }

    func respond(to record: RequestRecord, with problem: Problem) {
        if problem.kind == .commandNotAllowed {
            self.shard.add(self.metrics.refusedCommands, Int(record.route.ordinal))
        }
        self.respond(
            to: record,
            with: record.route.isUpstash
                ? problem.upstashResponse(requestID: record.requestID, fields: record.fields)
                : problem.response(requestID: record.requestID, fields: record.fields))
    }

    /// Hands the response to the connection and ends the request. A large response that the loop has no memory for becomes a
    /// problem.
    func respond(to record: RequestRecord, with response: Response) {
        guard !record.route.isUpstash else { return self.respondAsUpstash(to: record, with: response) }
        self.deliver(response, to: record)
    }

    /// Every write changes the token; so may anything else, and any that comes back is accepted, since reads are asked of the
    /// server that takes the writes.
    private func respondAsUpstash(to record: RequestRecord, with response: Response) {
        var response = response
        response.fields.append(ResponseField(.upstashSyncToken, RequestID.hexadecimal(self.makeID())))
        self.deliver(response, to: record)
    }

    @inline(__always)
    private func deliver(_ response: Response, to record: RequestRecord) {
        let bytes = response.body.readableBytes
        if bytes > Self.smallBodyBytes, self.queuedResponseBytes + bytes > self.configuration.queuedResponseBytes {
            self.count(.responseBudget)
            let retryClass = record.retryClass
            let problem = Problem.overloaded.with {
                $0.outcome = .executed
                $0.isRetryable = retryClass < .unsafe
            }
            return self.respond(to: record, with: problem)
        }
        let route = Int(record.route.ordinal)
        let elapsed = self.now - record.arrived
        self.shard.add(
            self.metrics.requests, route, Int(record.method.ordinal),
            self.metrics.position(ofStatus: response.status))
        self.shard.observe(self.metrics.duration, route, nanoseconds: elapsed.nanoseconds)
        if self.configuration.accessLog { self.logAccess(record, response: response, elapsed: elapsed) }
        if record.isDecorated {
            record.owner.respond(with: self.decorated(response, for: record), requestID: record.requestID)
        } else {
            record.owner.respond(with: response, requestID: record.requestID)
        }
        if response.isStreamed {
            record.isStreaming = true
        } else {
            self.release(record)
        }
    }

    /// Ends a streamed response, and with it the request.
    func finishResponse(of record: RequestRecord) {
        record.owner.finishResponse()
        self.release(record)
    }

    /// The caller of a request on an HTTP/2 connection has gone. What Redis is busy with keeps its place in the connection's
    /// window until the reply has come, and is thrown away then.
    /// - Returns: false if there is nothing to wait for: the request is over.
    func abandon(_ record: RequestRecord, _ window: DispatchWindow) -> Bool {
        guard record.isSubmitted, !record.isLeased, !record.work.isFeed else {
            self.cancel(record)
            return false
        }
        self.shard.add(self.metrics.cancelled, Int(record.route.ordinal))
        record.abandoned = window
        record.owner = .none
        if !record.followers.isEmpty { self.passOn(record.followers.takeAll()) }
        return true
    }

    /// The reply of an abandoned request has come, or will not come.
    func settle(_ record: RequestRecord, _ window: DispatchWindow, bytes: Int) {
        window.end(bytes: bytes)
        if let connection = window.connection { self.markDirty(connection) }
        self.release(record)
    }

    /// The caller has gone: nothing will be answered.
    func cancel(_ record: RequestRecord) {
        if !record.isStreaming { self.shard.add(self.metrics.cancelled, Int(record.route.ordinal)) }
        // Another request still knows of it.
        guard !record.isFollower else { return record.owner = .none }
        if record.isSubmitted { self.upstream?.cancel(record.ticket) }
        let followers = record.followers.takeAll()
        self.release(record)
        self.passOn(followers)
    }

    func count(_ limit: Limit) {
        self.shard.add(self.metrics.limits, Int(limit.rawValue))
    }

    /// Counts a rejection by an engine as the limit it stands for.
    func count(_ rejection: RequestRejection) {
        switch rejection {
        case .headerFieldsTooLarge: self.count(.headerFields)
        case .targetTooLong: self.count(.target)
        case .bodyTooLarge: self.count(.body)
        default: break
        }
    }

    func release(_ record: RequestRecord) {
        if record.work.isFeed { self.feedEnded(record) }
        self.bufferedBodyBytes -= record.chargedBytes
        self.table.release(record)
    }

    private func identity(of fields: RequestFields) -> RequestID {
        guard fields.contains(.requestID) else { return .made(self.makeID()) }
        return fields.withValue(of: .requestID) { RequestID.isWellFormed($0) } ? .taken : .made(self.makeID())
    }
}
