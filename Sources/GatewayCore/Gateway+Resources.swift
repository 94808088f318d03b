// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP
import RedisCore

extension Gateway {
    /// Translates a request to a native resource by the operation that the table has for it.
    func resource(_ match: RouteMatch, fields: RequestFields, body: ByteBuffer) -> Translation {
        do throws(Problem) {
            var (request, operation) = try self.resourceRequest(match, fields: fields, body: body)
            try operation.translate(&request)
            if match.route == .scripts { self.scripts.insert(request.octets) }
            if request.rendering == .element, case .json = match.answer { request.rendering = .elementJSON }
            return .redis(self.plan(request, match))
        } catch {
            return .refused(error)
        }
    }

    /// A request to a native resource, and the operation that the table has for it.
    func resourceRequest(
        _ match: RouteMatch, fields: RequestFields, body: ByteBuffer
    ) throws(Problem) -> (ResourceRequest, Operation) {
        let place = Int(match.route.rawValue)
        guard place < self.rules.count, let operation = self.rules[place].operation(for: match.method) else {
            throw Problem(kind: .routeNotFound)
        }
        let request = try ResourceRequest(
            match, operation, member: self.member(match, fields), query: Self.query(match, fields),
            allowed: self.rules[place].parameters(of: operation), octets: operation.takesBody ? body : ByteBuffer(),
            argumentLimit: self.configuration.argumentsPerCommand, waitLimit: self.waitLimit(match))
        return (request, operation)
    }

    private func plan(_ request: ResourceRequest, _ match: RouteMatch) -> RedisPlan {
        var timeout = self.timeout(match.requestedTimeout)
        if request.wait > 0 {
            let limit = match.requestedTimeout ?? .nanoseconds(.max)
            timeout = min(limit, .milliseconds(request.wait) + self.configuration.commandTimeout)
        }
        return RedisPlan(
            request.isTransaction ? .resourceTransaction : .resource, commands: request.commands.buffer,
            count: request.commandCount, retryClass: request.retryClass, needsLease: request.wait > 0,
            timeout: timeout, rendering: request.rendering)
    }

    private static func query(_ match: RouteMatch, _ fields: RequestFields) -> ByteBuffer {
        let start = fields.range(.path).lowerBound + match.query.lowerBound
        return fields.slice(in: start..<start + match.query.count)
    }

    /// The second captured segment, decoded. Fields, members and groups are base64url where the key is; an index or an
    /// id is plain.
    private func member(_ match: RouteMatch, _ fields: RequestFields) throws(Problem) -> ByteBuffer {
        let rule = self.rules[Int(match.route.rawValue)]
        guard let second = rule.second else { return ByteBuffer() }
        let path = fields.range(.path)
        let range = fields.withValue(of: .path) { rule.secondSegment(of: $0) }
        let start = path.lowerBound + range.lowerBound
        var member = fields.slice(in: start..<start + range.count)
        let isBase64 = second.isEncodable ? try Self.isBase64(match, fields) : false
        let isEscaped = member.readableBytesView.contains(UInt8(ascii: "%"))
        if isEscaped || isBase64 {
            try Self.decode(&member, isEscaped: isEscaped, isBase64: isBase64)
        } else if member.readableBytes == 0 {
            throw Problem(kind: .routeNotFound)
        }
        return member
    }

    private static func isBase64(_ match: RouteMatch, _ fields: RequestFields) throws(Problem) -> Bool {
        guard !match.query.isEmpty else { return false }
        var all: ParameterSet = []
        for parameter in Parameter.allCases { all.insert(parameter) }
        return try Parameters(Self.query(match, fields), allowed: all).isBase64
    }
}
