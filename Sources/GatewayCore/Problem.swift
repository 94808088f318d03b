// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
package import RedisCore

/// An error for the caller: RFC 9457, with `outcome` and `retryable`.
package struct Problem: Error, Sendable {
    package init(_ rejection: RequestRejection) {}
    package init(_ failure: RedisFailure) {}
    /// The gateway itself has no room (body budget), or is draining.
    package static let overloaded = Problem(.overloaded)
    package static let requestTimeout = Problem(.malformed)

    package var status: Int { 500 }

    /// `application/problem+json`, with `instance` naming the request. For HEAD the engines drop the body.
    package func response(requestID: RequestID, fields: RequestFields) -> Response { Response(status: self.status) }
}
