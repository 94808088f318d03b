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
    ///
    /// Safety: not counted, since counting would be most of the cost of passing a request on. A handler cancels its
    /// requests when it ends, and a stream is not reused before its request has been answered or cancelled.
    @safe enum Owner {
        case none
        case http2(Unmanaged<HTTP2ConnectionHandler>, Unmanaged<HTTP2Stream>)
        case http1(Unmanaged<HTTP1ConnectionHandler>)

        init(_ connection: HTTP2ConnectionHandler, _ stream: HTTP2Stream) {
            self = unsafe .http2(.passUnretained(connection), .passUnretained(stream))
        }

        init(_ connection: HTTP1ConnectionHandler) {
            self = unsafe .http1(.passUnretained(connection))
        }

        /// The response may take long, and says nothing of the load: it does not keep other requests of the connection back.
        func hold() {
            switch self {
            case .http2(let connection, let stream):
                unsafe connection._withUnsafeGuaranteedRef { connection in
                    unsafe stream._withUnsafeGuaranteedRef { connection.hold($0) }
                }
            case .http1, .none: break
            }
        }

        /// Hands over the response.
        func respond(with response: Response, requestID: RequestID) {
            switch self {
            case .http2(let connection, let stream):
                unsafe connection._withUnsafeGuaranteedRef { connection in
                    unsafe stream._withUnsafeGuaranteedRef { stream in
                        connection.respond(to: stream, with: response, requestID: requestID)
                    }
                }
            case .http1(let connection):
                unsafe connection._withUnsafeGuaranteedRef { $0.respond(with: response, requestID: requestID) }
            case .none: break
            }
        }

        /// Sends more of a streamed body.
        func send(_ bytes: ByteBuffer) {
            switch self {
            case .http2(let connection, let stream):
                unsafe connection._withUnsafeGuaranteedRef { connection in
                    unsafe stream._withUnsafeGuaranteedRef { connection.send(bytes, on: $0) }
                }
            case .http1(let connection): unsafe connection._withUnsafeGuaranteedRef { $0.send(bytes) }
            case .none: break
            }
        }

        /// Ends a streamed body.
        func finishResponse() {
            switch self {
            case .http2(let connection, let stream):
                unsafe connection._withUnsafeGuaranteedRef { connection in
                    unsafe stream._withUnsafeGuaranteedRef { connection.finishResponse(on: $0) }
                }
            case .http1(let connection): unsafe connection._withUnsafeGuaranteedRef { $0.finishResponse() }
            case .none: break
            }
        }

        /// More of the streamed body is to be made when the peer has read.
        func notePausedFeed() {
            switch self {
            case .http2(let connection, _): unsafe connection._withUnsafeGuaranteedRef { $0.hasPausedFeeds = true }
            case .http1(let connection): unsafe connection._withUnsafeGuaranteedRef { $0.hasPausedFeeds = true }
            case .none: break
            }
        }

        /// Bytes of a streamed body that the peer has not taken.
        var unsentBytes: Int {
            switch self {
            case .http2(_, let stream): unsafe stream._withUnsafeGuaranteedRef { $0.unsentBytes }
            case .http1(let connection): unsafe connection._withUnsafeGuaranteedRef { $0.queuedBytes }
            case .none: 0
            }
        }
    }

    let index: UInt32
    /// Counts the requests that have used this record, so that a late reply for an earlier one is recognised.
    var generation: UInt32 = 0
    var owner: Owner = .none
    /// The fields of the owner's stream; the owner keeps them until the response is given or the stream is closed.
    var fields: RequestFields
    var route = Route.unknown
    var method = Method.other
    /// What the header section asks for, while the body is awaited; nil otherwise.
    var match: RouteMatch?
    var work = RequestWork()
    /// What may be done if the reply is lost.
    var retryClass = RetryClass.unsafe
    var requestID = RequestID.taken
    /// When the header section was complete.
    var arrived: NIODeadline
    /// Whether the response may have to say more than its route says: ``LoopContext/decorated(_:for:)``.
    var isDecorated = false
    /// When the request was complete, and its commands were handed to the upstream; known only of a request with `Prefer` that has run.
    var submitted: NIODeadline
    /// Body bytes that this request is charged with in ``LoopContext/bufferedBodyBytes``.
    var chargedBytes = 0
    /// When the body last brought a byte.
    var bodyProgress: NIODeadline
    /// Whether commands were handed to the upstream and are not answered yet.
    var isSubmitted = false
    /// Whether maintenance may lengthen the deadline.
    var hasSoftDeadline = false
    /// Whether the response was begun, and goes on.
    var isStreaming = false
    /// Whether those commands have a Redis connection of their own.
    var isLeased = false
    /// Set when the caller has gone and the reply is still to come: the window that the request counts in.
    var abandoned: DispatchWindow?

    init(index: UInt32, fields: RequestFields, arrived: NIODeadline) {
        self.index = index
        self.fields = fields
        self.arrived = arrived
        self.submitted = arrived
        self.bodyProgress = arrived
    }

    deinit {
        self.work.deallocate()
    }

    /// Whether the body is worth keeping.
    var takesBody: Bool {
        self.match?.takesBody ?? false
    }

    var ticket: RequestTicket {
        RequestTicket(index: self.index, generation: self.generation)
    }
}
