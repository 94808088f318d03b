// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
import JSONCodec
import NIOCore

extension Gateway {
    /// Routes and authenticates a header section, and checks what can be checked without the body (method, content
    /// type, acceptable answer).
    package func admit(_ fields: RequestFields, cache: inout AuthenticationCache) -> Admission {
        // One span for the whole admission: taking it costs more than most of the checks.
        fields.withSpan { request in self.admit(fields, request, cache: &cache) }
    }

    @inline(__always)
    private func admit(
        _ fields: RequestFields, _ request: Span<UInt8>, cache: inout AuthenticationCache
    ) -> Admission {
        let method = fields.method
        let pathRange = fields.range(.path)
        let target = request.extracting(pathRange)
        // An element of a span is looked at where it lies; one of an array would be copied.
        let rules = self.rules.span
        var next = 0
        while next < self.routedCount {
            let index = next
            let place: TargetPlace
            next = index &+ 1
            switch rules[index].match(target) {
            case .none: continue
            case .elsewhere:
                next = rules[index].next
                continue
            case .invalid: return .refused(Problem(kind: .invalidTarget), rules[index].route)
            case .path(let found): place = found
            }
            let start = pathRange.lowerBound &+ place.segment.lowerBound
            // For a route that captures nothing the slice is empty.
            let segment = fields.slice(in: start..<start &+ place.segment.count)
            var match = RouteMatch(route: rules[index].route, method: method, key: segment, query: place.query)
            if self.isCheckingHosts, !rules[index].isOpen, self.isMisdirected(fields, request, cache: &cache) {
                return .refused(Problem(kind: .misdirectedRequest), match.route)
            }
            if case .options = method { return .accepted(match) }
            do throws(Problem) {
                try self.check(&match, rules[index], fields, request, cache: &cache)
                if rules[index].suffixStart != nil || !place.query.isEmpty {
                    try self.capture(isEscaped: place.isEscaped, target, rules[index], &match)
                    // Only octets have ranges.
                    if fields.contains(.range), match.mayHaveRange {
                        if fields.contains(.ifRange) { match.hasConditions = true }
                        match.modifier = ByteRange.modifier(request.extracting(fields.range(.range)))
                    }
                }
            } catch {
                return .refused(error, rules[index].route)
            }
            return .accepted(consume match)
        }
        if self.isCheckingHosts, self.isMisdirected(fields, request, cache: &cache) {
            return .refused(Problem(kind: .misdirectedRequest), .unknown)
        }
        if case .options = method, target.equals("*") {
            return .accepted(RouteMatch(route: .unknown, method: .options))
        }
        if let admission = self.admitUpstash(fields, request, cache: &cache) { return admission }
        return .refused(self.absence(fields, request, cache: &cache), .unknown)
    }

    /// Whether a request names a host that is not served, or none.
    @inline(__always)
    func isMisdirected(
        _ fields: RequestFields, _ request: Span<UInt8>, cache: inout AuthenticationCache
    ) -> Bool {
        let authority = request.extracting(fields.range(.authority))
        guard !cache.isAllowed(authority: authority) else { return false }
        guard let hosts = self.configuration.allowedHosts, hosts.contains(authority: authority) else { return true }
        cache.allow(authority: authority)
        return false
    }

    /// The checks that need neither the key nor the query, in the order of their answers' precedence.
    private func check(
        _ match: inout RouteMatch, _ rule: borrowing RouteRule, _ fields: RequestFields, _ request: Span<UInt8>,
        cache: inout AuthenticationCache
    ) throws(Problem) {
        if self.isAuthenticating, !rule.isOpen {
            try self.authenticate(&match, fields, request, cache: &cache)
        }
        let method = MethodSet(match.method)
        guard rule.methods.contains(method) else {
            throw Problem.methodNotAllowed(rule.methods.union(.options))
        }
        let isSafe = MethodSet.safe.contains(method)
        if !match.scopes.contains(rule.scope(isSafe: isSafe)) {
            throw Problem(kind: .insufficientScope)
        }
        if !isSafe {
            match.hasIdempotencyKey = fields.contains(.idempotencyKey)
            try RequestCheck.write(
                fields, request, takesConditions: Self.takesConditions(rule),
                isOriginAllowed: self.isOfAllowedOrigin(fields, request))
        }
        if rule.bodies.contains(method) {
            match.takesBody = true
            try RequestCheck.body(rule.body, fields, request)
        }
        if fields.hasConditions, Self.takesConditions(rule) {
            match.hasConditions = fields.contains(.ifMatch) || fields.contains(.ifNoneMatch)
            try RequestCheck.conditions(fields, request)
        }
        match.answer = rule.preferredAnswer
        if fields.contains(.accept) || fields.contains(.prefer) {
            try RequestCheck.negotiate(rule.answer(for: match.method), fields, request, &match)
        }
        if fields.contains(.requestTimeout) {
            match.requestedTimeout = try RequestCheck.timeout(fields, request)
        }
    }

