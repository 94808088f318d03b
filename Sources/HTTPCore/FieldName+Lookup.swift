// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

extension FieldName {
    /// Recognises a field name in lower case; nil for a field that Baton does not read.
    ///
    /// The length decides first, so that a name costs at most a few comparisons.
    package init?(lowercased name: borrowing Span<UInt8>) {
        switch name.count {
        case 4 where name.equals("host"): self = .authority
        case 5 where name.equals(":path"): self = .path
        case 5 where name.equals("range"): self = .range
        case 6 where name.equals("accept"): self = .accept
        case 6 where name.equals("expect"): self = .expect
        case 6 where name.equals("prefer"): self = .prefer
        case 6 where name.equals("origin"): self = .origin
        case 7 where name.equals(":method"): self = .method
        case 8 where name.equals("if-match"): self = .ifMatch
        case 8 where name.equals("if-range"): self = .ifRange
        case 10 where name.equals(":authority"): self = .authority
        case 11 where name.equals("traceparent"): self = .traceparent
        case 12 where name.equals("content-type"): self = .contentType
        case 12 where name.equals("x-request-id"): self = .requestID
        case 13 where name.equals("authorization"): self = .authorization
        case 13 where name.equals("last-event-id"): self = .lastEventID
        case 13 where name.equals("if-none-match"): self = .ifNoneMatch
        case 14 where name.equals("content-length"): self = .contentLength
        case 14 where name.equals("sec-fetch-site"): self = .secFetchSite
        case 15 where name.equals("accept-encoding"): self = .acceptEncoding
        case 15 where name.equals("idempotency-key"): self = .idempotencyKey
        case 16 where name.equals("content-encoding"): self = .contentEncoding
        case 16 where name.equals("upstash-encoding"): self = .upstashEncoding
        case 18 where name.equals("request-timeout-ms"): self = .requestTimeout
        case 18 where name.equals("upstash-sync-token"): self = .upstashSyncToken
        // As one page of Upstash's documentation spells it.
        case 22 where name.equals("upstash-reponse-format"): self = .upstashResponseFormat
        case 23 where name.equals("upstash-response-format"): self = .upstashResponseFormat
        case 29 where name.equals("access-control-request-method"): self = .accessControlRequestMethod
        default: return nil
        }
    }
}
