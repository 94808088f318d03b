// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What happened on a client's HTTP/2 connection, in order.
package enum HTTP2ClientEvent {
    /// The header section of the final response is complete.
    case headReceived(HTTP2Exchange)
    /// Body bytes were appended to the exchange's ``HTTP2Exchange/body``.
    case dataReceived(HTTP2Exchange, bytes: Int)
    /// The exchange is over: ``HTTP2Exchange/isComplete``, or reset, refused, or cut off by the end of the connection. The
    /// last event of each exchange.
    case closed(HTTP2Exchange)
}