    /// Whether the request comes from a page that may use the gateway.
    /// - Parameters:
    ///   - fields: Those of the request.
    ///   - request: Their values.
    /// - Returns: false without the setting, too.
    func isOfAllowedOrigin(_ fields: RequestFields, _ request: Span<UInt8>) -> Bool {
        guard fields.contains(.origin), let origins = self.configuration.origins else { return false }
        return origins.allows(request.extracting(fields.range(.origin)))
    }

    /// Whether preconditions are regarded: a string has entity tags, nothing else has.
    private static func takesConditions(_ rule: borrowing RouteRule) -> Bool {
        if case .string = rule.route { true } else { false }
    }

    /// 404, or 401 to those who may not know.
    private func absence(
        _ fields: RequestFields, _ request: Span<UInt8>, cache: inout AuthenticationCache
    ) -> Problem {
        if self.isAuthenticating {
            var match = RouteMatch(route: .unknown, method: .get)
            do throws(Problem) {
                try self.authenticate(&match, fields, request, cache: &cache)
            } catch {
                return error
            }
        }
        return Problem(kind: .routeNotFound)
    }

    func authenticate(
        _ match: inout RouteMatch, _ fields: RequestFields, _ request: Span<UInt8>, cache: inout AuthenticationCache
    ) throws(Problem) {
        guard let table = cache.newerTable ?? self.configuration.tokens,
            let identity = cache.identity(
                authorization: request.extracting(fields.range(.authorization)), table: table)
        else { throw Problem(kind: .unauthorized) }
        match.scopes = identity.scopes
        match.identity = identity.index
        match.restriction = identity.restriction
    }

    /// Reads the query, and decodes the captured segment, which the match holds as its key.
    private func capture(
        isEscaped: Bool, _ target: Span<UInt8>, _ rule: RouteRule, _ match: inout RouteMatch
    ) throws(Problem) {
        let isBase64 = match.query.isEmpty ? false : try self.readQuery(target.extracting(match.query), rule, &match)
        if isEscaped || isBase64 {
            try Self.decode(&match.key, isEscaped: isEscaped, isBase64: isBase64)
        } else if rule.suffixStart != nil, match.key.readableBytes == 0 {
            throw Problem(kind: .routeNotFound)
        }
    }

    /// Reads what the query of a route asks for.
    /// - Returns: whether the captured segment is base64url.
    private func readQuery(
        _ text: Span<UInt8>, _ rule: RouteRule, _ match: inout RouteMatch
    ) throws(Problem) -> Bool {
        guard let operation = rule.operation(for: match.method) else {
            let parameters = try QueryParameters(text, rule: rule, method: match.method)
            match.modifier = parameters.modifier
            match.isVerbose = parameters.isVerbose
            return parameters.isKeyBase64
        }
        var query = ByteBuffer()
        // Safety: bytes have no padding.
        unsafe query.writeBytes(text.bytes)
        return try Parameters(query, allowed: rule.parameters(of: operation)).isBase64 && rule.suffixStart != nil
    }

    static func decode(_ key: inout ByteBuffer, isEscaped: Bool, isBase64: Bool) throws(Problem) {
        if isEscaped {
            guard let decoded = PercentCoding.decode(key.readableBytesUInt8Span) else {
                throw Problem(.invalidTarget, detail: "The path holds a percent escape that is not one.")
            }
            key = decoded
        }
        if isBase64 {
            guard let decoded = Base64.decode(key.readableBytesUInt8Span, isURL: true) else {
                throw Problem(.invalidTarget, detail: "The key is not base64url, as key_encoding says.")
            }
            key = decoded
        }
    }
}
