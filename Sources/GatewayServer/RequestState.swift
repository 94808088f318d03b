// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTPCore
import NIOCore
import RedisCore

/// What is known of one request; reached through a ``RequestRecord``.
struct RequestState {
    let index: UInt32
    /// Counts the requests that have used this record, so that a late reply for an earlier one is recognised.
    var generation: UInt32 = 0
    var owner: RequestRecord.Owner = .none
    var route = Route.unknown
    var method = Method.other
    /// What may be done if the reply is lost.
    var retryClass = RetryClass.unsafe
    /// Whether the response may have to say more than its route says: ``LoopContext/decorated(_:for:)``.
    var isDecorated = false
    /// Whether commands were handed to the upstream and are not answered yet.
    var isSubmitted = false
    /// Whether maintenance may lengthen the deadline.
    var hasSoftDeadline = false
    /// Whether the response was begun, and goes on.
    var isStreaming = false
    /// Whether those commands have a Redis connection of their own.
    var isLeased = false
    /// The fields of the owner's stream; the owner keeps them until the response is given or the stream is closed.
    var fields: RequestFields
    /// When the header section was complete.
    var arrived: NIODeadline
    /// The requests that are answered by this one's replies.
    var followers = Followers()
    /// Whether another request's replies answer this one.
    var isFollower = false
    /// The next of those that the same replies answer.
    var nextFollower: RequestRecord?
    /// The deadline counts from here: when all of the request had come; of a feed, when it was last asked for.
    var timedFrom: NIODeadline
    /// Set when the caller has gone and the reply is still to come: the window that the request counts in.
    var abandoned: DispatchWindow?
    var requestID = RequestID.taken
    /// What the header section asks for, while the body is awaited.
    var awaited = Awaited.nothing
    /// Body bytes that this request is charged with in ``LoopContext/bufferedBodyBytes``.
    var chargedBytes = 0
    var work = RequestWork()
    /// When the body last brought a byte.
    var bodyProgress: NIODeadline
    /// When the request was complete, and its commands were handed to the upstream; known only of a request with `Prefer` that has run.
    var submitted: NIODeadline

    init(index: UInt32, fields: RequestFields, arrived: NIODeadline) {
        self.index = index
        self.fields = fields
        self.arrived = arrived
        self.timedFrom = arrived
        self.submitted = arrived
        self.bodyProgress = arrived
    }

    /// Whether the body is worth keeping.
    var takesBody: Bool {
        switch self.awaited {
        case .nothing: false
        case .direct: self.work.isWrite
        case .match(let match): match.takesBody
        }
    }

    /// What is done when the body is complete.
    enum Awaited {
        case nothing
        /// What ``work`` has been given already.
        case direct
        /// Indirect, since it is large, and seldom.
        indirect case match(RouteMatch)
    }
}
