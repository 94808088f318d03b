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
    /// Makes a record for a request whose header section is complete.
    func begin(_ fields: RequestFields, owner: RequestRecord.Owner) -> RequestRecord {
        let record = self.table.take(fields: fields, arrived: self.now)
        record.owner = owner
        record.requestID = self.identity(of: fields)
        self.shard.adjust(self.metrics.inFlight, by: 1)
        return record
    }

    /// Routes and authenticates. If the request is refused, it has been answered when this returns false.
    func accept(_ record: RequestRecord) -> Bool {
        switch self.gateway.admit(record.fields, cache: &self.authentication) {
        case .accepted(let match):
            record.match = match
            record.isAccepted = true
            return true
        case .refused(let problem, let route):
            record.match = RouteMatch(route: route, method: record.fields.method)
            self.respond(to: record, with: problem)
            return false
        }
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
    func run(_ record: RequestRecord, body: ByteBuffer) {
        switch self.gateway.translate(record.match, fields: record.fields, body: body) {
        case .redis(let plan):
            self.submit(plan, for: record)
        case .response(let response):
            self.respond(to: record, with: response)
        case .local:
            self.respondLocally(to: record)
        case .refused(let problem):
            self.respond(to: record, with: problem)
        }
    }

    private func submit(_ plan: RedisPlan, for record: RequestRecord) {
        guard let upstream = self.upstream else {
            self.respond(to: record, with: Problem(.shuttingDown, retryClass: plan.retryClass))
            return
        }
        record.plan = plan
        record.renderer = ReplyRenderer(plan: plan)
        record.isSubmitted = true
        upstream.submit(
            CommandRequest(
                ticket: record.ticket, deadline: record.arrived + plan.timeout, replyCount: plan.replyCount,
                retryClass: plan.retryClass, needsLease: plan.needsLease, isTransaction: plan.isTransaction,
                mayRunPartly: plan.mayRunPartly))
    }

    func respond(to record: RequestRecord, with problem: Problem) {
        if problem.kind == .commandNotAllowed {
            self.shard.add(self.metrics.refusedCommands, Int(record.match.route.rawValue))
        }
        self.respond(to: record, with: problem.response(requestID: record.requestID, fields: record.fields))
    }

    /// Hands the response to the connection and ends the request.
    func respond(to record: RequestRecord, with response: Response) {
        let route = Int(record.match.route.rawValue)
        let elapsed = self.now - record.arrived
        self.shard.add(
            self.metrics.requests, route, Int(record.match.method.rawValue),
            self.metrics.position(ofStatus: response.status))
        self.shard.observe(self.metrics.duration, route, nanoseconds: elapsed.nanoseconds)
        if self.configuration.accessLog { self.logAccess(record, response: response, elapsed: elapsed) }
        let requestID = record.requestID
        switch record.owner {
        case .http2(let connection, let stream): connection.respond(to: stream, with: response, requestID: requestID)
        case .http1(let connection): connection.respond(with: response, requestID: requestID)
        case .none: break
        }
        self.release(record)
    }

    /// The caller has gone: nothing will be answered.
    func cancel(_ record: RequestRecord) {
        self.shard.add(self.metrics.cancelled, Int(record.match.route.rawValue))
        if record.isSubmitted { self.upstream?.cancel(record.ticket) }
        self.release(record)
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

    private func release(_ record: RequestRecord) {
        self.bufferedBodyBytes -= record.chargedBytes
        self.shard.adjust(self.metrics.inFlight, by: -1)
        self.table.release(record)
    }

    private func identity(of fields: RequestFields) -> RequestID {
        guard fields.contains(.requestID) else { return .made(self.makeID()) }
        let range = fields.range(.requestID)
        let storage = fields.storage
        guard RequestID.isWellFormed(storage.readableBytesUInt8Span.extracting(range)) else {
            return .made(self.makeID())
        }
        return .taken
    }
}
