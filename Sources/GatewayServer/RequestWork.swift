// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTPCore
import NIOCore
import RESP

/// The plan of a request and what its replies have come to so far, in memory of its own.
///
/// Both are large structs of several buffers. Behind a pointer they are used where they lie; as properties of a class
/// every use would copy them, at hundreds of instructions of reference counting.
@safe struct RequestWork {
    /// Safety: both are allocated once, freed by `deallocate`, and initialised exactly while `isActive`.
    private let plan: UnsafeMutablePointer<RedisPlan>
    private let renderer: UnsafeMutablePointer<ReplyRenderer>
    /// Whether there is a plan.
    private(set) var isActive = false
    /// Whether there may be a ``continuation(fields:scripts:)``.
    private(set) var mayContinue = false
    /// Whether the connection of the plan is kept for its continuation.
    private(set) var keepsLease = false
    /// What the replies go through instead of the plan's own rendering; nil mostly.
    private var detour: Detour?
    /// How many replies the plan has.
    private(set) var replyCount = 0

    init() {
        unsafe self.plan = .allocate(capacity: 1)
        unsafe self.renderer = .allocate(capacity: 1)
    }

    /// Takes a plan; an earlier one must have ended.
    mutating func start(_ plan: consuming RedisPlan) {
        guard !self.isActive else { return assertionFailure("the record is in use") }
        self.isActive = true
        self.replyCount = plan.replyCount
        self.mayContinue = plan.mayContinue
        self.keepsLease = plan.keepsLease
        unsafe self.renderer.initialize(to: ReplyRenderer(plan: plan))
        unsafe self.plan.initialize(to: consume plan)
    }

    /// Takes a plan whose commands are run by another one, which has one reply; an earlier one must have ended.
    mutating func start(_ plan: RedisPlan, runBy commands: ByteBuffer) {
        self.start(plan)
        self.detour = .idempotent(commands, nil)
        self.mayContinue = false
    }

    /// Takes the next request of a feed; what was before has ended with it.
    mutating func start(_ feed: Feed) {
        self.end()
        self.start(feed.plan)
        self.detour = .feed(feed, nil)
        self.mayContinue = true
    }

    /// The feed that the request is; nil if it is another.
    var feed: Feed? {
        get { if case .feed(let feed, _) = self.detour { feed } else { nil } }
        set {
            guard let newValue, case .feed(_, let step) = self.detour else { return }
            self.detour = .feed(newValue, step)
        }
    }

    /// Whether the request is a feed.
    var isFeed: Bool { if case .feed = self.detour { true } else { false } }

    /// What the newest reply has brought a feed; once.
    mutating func takeStep() -> FeedStep? {
        guard case .feed(let feed, let step) = self.detour else { return nil }
        self.detour = .feed(feed, nil)
        return step
    }

    /// Forgets the plan.
    mutating func end() {
        guard self.isActive else { return }
        if self.detour != nil { self.detour = nil }
        self.isActive = false
        unsafe self.plan.deinitialize(count: 1)
        unsafe self.renderer.deinitialize(count: 1)
    }

    /// Frees the memory. Nothing may be called after it.
    mutating func deallocate() {
        self.end()
        unsafe self.plan.deallocate()
        unsafe self.renderer.deallocate()
    }

    /// - Returns: false if there is no plan; nothing was written then.
    func encode(into encoder: inout RESPEncoder) -> Bool {
        guard self.isActive else { return false }
        if case .idempotent(let commands, _) = self.detour {
            encoder.raw(commands)
        } else {
            unsafe self.plan.pointee.encode(into: &encoder)
        }
        return true
    }

    /// Takes the next reply.
    /// - Returns: whether it was the last one.
    mutating func received(_ reply: RESPValue, ordinal: Int) -> Bool {
        guard self.isActive else { return false }
        if let detour = self.detour {
            self.detour = detour.taking(reply, count: self.replyCount)
            return true
        }
        unsafe self.renderer.pointee.received(reply, ordinal: ordinal)
        return ordinal == self.replyCount - 1
    }

    /// What is to be done when every reply was taken, before there is an answer; nil mostly.
    func continuation(fields: RequestFields, scripts: ScriptStore) -> RedisPlan? {
        guard self.isActive else { return nil }
        return unsafe self.renderer.pointee.continuation(of: self.plan.pointee, fields: fields, scripts: scripts)
    }

    /// The size of what the replies have come to, for a response that nobody waits for.
    var responseBytes: Int {
        guard self.isActive else { return 0 }
        return unsafe self.renderer.pointee.bodyBytes
    }

    /// The response, once every reply was taken.
    func finish(requestID: RequestID, fields: RequestFields) -> Response {
        guard self.isActive else { return Response(status: 500) }
        if case .idempotent(_, let outcome?) = self.detour {
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
