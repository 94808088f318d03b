// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
import NIOCore

/// Whose pages may use the gateway from a browser (CORS, in the Fetch standard section 3.3). Credentials of the browser's own are never
/// allowed: a token is what a page must have.
package struct OriginPolicy: Sendable, Equatable {
    /// Exact origins, as browsers write them; empty: any.
    private let origins: [[UInt8]]

    /// Reads the origins of a setting; nil if one of them is none.
    ///
    /// - Parameter origins: `*` alone; or `scheme://host` or `scheme://host:port` each, in any case of letters.
    package init?(_ origins: [String]) {
        guard origins != ["*"] else {
            self.origins = []
            return
        }
        let list = origins.map { Array($0.lowercased().utf8) }
        guard !list.isEmpty, list.allSatisfy(Self.isOrigin) else { return nil }
        self.origins = list
    }

    /// Whether every page may use the gateway.
    package var isAny: Bool { self.origins.isEmpty }

    /// Whether pages of an origin may use the gateway.
    /// - Parameter origin: The `Origin` field.
    /// - Returns: Whether they may.
    func allows(_ origin: Span<UInt8>) -> Bool {
        guard !self.isAny else { return true }
        return self.origins.contains { $0.span.equals(bytes: origin) }
    }

    /// Lets a page see a response, if its origin is allowed.
    /// - Parameters:
    ///   - response: Gets further fields. `Vary` is there for every request, since a cache keeps the answer for others.
    ///   - fields: Those of the request.
    package func apply(to response: inout Response, for fields: RequestFields) {
        if !self.isAny { response.fields.append(ResponseField(.vary, "Origin")) }
        guard fields.contains(.origin), fields.withValue(of: .origin, { self.allows($0) }) else { return }
        let origin = self.isAny ? "*" : fields.string(.origin) ?? ""
        response.fields.append(ResponseField(.accessControlAllowOrigin, origin))
        if fields.method != .options {
            response.fields.append(ResponseField(.accessControlExposeHeaders, Self.exposed))
        }
    }

    /// What a preflight asks: the methods and fields that a page may use on a path. Whether its origin is allowed is said by
    /// ``apply(to:for:)``.
    /// - Parameter methods: Those of the path.
    /// - Returns: The fields of the answer.
    static func preflight(_ methods: MethodSet) -> [ResponseField] {
        [
            ResponseField(.accessControlAllowMethods, methods.text),
            ResponseField(.accessControlAllowHeaders, Self.accepted), ResponseField(.accessControlMaxAge, "600"),
        ]
    }

    /// The request fields that the API reads and a browser lets a page set, and those that the Upstash SDKs send besides.
    private static let accepted =
        "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, If-Range, Last-Event-ID, Prefer, Range, "
        + "Request-Timeout-Ms, Traceparent, Upstash-Encoding, Upstash-Response-Format, Upstash-Sync-Token, "
        + "Upstash-Telemetry-Platform, Upstash-Telemetry-Retry, Upstash-Telemetry-Runtime, Upstash-Telemetry-Sdk, X-Request-Id"

    /// The response fields that a page may read beyond the few that it always may.
    private static let exposed =
        "Accept-Ranges, Allow, Content-Range, ETag, Idempotency-Replayed, Link, Location, Preference-Applied, Redis-TTL-Ms, "
        + "Retry-After, Server-Timing, Upstash-Sync-Token, X-Request-Id"

    /// Whether the text is an origin with a scheme and a host; `null` is none, since any sandboxed page may send it.
    private static func isOrigin(_ text: [UInt8]) -> Bool {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            text[colon...].starts(with: Array("://".utf8)), text.count > colon + 3
        else { return false }
        return text[(colon + 3)...].allSatisfy { byte in
            byte > 0x20 && byte < 0x7F && !Array("/?#@,*\"".utf8).contains(byte)
        }
    }
}
