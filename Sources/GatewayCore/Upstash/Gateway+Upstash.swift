// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore

/// Admission of requests on the Upstash-compatible surface.
extension Gateway {
    /// Checks what can be checked without the body.
    /// - Returns: nil if the target is none of this surface's.
    func admitUpstash(
        _ fields: RequestFields, _ request: Span<UInt8>, cache: inout AuthenticationCache
    ) -> Admission? {
        let pathRange = fields.range(.path)
        let target = request.extracting(pathRange)
        guard let place = UpstashTarget(target) else { return nil }
        let start = pathRange.lowerBound + place.path.lowerBound
        var match = RouteMatch(
            route: place.route, method: fields.method, key: fields.slice(in: start..<start + place.path.count),
            query: place.query)
        if case .options = match.method { return .accepted(match) }
        do throws(Problem) {
            try self.check(&match, target.extracting(place.query), fields, request, cache: &cache)
        } catch {
            return .refused(error, place.route)
        }
        return .accepted(match)
    }

    private func check(
        _ match: inout RouteMatch, _ query: Span<UInt8>, _ fields: RequestFields, _ request: Span<UInt8>,
        cache: inout AuthenticationCache
    ) throws(Problem) {
        if self.isAuthenticating {
            try self.authenticateUpstash(&match, query, fields, request, cache: &cache)
        }
        guard let rule = RouteTable.rule(for: match.route) else { throw Problem(kind: .routeNotFound) }
        guard rule.methods.contains(MethodSet(match.method)) else { throw Problem.methodNotAllowed(rule.methods) }
        if !MethodSet.safe.contains(MethodSet(match.method)) {
            match.takesBody = true
            try RequestCheck.write(fields, request, isOriginAllowed: self.isOfAllowedOrigin(fields, request))
            try RequestCheck.body(.octets, fields, request)
        } else if self.configuration.allowsUpstashWritesByGet {
            try RequestCheck.write(fields, request, isOriginAllowed: self.isOfAllowedOrigin(fields, request))
        }
        if fields.contains(.idempotencyKey) {
            throw Problem(.idempotencyNotPossible, detail: "Idempotency-Key is for the routes below /v1.")
        }
        var format = try UpstashFormat(fields, request)
        // A transaction is always answered in JSON.
        if case .upstashTransaction = match.route { format.remove(.resp2) }
        match.modifier = .upstash(format)
        if fields.contains(.requestTimeout) {
            match.requestedTimeout = try RequestCheck.timeout(fields, request)
        }
    }

    /// The token of the `authorization` field, or, where the setting allows it, that of `?_token=`.
    private func authenticateUpstash(
        _ match: inout RouteMatch, _ query: Span<UInt8>, _ fields: RequestFields, _ request: Span<UInt8>,
        cache: inout AuthenticationCache
    ) throws(Problem) {
        guard self.configuration.allowsUpstashTokenInQuery, !fields.contains(.authorization),
            let token = UpstashQuery.token(query)
        else { return try self.authenticate(&match, fields, request, cache: &cache) }
        var value = ByteBuffer(staticString: "Bearer ")
        value.writeImmutableBuffer(token)
        guard let table = cache.newerTable ?? self.configuration.tokens,
            let identity = cache.identity(authorization: value.readableBytesUInt8Span, table: table)
        else { throw Problem(kind: .unauthorized) }
        match.scopes = identity.scopes
        match.identity = identity.index
        match.restriction = identity.restriction
    }
}
