// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
package import RESP

/// Turns the replies of one plan into its response. It keeps no slice of the client's read buffer but the value of a string.
package struct ReplyRenderer: Sendable {
    package init(plan: RedisPlan) {}

    /// Takes the next reply. Ordinal 0 starts anew (the request was sent again).
    package mutating func received(_ reply: RESPValue, ordinal: Int) {}

    /// The response, once every reply was taken. A Redis error becomes a problem.
    package func finish(requestID: RequestID, fields: RequestFields) -> Response { Response(status: 500) }
}
