// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// A request method (RFC 9110 section 9; QUERY is RFC 10008).
public enum Method: UInt8, CaseIterable, Sendable {
    case get
    case head
    case post
    case put
    case delete
    case patch
    case options
    case query
    /// Any other token. It has no meaning here, and every route answers it with 405.
    case other

    /// The place among the cases, which is the raw value: but for a synthesised one there would be a call from every other module.
    @inlinable @inline(__always)
    public var ordinal: UInt8 {
        // Safety: an enumeration without payloads is its place among the cases, in one byte.
        unsafe unsafeBitCast(self, to: UInt8.self)
    }

    /// Reads a method token. Methods are case-sensitive (RFC 9110 section 9.1).
    package init(token: borrowing Span<UInt8>) {
        switch token.count {
        case 3 where token.equals("GET"): self = .get
        case 3 where token.equals("PUT"): self = .put
        case 4 where token.equals("HEAD"): self = .head
        case 4 where token.equals("POST"): self = .post
        case 5 where token.equals("PATCH"): self = .patch
        case 5 where token.equals("QUERY"): self = .query
        case 6 where token.equals("DELETE"): self = .delete
        case 7 where token.equals("OPTIONS"): self = .options
        default: self = .other
        }
    }

    /// The token as it stands on the wire, `OTHER` for ``other``; also the metrics label.
    package var name: String {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .delete: "DELETE"
        case .patch: "PATCH"
        case .options: "OPTIONS"
        case .query: "QUERY"
        case .other: "OTHER"
        }
    }
}
