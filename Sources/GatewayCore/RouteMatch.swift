// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
package import NIOCore

/// What the header section of a request has been found to ask for.
package struct RouteMatch: Sendable {
    package var route: Route
    package var method: Method
    /// The captured key, decoded; empty for routes without one.
    package var key: ByteBuffer
    /// Where the query lies in the target, without `?`; empty when there is none.
    package var query: Range<Int>
    /// Whether this method of the route takes a body. If not, a body that comes is read and dropped.
    package var takesBody: Bool
    /// The form of the answer that the caller prefers among those that the route has.
    package var answer: ContentType = .octetStream
    /// What the query and the `Range` field ask for.
    package var modifier: Modifier = .none
    /// `Prefer: return=representation`.
    package var returnsRepresentation: Bool = false
    /// Whether there are `If-Match`, `If-None-Match` or `If-Range` to regard.
    package var hasConditions: Bool = false
    /// Whether there is an `Idempotency-Key` to regard.
    package var hasIdempotencyKey: Bool = false
    /// `?verbose`, on the health routes.
    package var isVerbose: Bool = false
    /// What the caller may do.
    package var scopes: Scopes = .all
    /// The place of the caller's token in the table (``TokenTable/name(at:)``); nil when no token was asked for.
    package var identity: Int?
    /// The keys that the caller may use; nil: all. It is that of the table by which the request was admitted.
    package var restriction: KeyRestriction?
    /// `Request-Timeout-Ms`, 1...; nil without.
    package var requestedTimeout: TimeAmount?

    package init(
        route: Route, method: Method, key: ByteBuffer = ByteBuffer(), query: Range<Int> = 0..<0, takesBody: Bool = false
    ) {
        self.route = route
        self.method = method
        self.key = key
        self.query = query
        self.takesBody = takesBody
    }

    /// Whether the answer has byte ranges.
    var mayHaveRange: Bool {
        switch (self.route, self.method, self.answer) {
        case (.string, .get, .octetStream): true
        default: false
        }
    }
}
