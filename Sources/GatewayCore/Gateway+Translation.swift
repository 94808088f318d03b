// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
package import NIOCore

extension Gateway {
    /// Translates a complete request.
    package func translate(_ match: RouteMatch, fields: RequestFields, body: ByteBuffer) -> Translation {
        if match.method == .options { return Self.options(match.route) }
        switch match.route {
        case .string: return self.string(match, body: body)
        case .key:
            let shape: RedisPlan.Shape = match.method == .delete ? .deleteKey : .describeKey
            return .redis(RedisPlan(shape, key: match.key, timeout: self.timeout(match)))
        case .keyTTL: return self.timeToLive(match, body: body)
        case .commands: return self.command(match, body: body)
        case .pipelines, .transactions: return self.batch(match, body: body)
        case .livez, .readyz, .health, .metrics: return .local
        case .unknown: return .refused(Problem(kind: .routeNotFound))
        }
    }

    /// How long the request may take: the configured time, or less if the caller wants less.
    func timeout(_ match: RouteMatch) -> TimeAmount {
        guard let requested = match.requestedTimeout else { return self.configuration.commandTimeout }
        return min(requested, self.configuration.commandTimeout)
    }

    private func string(_ match: RouteMatch, body: ByteBuffer) -> Translation {
        let isJSON = match.answer == .json
        var shape = isJSON ? RedisPlan.Shape.readStringJSON : .readString
        switch match.method {
        // The size of the JSON form is known only when it is there.
        case .head where !isJSON: shape = .measureString
        case .put:
            shape = match.returnsRepresentation ? (isJSON ? .swapStringJSON : .swapString) : .writeString
            return .redis(
                RedisPlan(shape, key: match.key, value: body, modifier: match.modifier, timeout: self.timeout(match)))
        case .delete: shape = .deleteKey
        default:
            if case .range = match.modifier { shape = .readStringPart }
        }
        return .redis(RedisPlan(shape, key: match.key, modifier: match.modifier, timeout: self.timeout(match)))
    }

    private func timeToLive(_ match: RouteMatch, body: ByteBuffer) -> Translation {
        switch match.method {
        case .put:
            do {
                let change = try TTLChange(body)
                return .redis(
                    RedisPlan(
                        .writeTTL, key: match.key, modifier: change.modifier, condition: change.condition,
                        timeout: self.timeout(match)))
            } catch {
                return .refused(error)
            }
        case .delete: return .redis(RedisPlan(.removeTTL, key: match.key, timeout: self.timeout(match)))
        default: return .redis(RedisPlan(.readTTL, key: match.key, timeout: self.timeout(match)))
        }
    }

    /// 204 with the methods of the path; of `*`, with all that any path has.
    private static func options(_ route: Route) -> Translation {
        let methods: MethodSet
        if let rule = RouteTable.rule(for: route) {
            methods = rule.methods.union(.options)
        } else {
            methods = RouteTable.rules.reduce(into: MethodSet.options) { $0.formUnion($1.methods) }
        }
        return .response(Response(status: 204, fields: [ResponseField(.allow, methods.text)]))
    }
}
