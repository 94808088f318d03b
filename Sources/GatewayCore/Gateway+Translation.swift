// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import HTTPCore
package import NIOCore
import RedisCore

extension Gateway {
    /// Translates a complete request.
    /// - Parameters:
    ///   - match: What the header section has been found to ask for.
    ///   - fields: Those of the request.
    ///   - body: The complete body.
    /// - Returns: The translation.
    package func translate(_ match: RouteMatch, fields: RequestFields, body: ByteBuffer) -> Translation {
        if case .options = match.method { return self.options(match.route, fields) }
        if match.restriction != nil { return self.restricted(match, fields: fields, body: body) }
        if match.hasIdempotencyKey { return self.keyed(match, fields: fields, body: body) }
        switch match.route {
        case .string:
            return match.hasConditions
                ? self.conditionalString(match, fields: fields, body: body) : self.string(match, body: body)
        case .key:
            let shape: RedisPlan.Shape = if case .delete = match.method { .deleteKey } else { .describeKey }
            return .redis(RedisPlan(shape, key: match.key, timeout: self.timeout(match.requestedTimeout)))
        case .keyTTL: return self.timeToLive(match, body: body)
        case .commands: return self.command(match, body: body)
        case .pipelines, .transactions: return self.batch(match, body: body)
        case .livez, .readyz, .health, .metrics, .maintenance, .maintenanceEvents, .openapiYAML, .openapiJSON:
            return .local
        case .info, .topology: return .describe(section: InfoText.section(of: match, fields))
        case .channelMessages, .patternMessages, .shardChannelMessages:
            if case .get = match.method { return self.subscription(match, fields) }
            return self.resource(match, fields: fields, body: body)
        case .maintenanceHandoffs:
            do throws(Problem) {
                return .handoff(try HandoffOrder(body))
            } catch {
                return .refused(error)
            }
        case .keys where match.answer == .ndjson, .streamEntries where match.answer == .eventStream:
            return self.feed(match, fields: fields)
        case .upstashCommand, .upstashPipeline, .upstashTransaction, .upstashPath:
            return self.upstash(match, fields: fields, body: body)
        case .unknown: return .refused(Problem(kind: .routeNotFound))
        default: return self.resource(match, fields: fields, body: body)
        }
    }

    /// The channel or pattern of the path, and those of the query.
    private func subscription(_ match: RouteMatch, _ fields: RequestFields) -> Translation {
        do throws(Problem) {
            let (request, _) = try self.resourceRequest(match, fields: fields, body: ByteBuffer())
            let kind: SubscriptionKey.Kind =
                switch match.route {
                case .patternMessages: .pattern
                case .shardChannelMessages: .shardChannel
                default: .channel
                }
            var keys = [SubscriptionKey(kind, match.key)]
            let more = try request.parameters.list(
                kind == .pattern ? .pattern : .channel, limit: Self.subscriptionsMaximum - 1)
            for name in more?.words ?? [] where !keys.contains(where: { $0.name == name }) {
                keys.append(SubscriptionKey(kind, name))
            }
            return .subscribe(keys, .native)
        } catch {
            return .refused(error)
        }
    }

    /// Channels or patterns of one request.
    static let subscriptionsMaximum = 100

    /// How long the request may take: the configured time, or less if the caller wants less.
    func timeout(_ requested: TimeAmount?) -> TimeAmount {
        guard let requested else { return self.configuration.commandTimeout }
        return min(requested, self.configuration.commandTimeout)
    }

    private func string(_ match: RouteMatch, body: ByteBuffer) -> Translation {
        let timeout = self.timeout(match.requestedTimeout)
        let isJSON = if case .json = match.answer { true } else { false }
        switch match.method {
        case .put:
            let shape: RedisPlan.Shape =
                match.returnsRepresentation ? (isJSON ? .swapStringJSON : .swapString) : .writeString
            return .redis(RedisPlan(shape, key: match.key, value: body, modifier: match.modifier, timeout: timeout))
        case .delete: return .redis(RedisPlan(.deleteKey, key: match.key, timeout: timeout))
        // The size of the JSON form is known only when it is there.
        case .head where !isJSON: return .redis(RedisPlan(.measureString, key: match.key, timeout: timeout))
        default:
            if case .range = match.modifier {
                return .redis(RedisPlan(.readStringPart, key: match.key, modifier: match.modifier, timeout: timeout))
            }
            return .redis(RedisPlan(isJSON ? .readStringJSON : .readString, key: match.key, timeout: timeout))
        }
    }

    private func timeToLive(_ match: RouteMatch, body: ByteBuffer) -> Translation {
        switch match.method {
        case .put:
            do {
                let change = try TTLChange(body)
                return .redis(
                    RedisPlan(
                        .writeTTL, key: match.key, modifier: change.modifier, condition: change.condition,
                        timeout: self.timeout(match.requestedTimeout)))
            } catch {
                return .refused(error)
            }
        case .delete:
            return .redis(RedisPlan(.removeTTL, key: match.key, timeout: self.timeout(match.requestedTimeout)))
        default: return .redis(RedisPlan(.readTTL, key: match.key, timeout: self.timeout(match.requestedTimeout)))
        }
    }

    /// 204 with the methods of the path; of `*`, with all that any path has. A preflight of an allowed origin learns more.
    private func options(_ route: Route, _ fields: RequestFields) -> Translation {
        let methods: MethodSet
        if let rule = RouteTable.rule(for: route) {
            methods = rule.methods.union(.options)
        } else {
            methods = RouteTable.rules.reduce(into: MethodSet.options) { $0.formUnion($1.methods) }
        }
        var answer = [ResponseField(.allow, methods.text)]
        if methods.contains(.query), route != .unknown {
            answer.append(ResponseField(.acceptQuery, "application/json"))
        }
        if fields.contains(.accessControlRequestMethod), fields.withSpan({ self.isOfAllowedOrigin(fields, $0) }) {
            answer += OriginPolicy.preflight(methods)
        }
        return .response(Response(status: 204, fields: answer))
    }
}
