// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import HTTP2Engine
import HTTPCore
import NIOCore
import RedisCore

/// One request from its header section to its response. Pooled by ``RequestTable``; confined to one event loop.
final class RequestRecord {
    /// Who gets the response.
    enum Owner {
        case none
        case http2(HTTP2ConnectionHandler, HTTP2Stream)
        case http1(HTTP1ConnectionHandler)
    }

    let index: UInt32
    /// Counts the requests that have used this record, so that a late reply for an earlier one is recognised.
    var generation: UInt32 = 0
    var owner: Owner = .none
    /// The fields of the owner's stream; the owner keeps them until the response is given or the stream is closed.
    var fields: RequestFields
    var match = RouteMatch(route: .unknown, method: .other)
    var plan: RedisPlan?
    var renderer: ReplyRenderer?
    var requestID = RequestID.taken
    /// When the header section was complete.
    var arrived: NIODeadline
    /// Body bytes that this request is charged with in ``LoopContext/bufferedBodyBytes``.
    var chargedBytes = 0
    /// When the body last brought a byte.
    var bodyProgress: NIODeadline
    /// Whether commands were handed to the upstream and are not answered yet.
    var isSubmitted = false
    /// Whether the header section was accepted, so that the body is worth keeping.
    var isAccepted = false

    init(index: UInt32, fields: RequestFields, arrived: NIODeadline) {
        self.index = index
        self.fields = fields
        self.arrived = arrived
        self.bodyProgress = arrived
    }

    var ticket: RequestTicket {
        RequestTicket(index: self.index, generation: self.generation)
    }
}
