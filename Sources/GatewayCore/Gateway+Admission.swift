// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
import NIOCore

extension Gateway {
    /// Routes and authenticates a header section, and checks what can be checked without the body (method, content type,
    /// acceptable answer).
    package func admit(_ fields: RequestFields, cache: inout AuthenticationCache) -> Admission {
        let storage = fields.storage
        let bytes = storage.readableBytesUInt8Span
        let method = Method(token: bytes.extracting(fields.range(.method)))
        let pathRange = fields.range(.path)
        let whole = bytes.extracting(pathRange)
        if method == .options, whole.equals("*") {
            return .accepted(RouteMatch(route: .unknown, method: .options))
        }
        guard let target = Target(whole) else { return .refused(Problem(kind: .invalidTarget), .unknown) }
        let path = whole.extracting(target.path)
        for index in RouteTable.rules.indices {
            guard let segment = RouteTable.rules[index].match(path) else { continue }
            var match = RouteMatch(route: RouteTable.rules[index].route, method: method, query: target.query)
            if method == .options { return .accepted(match) }
            let start = pathRange.lowerBound
            let place = start &+ segment.lowerBound..<start &+ segment.upperBound
            do {
                try self.check(&match, RouteTable.rules[index], fields, cache: &cache)
                try Self.capture(place, isEscaped: target.isEscaped, of: fields, rule: RouteTable.rules[index], &match)
            } catch {
                return .refused(error, match.route)
            }
            return .accepted(match)
        }
        return .refused(self.absence(fields, cache: &cache), .unknown)
    }

    /// The checks that need neither the key nor the query, in the order of their answers' precedence.
    private func check(
        _ match: inout RouteMatch, _ rule: RouteRule, _ fields: RequestFields, cache: inout AuthenticationCache
    ) throws(Problem) {
        if self.isAuthenticating, rule.access != .open {
            try self.authenticate(&match, fields, cache: &cache)
        }
        let method = MethodSet(match.method)
        guard rule.methods.contains(method) else {
            throw Problem.methodNotAllowed(rule.methods.union(.options))
        }
        let isSafe = MethodSet.safe.contains(method)
        if rule.access == .byMethod, !match.scopes.contains(isSafe ? .read : .write) {
            throw Problem(kind: .insufficientScope)
        }
        match.takesBody = rule.bodies.contains(method)
        if !isSafe {
            try Self.checkWrite(fields)
        }
        if match.takesBody {
            try Self.checkBody(rule, fields)
        }
        try Self.negotiate(rule, fields, &match)
        if fields.contains(.requestTimeout) {
            match.requestedTimeout = try Self.requestedTimeout(fields)
        }
    }

    /// 404, or 401 to those who may not know.
    private func absence(_ fields: RequestFields, cache: inout AuthenticationCache) -> Problem {
        if self.isAuthenticating {
            var match = RouteMatch(route: .unknown, method: .get)
            do {
                try self.authenticate(&match, fields, cache: &cache)
            } catch {
                return error
            }
        }
        return Problem(kind: .routeNotFound)
    }

    private func authenticate(
        _ match: inout RouteMatch, _ fields: RequestFields, cache: inout AuthenticationCache
    ) throws(Problem) {
        let storage = fields.storage
        let value = storage.readableBytesUInt8Span.extracting(fields.range(.authorization))
        guard let table = self.configuration.tokens,
            let identity = cache.identity(authorization: value, table: table)
        else { throw Problem(kind: .unauthorized) }
        match.scopes = identity.scopes
        match.identity = identity.index
    }

    /// What no method that changes data may carry: a page of another site, and conditions that would be ignored.
    private static func checkWrite(_ fields: RequestFields) throws(Problem) {
        let storage = fields.storage
        if fields.contains(.secFetchSite) {
            let site = storage.readableBytesUInt8Span.extracting(fields.range(.secFetchSite))
            if site.equalsIgnoringCase("cross-site") || site.equalsIgnoringCase("same-site") {
                throw Problem(kind: .crossSiteRequest)
            }
        }
        if fields.contains(.ifMatch) || fields.contains(.ifNoneMatch) {
            throw Problem(.notImplemented, detail: "Conditional writes (If-Match, If-None-Match) are not supported.")
        }
        if fields.contains(.idempotencyKey) {
            throw Problem(.notImplemented, detail: "The Idempotency-Key field is not supported.")
        }
    }

