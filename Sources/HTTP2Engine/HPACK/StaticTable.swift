// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// What responses need of the static table (RFC 7541 appendix A).
enum StaticTable {
    /// The number of its entries: the dynamic table goes on behind them.
    static let count = 61
    static let status = 8
    static let contentLength = 28
    static let contentType = 31
    static let etag = 34

    /// The index of a `:status` field; nil: it has none.
    @inline(__always)
    static func index(status: UInt16) -> Int? {
        switch status {
        case 200: 8
        case 204: 9
        case 206: 10
        case 304: 11
        case 400: 12
        case 404: 13
        case 500: 14
        default: nil
        }
    }

    /// The index of a name; nil: it has none.
    static func index(of name: ResponseField.Name) -> Int? {
        switch name {
        case .acceptRanges: 18
        case .accessControlAllowOrigin: 20
        case .allow: 22
        case .cacheControl: 24
        case .contentRange: 30
        case .etag: Self.etag
        case .link: 45
        case .location: 46
        case .retryAfter: 53
        case .vary: 59
        case .wwwAuthenticate: 61
        case .acceptQuery, .accessControlAllowHeaders, .accessControlAllowMethods, .accessControlExposeHeaders,
            .accessControlMaxAge, .idempotencyReplayed, .lastEventID, .preferenceApplied, .redisTTL, .serverTiming,
            .upstashSyncToken:
            nil
        }
    }
}
