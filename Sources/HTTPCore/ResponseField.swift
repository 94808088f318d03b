// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// A response field beyond `content-type`, `content-length` and `x-request-id`.
package struct ResponseField: Sendable, Equatable {
    /// The names that Baton sends.
    package enum Name: UInt8, CaseIterable, Sendable {
        case acceptQuery
        case acceptRanges
        case accessControlAllowHeaders
        case accessControlAllowMethods
        case accessControlAllowOrigin
        case accessControlExposeHeaders
        case accessControlMaxAge
        case allow
        case cacheControl
        case contentRange
        case etag
        case idempotencyReplayed
        case lastEventID
        case link
        case location
        case preferenceApplied
        case redisTTL
        case retryAfter
        case serverTiming
        case upstashSyncToken
        case vary
        case wwwAuthenticate

        /// The name in lower case, as HTTP/2 wants it and HTTP/1.1 allows it.
        package var value: StaticString {
            switch self {
            case .acceptQuery: "accept-query"
            case .acceptRanges: "accept-ranges"
            case .accessControlAllowHeaders: "access-control-allow-headers"
            case .accessControlAllowMethods: "access-control-allow-methods"
            case .accessControlAllowOrigin: "access-control-allow-origin"
            case .accessControlExposeHeaders: "access-control-expose-headers"
            case .accessControlMaxAge: "access-control-max-age"
            case .allow: "allow"
            case .cacheControl: "cache-control"
            case .contentRange: "content-range"
            case .etag: "etag"
            case .idempotencyReplayed: "idempotency-replayed"
            case .lastEventID: "last-event-id"
            case .link: "link"
            case .location: "location"
            case .preferenceApplied: "preference-applied"
            case .redisTTL: "redis-ttl-ms"
            case .retryAfter: "retry-after"
            case .serverTiming: "server-timing"
            case .upstashSyncToken: "upstash-sync-token"
            case .vary: "vary"
            case .wwwAuthenticate: "www-authenticate"
            }
        }
    }

    package var name: Name
    /// The value. It never holds CR, LF or NUL: whoever builds it from a peer's bytes escapes them first.
    package var value: String

    package init(_ name: Name, _ value: String) {
        self.name = name
        self.value = value
    }
}
