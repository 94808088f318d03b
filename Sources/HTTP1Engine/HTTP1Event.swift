// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore

/// What happened on an HTTP/1.1 connection, in order. One request at a time: after `requestReceived` or
/// `requestRejected` the session says nothing more until the answer was given to ``HTTP1Session/respond(with:requestID:into:)``.
package enum HTTP1Event: Equatable {
    /// The header section is complete and a body follows. Not sent for a request without a body.
    case headersReceived
    /// `bytes` of body were appended to ``HTTP1Session/body``.
    case dataReceived(bytes: Int)
    case requestReceived
    /// The engine refuses the request; the owner answers with the rejection's status, and the connection closes.
    case requestRejected(RequestRejection)
}
