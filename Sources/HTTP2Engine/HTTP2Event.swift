// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore

/// What happened on an HTTP/2 connection, in order.
package enum HTTP2Event {
    /// The header section is complete and a body follows. Not sent for a request without a body.
    case headersReceived(HTTP2Stream)
    /// `bytes` of body were appended to the stream's ``HTTP2Stream/body``. Their flow-control credit (padding included)
    /// comes back to the peer when the owner calls ``HTTP2Session/returnCredit(_:bytes:)``.
    case dataReceived(HTTP2Stream, bytes: Int)
    /// The request is complete. The only event of a request without a body.
    case requestReceived(HTTP2Stream)
    /// The engine refuses the request; the owner answers with the rejection's status. No other event but
    /// `streamClosed` follows.
    case requestRejected(HTTP2Stream, RequestRejection)
    /// The stream has ended, by its response, a reset, or the end of the connection. One for each stream that was announced by
    /// any event above. It must be forgotten
    /// before the next event is asked for.
    case streamClosed(HTTP2Stream)
}
