// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import RESP
package import RedisCore

/// The owner of requests: it writes their commands and takes their replies. One per event loop; every call is made on
/// that loop, and never from inside a call to ``RedisUpstream/submit(_:)`` (but for ``encode(_:into:)``, which is).
///
/// A class-bound existential costs one indirect call a reply and no box. The upstream keeps its source alive.
package protocol RequestSource: AnyObject {
    /// Writes the request's commands. Called when the request is first sent and again whenever it is sent anew, so it
    /// must produce the same bytes each time. It must not call the upstream.
    /// - Returns: false if the ticket is stale; nothing is sent then and nothing will be delivered.
    func encode(_ ticket: RequestTicket, into encoder: inout RESPEncoder) -> Bool

    /// Tells whose replies will come soon, so that memory that was left alone for long is brought near meanwhile. Either ticket
    /// may be stale.
    /// - Parameters:
    ///   - near: One of the next.
    ///   - far: One behind it, which will be `near` later.
    func expect(near: RequestTicket, far: RequestTicket)

    /// Takes reply number `ordinal` (0-based) of the request. With `ordinal == replyCount - 1` the request is complete.
    /// A stale ticket is ignored by the receiver. After a re-send the ordinals start again at 0.
    func received(_ reply: RESPValue, ordinal: Int, for ticket: RequestTicket)

    /// Ends the request without (further) replies; at most one call a request, and none after its last reply. A stale
    /// ticket is ignored by the receiver.
    func failed(_ failure: RedisFailure, for ticket: RequestTicket)

    /// A batch of calls to ``received(_:ordinal:for:)`` or ``failed(_:for:)`` is over: the time to flush what they led
    /// to. Called once per read of a connection, and after failures that come otherwise; possibly without a call before
    /// it. New requests may be submitted from here.
    func repliesDelivered()
}
