// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTPCore
import NIOCore
import RESP
import RedisCore

/// The plan of a request and what its replies have come to so far, in memory of its own.
///
/// They are large structs of several buffers. Behind pointers they are used where they lie; as properties of a class
/// every use would copy them, at hundreds of instructions of reference counting.
@safe struct RequestWork {
    /// Safety: they are allocated once and freed by `deallocate`; the first two are initialised exactly while `isActive`, the third
    /// exactly while `hasDetour`.
    private let plan: UnsafeMutablePointer<RedisPlan>
    private let renderer: UnsafeMutablePointer<ReplyRenderer>
    private let detour: UnsafeMutablePointer<Detour>
    /// Whether the replies go through something else than the plan's own rendering; seldom.
    private var hasDetour = false
    /// Whether there is a plan, or what stands for one.
    private(set) var isActive = false
    /// What stands for a plan, mostly.
    private var direct: DirectString?
    /// Whether there may be a ``continuation(fields:scripts:)``.
    private(set) var mayContinue = false
    /// Whether the connection of the plan is kept for its continuation.
    private(set) var keepsLease = false
    /// How many replies the plan has.
    private(set) var replyCount = 0

    init() {
        unsafe self.plan = .allocate(capacity: 1)
        unsafe self.renderer = .allocate(capacity: 1)
        unsafe self.detour = .allocate(capacity: 1)
    }

    /// Takes what stands for a plan; an earlier one must have ended.
    mutating func start(_ direct: DirectString) {
        guard !self.isActive else { return assertionFailure("the record is in use") }
        self.isActive = true
        self.replyCount = DirectString.replyCount
        self.mayContinue = false
        self.keepsLease = false
        self.direct = direct
    }

    /// Whether what stands for a plan takes a value.
    var isWrite: Bool { self.direct?.isWrite ?? false }

    /// What may be done if the reply to what stands for a plan is lost.
    var directRetryClass: RetryClass { self.direct?.retryClass ?? .unsafe }

    /// Gives it the value.
    mutating func setValue(_ value: ByteBuffer) {
        self.direct?.value = value
    }

    /// A number that is the same for reads of the same key; nil if it is no direct read.
    func readMark(_ fields: RequestFields) -> UInt64? {
        guard let direct = self.direct, !direct.isWrite else { return nil }
        return direct.keyMark(fields)
    }

    /// Whether another request's replies answer this one, too.
    func isSameRead(_ fields: RequestFields, as other: RequestWork, _ otherFields: RequestFields) -> Bool {
        guard let direct = self.direct, let otherDirect = other.direct else { return false }
        return direct.isSameRead(fields, as: otherDirect, otherFields)
    }

    /// What others that ask for the same are answered by; nil if it does not fit them.
    mutating func sharedAnswer() -> DirectString? { self.direct?.sharedAnswer() }

    /// Takes the replies that another request for the same has got.
    mutating func take(_ answer: borrowing DirectString) { self.direct?.take(answer) }

    /// Takes a plan; an earlier one must have ended.
    mutating func start(_ plan: consuming RedisPlan) {
        guard !self.isActive else { return assertionFailure("the record is in use") }
        self.isActive = true
        self.replyCount = plan.replyCount
        self.mayContinue = plan.mayContinue
        self.keepsLease = self.mayContinue && plan.keepsLease
        unsafe self.renderer.initialize(to: ReplyRenderer(plan: plan))
        unsafe self.plan.initialize(to: consume plan)
    }

    /// Takes a plan whose commands are run by another one, which has one reply; an earlier one must have ended.
    mutating func start(_ plan: RedisPlan, runBy commands: ByteBuffer) {
        self.start(plan)
        self.take(.idempotent(commands, nil))
        self.mayContinue = false
    }

    /// Takes the next request of a feed; what was before has ended with it.
    mutating func start(_ feed: Feed) {
        self.end()
        self.start(feed.plan)
        self.take(.feed(feed, nil))
        self.mayContinue = true
    }

    private mutating func take(_ detour: Detour) {
        unsafe self.detour.initialize(to: detour)
        self.hasDetour = true
    }

    /// The feed that the request is; nil if it is another.
    var feed: Feed? {
        get {
            guard self.hasDetour, case .feed(let feed, _) = unsafe self.detour.pointee else { return nil }
            return feed
        }
        nonmutating set {
            guard self.hasDetour, let newValue, case .feed(_, let step) = unsafe self.detour.pointee else { return }
            unsafe self.detour.pointee = .feed(newValue, step)
        }
    }