    private static func checkBody(_ rule: RouteRule, _ fields: RequestFields) throws(Problem) {
        let storage = fields.storage
        let bytes = storage.readableBytesUInt8Span
        if fields.contains(.contentEncoding),
            !bytes.extracting(fields.range(.contentEncoding)).equalsIgnoringCase("identity")
        {
            throw Problem(kind: .unsupportedContentEncoding)
        }
        guard fields.contains(.contentType) else { return }
        let type = bytes.extracting(fields.range(.contentType))
        switch rule.body {
        case .octets where MediaType.isOctets(type), .json where MediaType.isJSON(type): return
        case .octets:
            throw Problem(
                .unsupportedMediaType,
                detail: "A value is taken as application/octet-stream, text/*, application/json or without a type.")
        case .json:
            throw Problem(.unsupportedMediaType, detail: "The body must be application/json.")
        }
    }

    /// Chooses the form of the answer. DELETE, and PUT without `Prefer: return=representation`, answer without a body.
    private static func negotiate(
        _ rule: RouteRule, _ fields: RequestFields, _ match: inout RouteMatch
    ) throws(Problem) {
        let storage = fields.storage
        let bytes = storage.readableBytesUInt8Span
        let preferred: ContentType
        var other: ContentType?
        switch rule.answer {
        case .fixed: return
        case .json: preferred = .json
        case .octetsOrJSON: (preferred, other) = (.octetStream, .json)
        case .jsonOrRESP: (preferred, other) = (.json, .resp)
        }
        match.answer = preferred
        if match.method == .put, rule.route == .string, fields.contains(.prefer) {
            match.returnsRepresentation = Prefer.wantsRepresentation(bytes.extracting(fields.range(.prefer)))
        }
        guard fields.contains(.accept), match.method != .delete else { return }
        if match.method == .put, rule.route == .string, !match.returnsRepresentation { return }
        let accept = bytes.extracting(fields.range(.accept))
        guard let type = MediaType.negotiate(accept, first: preferred, second: other) else {
            throw Problem(kind: .notAcceptable)
        }
        match.answer = type
    }

    private static func requestedTimeout(_ fields: RequestFields) throws(Problem) -> TimeAmount {
        let storage = fields.storage
        let text = storage.readableBytesUInt8Span.extracting(fields.range(.requestTimeout))
        guard let milliseconds = Decimal.int64(text), milliseconds >= 1 else {
            throw Problem(.invalidHeader, detail: "Request-Timeout-Ms must be a whole number from 1 on.")
        }
        // Nothing is raised by it, so that more than an hour needs no distinction.
        return .milliseconds(min(milliseconds, 3_600_000))
    }

    /// Decodes the captured segment, and reads the query and what goes with it.
    private static func capture(
        _ segment: Range<Int>, isEscaped: Bool, of fields: RequestFields, rule: RouteRule, _ match: inout RouteMatch
    ) throws(Problem) {
        let storage = fields.storage
        let bytes = storage.readableBytesUInt8Span
        var isBase64 = false
        if !match.query.isEmpty {
            let target = bytes.extracting(fields.range(.path))
            let parameters = try QueryParameters(target.extracting(match.query), rule: rule, method: match.method)
            isBase64 = parameters.isKeyBase64
            match.modifier = parameters.modifier
            match.isVerbose = parameters.isVerbose
        }
        if rule.suffixStart != nil {
            match.key = try Self.key(segment, isEscaped: isEscaped, isBase64: isBase64, of: storage)
        }
        // Only octets have ranges; `If-Range` cannot hold, since no validator was ever sent (RFC 9110 section 13.1.5).
        if fields.contains(.range), rule.route == .string, match.method == .get, match.answer == .octetStream,
            !fields.contains(.ifRange)
        {
            match.modifier = ByteRange.modifier(bytes.extracting(fields.range(.range)))
        }
    }

    /// The key that a segment stands for; the segment itself when it needs no decoding.
    private static func key(
        _ segment: Range<Int>, isEscaped: Bool, isBase64: Bool, of storage: ByteBuffer
    ) throws(Problem) -> ByteBuffer {
        guard let slice = storage.getSlice(at: segment.lowerBound, length: segment.count) else {
            throw Problem(kind: .invalidTarget)
        }
        var key = slice
        if isEscaped {
            guard let decoded = PercentCoding.decode(slice.readableBytesUInt8Span) else {
                throw Problem(.invalidTarget, detail: "The path holds a percent escape that is not one.")
            }
            key = decoded
        }
        if isBase64 {
            guard let decoded = Base64.decode(key.readableBytesUInt8Span, alphabet: .url) else {
                throw Problem(.invalidTarget, detail: "The key is not base64url, as key_encoding says.")
            }
            key = decoded
        } else if segment.isEmpty {
            throw Problem(kind: .routeNotFound)
        }
        return key
    }
}
