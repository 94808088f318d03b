// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore

/// What the header section of a request says about its body and its answer. Each check looks at a field only if it is
/// there.
enum RequestCheck {
    /// What no method that changes data may carry: a page of another site, and conditions that would be ignored.
    static func write(
        _ fields: RequestFields, _ request: Span<UInt8>, takesConditions: Bool = false, isOriginAllowed: Bool = false
    ) throws(Problem) {
        if fields.contains(.secFetchSite), !isOriginAllowed {
            let site = request.extracting(fields.range(.secFetchSite))
            if site.equalsIgnoringCase("cross-site") || site.equalsIgnoringCase("same-site") {
                throw Problem(kind: .crossSiteRequest)
            }
        }
        if !takesConditions, fields.contains(.ifMatch) || fields.contains(.ifNoneMatch) {
            throw Problem(.notImplemented, detail: "If-Match and If-None-Match are for /v1/strings/{key} only.")
        }
    }

    /// `If-Match` and `If-None-Match`.
    static func conditions(_ fields: RequestFields, _ request: Span<UInt8>) throws(Problem) {
        for name in [FieldName.ifMatch, .ifNoneMatch] where fields.contains(name) {
            guard EntityTag.isList(request.extracting(fields.range(name))) else {
                throw Problem(.invalidHeader, detail: "If-Match and If-None-Match must be * or a list of entity tags.")
            }
        }
    }

    /// The coding and the type of a body.
    static func body(_ kind: RouteRule.Body, _ fields: RequestFields, _ request: Span<UInt8>) throws(Problem) {
        if fields.contains(.contentEncoding),
            !request.extracting(fields.range(.contentEncoding)).equalsIgnoringCase("identity")
        {
            throw Problem(kind: .unsupportedContentEncoding)
        }
        guard fields.contains(.contentType) else {
            guard fields.method == .query else { return }
            // RFC 10008 demands it.
            throw Problem(.invalidHeader, detail: "QUERY needs a Content-Type; the body must be application/json.")
        }
        let type = request.extracting(fields.range(.contentType))
        switch kind {
        case .octets where !MediaType.isMultipart(type), .json where MediaType.isJSON(type): return
        case .octets:
            throw Problem(
                .unsupportedMediaType,
                detail: "A value is the body's bytes, of any type but multipart; send it with --data-binary, say.")
        case .json:
            throw Problem(.unsupportedMediaType, detail: "The body must be application/json.")
        }
    }

    /// Chooses the form of the answer; the match holds the preferred one. DELETE, and PUT of a string without `Prefer:
    /// return=representation`, answer without a body, so that nothing can be unacceptable.
    static func negotiate(
        _ answer: RouteRule.Answer, _ fields: RequestFields, _ request: Span<UInt8>, _ match: inout RouteMatch
    ) throws(Problem) {
        let other: ContentType?
        switch answer {
        case .fixed: return
        case .json: other = nil
        case .octetsOrJSON: other = .json
        case .jsonOrRESP: other = .resp
        case .jsonOrEvents: other = .eventStream
        case .jsonOrLines: other = .ndjson
        }
        if fields.contains(.prefer) {
            match.returnsRepresentation = Prefer.wantsRepresentation(request.extracting(fields.range(.prefer)))
        }
        guard fields.contains(.accept) else { return }
        switch (match.method, match.route) {
        case (.delete, _): return
        case (.put, .string) where !match.returnsRepresentation: return
        default: break
        }
        let accept = request.extracting(fields.range(.accept))
        guard let type = MediaType.negotiate(accept, first: match.answer, second: other) else {
            throw Problem(kind: .notAcceptable)
        }
        match.answer = type
    }

    /// `Request-Timeout-Ms`.
    static func timeout(_ fields: RequestFields, _ request: Span<UInt8>) throws(Problem) -> TimeAmount {
        let text = request.extracting(fields.range(.requestTimeout))
        guard let milliseconds = Decimal.int64(text), milliseconds >= 1 else {
            throw Problem(.invalidHeader, detail: "Request-Timeout-Ms must be a whole number from 1 on.")
        }
        // Nothing is raised by it, so that more than an hour needs no distinction.
        return .milliseconds(min(milliseconds, 3_600_000))
    }
}