    /// Whether the request is a feed.
    var isFeed: Bool {
        guard self.hasDetour, case .feed = unsafe self.detour.pointee else { return false }
        return true
    }

    /// What the newest reply has brought a feed; once.
    func takeStep() -> FeedStep? {
        guard self.hasDetour, case .feed(let feed, let step) = unsafe self.detour.pointee else { return nil }
        unsafe self.detour.pointee = .feed(feed, nil)
        return step
    }

    /// Forgets the plan.
    mutating func end() {
        guard self.isActive else { return }
        guard self.direct == nil else {
            self.direct = nil
            self.isActive = false
            return
        }
        if self.hasDetour {
            self.hasDetour = false
            unsafe self.detour.deinitialize(count: 1)
        }
        self.isActive = false
        unsafe self.plan.deinitialize(count: 1)
        unsafe self.renderer.deinitialize(count: 1)
    }

    /// Frees the memory. Nothing may be called after it.
    mutating func deallocate() {
        self.end()
        unsafe self.plan.deallocate()
        unsafe self.renderer.deallocate()
        unsafe self.detour.deallocate()
    }

    /// - Returns: false if there is no plan; nothing was written then.
    mutating func encode(_ fields: RequestFields, into encoder: inout RESPEncoder) -> Bool {
        guard self.isActive else { return false }
        if self.direct?.encode(fields, into: &encoder) != nil { return true }
        if self.hasDetour, case .idempotent(let commands, _) = unsafe self.detour.pointee {
            encoder.raw(commands)
        } else {
            unsafe self.plan.pointee.encode(into: &encoder)
        }
        return true
    }

    /// Takes the next reply.
    /// - Parameters:
    ///   - reply: What Redis says.
    ///   - ordinal: 0-based.
    ///   - fields: Those of the request; nil if its caller has gone.
    /// - Returns: whether it was the last one.
    mutating func received(_ reply: RESPValue, ordinal: Int, fields: RequestFields?) -> Bool {
        guard self.isActive else { return false }
        if let isTaken = self.direct?.received(reply, ordinal: ordinal) {
            if isTaken { return ordinal == DirectString.replyCount - 1 }
            guard let fields else { return ordinal == DirectString.replyCount - 1 }
            self.startAnew(fields, behind: ordinal)
        }
        if self.hasDetour {
            unsafe self.detour.pointee = self.detour.pointee.taking(reply, count: self.replyCount)
            return true
        }
        unsafe self.renderer.pointee.received(reply, ordinal: ordinal)
        return ordinal == self.replyCount - 1
    }

    /// Something has not gone well: the plan takes over, with the reply that has come already.
    private mutating func startAnew(_ fields: RequestFields, behind ordinal: Int) {
        guard let direct = self.direct.take() else { return }
        self.isActive = false
        self.start(direct.plan(fields))
        if ordinal > 0 { unsafe self.renderer.pointee.received(direct.firstReply, ordinal: 0) }
    }

    /// What is to be done when every reply was taken, before there is an answer; nil mostly.
    func continuation(fields: RequestFields, scripts: ScriptStore) -> RedisPlan? {
        guard self.isActive, self.direct == nil else { return nil }
        return unsafe self.renderer.pointee.continuation(of: self.plan.pointee, fields: fields, scripts: scripts)
    }

    /// The size of what the replies have come to, for a response that nobody waits for.
    var responseBytes: Int {
        guard self.isActive else { return 0 }
        if let direct = self.direct { return direct.responseBytes }
        return unsafe self.renderer.pointee.bodyBytes
    }

    /// The response, once every reply was taken.
    mutating func finish(requestID: RequestID, fields: RequestFields) -> Response {
        guard self.isActive else { return Response(status: 500) }
        if let response = self.direct?.response(requestID: requestID, fields: fields) { return response }
        if self.hasDetour, case .idempotent(_, let outcome?) = unsafe self.detour.pointee {
            return self.finish(outcome, requestID: requestID, fields: fields)
        }
        return unsafe self.renderer.pointee.finish(requestID: requestID, fields: fields)
    }

    private func finish(_ outcome: IdempotentReply, requestID: RequestID, fields: RequestFields) -> Response {
        switch outcome {
        case .problem(let problem): return problem.response(requestID: requestID, fields: fields)
        case .replies(let replies, let isReplayed):
            for (ordinal, reply) in replies.enumerated() {
                unsafe self.renderer.pointee.received(reply, ordinal: ordinal)
            }
            var response = unsafe self.renderer.pointee.finish(requestID: requestID, fields: fields)
            if isReplayed { response.fields.append(ResponseField(.idempotencyReplayed, "true")) }
            return response
        }
    }
}
