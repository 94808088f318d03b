// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What to do with a reply.
package enum ReplyAction: Sendable {
    case deliver(Delivery)
    /// The last reply, a transient error, stays here; the request is sent again after a pause.
    case sendAgain(PendingRequest, TransientError)
    /// Nobody waits for it.
    case discard
    /// Out of band: an announcement of the server.
    case push
    case handshakeCompleted
    /// The PING behind everything else was answered.
    case fenced
    /// The server's answer to a repeated wish for notifications.
    case optedIn(OptInReply)
    case handshakeFailed(HandshakeFailure)
    /// Nobody asked for it: the stream has lost its place.
    case unexpected
}
