// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The request fields that Baton reads. Every other field is counted against the limits and then forgotten, so that a
/// request never holds memory for what nobody will look at.
public enum FieldName: UInt8, CaseIterable, Sendable {
    /// The method token: `:method`, or the first word of an HTTP/1.1 request line.
    case method
    /// The request target in origin form, query included: `:path`, or the second word of the request line.
    case path
    /// `:authority` or `host`.
    case authority
    case accept
    case accessControlRequestMethod
    case acceptEncoding
    case authorization
    case contentEncoding
    case contentLength
    case contentType
    case expect
    case idempotencyKey
    case ifMatch
    case ifNoneMatch
    case ifRange
    case lastEventID
    case origin
    case prefer
    case range
    case requestTimeout
    case secFetchSite
    case traceparent
    case upstashEncoding
    case upstashResponseFormat
    case upstashSyncToken
    case requestID

    /// The place among the cases, which is the raw value: but for a synthesised one there would be a call from every other module.
    @inlinable @inline(__always)
    public var ordinal: UInt8 {
        // Safety: an enumeration without payloads is its place among the cases, in one byte.
        unsafe unsafeBitCast(self, to: UInt8.self)
    }

    /// The field's name on the wire in lower case (RFC 9113 section 8.2).
    package var wireName: String {
        switch self {
        case .method: ":method"
        case .path: ":path"
        case .authority: ":authority"
        case .accept: "accept"
        case .accessControlRequestMethod: "access-control-request-method"
        case .acceptEncoding: "accept-encoding"
        case .authorization: "authorization"
        case .contentEncoding: "content-encoding"
        case .contentLength: "content-length"
        case .contentType: "content-type"
        case .expect: "expect"
        case .idempotencyKey: "idempotency-key"
        case .ifMatch: "if-match"
        case .ifNoneMatch: "if-none-match"
        case .ifRange: "if-range"
        case .lastEventID: "last-event-id"
        case .origin: "origin"
        case .prefer: "prefer"
        case .range: "range"
        case .requestTimeout: "request-timeout-ms"
        case .secFetchSite: "sec-fetch-site"
        case .traceparent: "traceparent"
        case .upstashEncoding: "upstash-encoding"
        case .upstashResponseFormat: "upstash-response-format"
        case .upstashSyncToken: "upstash-sync-token"
        case .requestID: "x-request-id"
        }
    }

    /// Whether a second field of this name is joined to the first by `, ` (RFC 9110 section 5.3). For any other name a
    /// second field makes the request ambiguous, and the engines refuse it with 400.
    package var isList: Bool {
        switch self {
        case .accept, .acceptEncoding, .contentEncoding, .ifMatch, .ifNoneMatch, .prefer: true
        default: false
        }
    }
}
