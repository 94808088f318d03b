// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// The routes as data. The router, the `Allow` field and the metrics labels come from here.
enum RouteTable {
    /// One rule a route, at the place of the route's raw value; ``Route/unknown`` has none.
    static let rules: [RouteRule] = Self.families(Self.routed + Self.upstash)

    /// Those that the templates decide about; they come first.
    static let routed: [RouteRule] =
        Self.basic + Self.resources + Self.description + Self.channels + Self.maintenance
        + Self.operation

    /// Those of the Upstash-compatible surface, whose targets ``UpstashTarget`` reads: the last template stands for any number of
    /// segments.
    private static let upstash: [RouteRule] = [
        RouteRule(.upstashCommand, "/", .post, bodies: .post, access: .byCommand),
        RouteRule(.upstashPipeline, "/pipeline", .post, bodies: .post, access: .byCommand),
        RouteRule(.upstashTransaction, "/multi-exec", .post, bodies: .post, access: .byCommand),
        RouteRule(
            .upstashPath, "/{command}", [.get, .head, .post, .put], bodies: [.post, .put], access: .byCommand),
    ]

    /// The routes with code of their own; the hottest first.
    private static let basic: [RouteRule] = [
        RouteRule(
            .string, "/v1/strings/{key}", [.get, .head, .put, .delete], bodies: .put, answer: .octetsOrJSON),
        RouteRule(.key, "/v1/keys/{key}", [.get, .head, .delete], answer: .json),
        RouteRule(
            .keyTTL, "/v1/keys/{key}/ttl", [.get, .head, .put, .delete], bodies: .put, body: .json, answer: .json),
        RouteRule(
            .commands, "/v1/commands", [.post, .query], bodies: [.post, .query], body: .json, answer: .jsonOrRESP,
            access: .byCommand),
        RouteRule(.pipelines, "/v1/pipelines", .post, bodies: .post, body: .json, answer: .json, access: .byCommand),
        RouteRule(
            .transactions, "/v1/transactions", .post, bodies: .post, body: .json, answer: .json, access: .byCommand),
        RouteRule(.livez, "/livez", [.get, .head], access: .open),
        RouteRule(.readyz, "/readyz", [.get, .head], access: .open),
        RouteRule(.health, "/health", [.get, .head], access: .open),
        RouteRule(.metrics, "/metrics", [.get, .head]),
    ]

    /// The API's description.
    private static let description: [RouteRule] = [
        RouteRule(.openapiYAML, "/openapi.yaml", [.get, .head]),
        RouteRule(.openapiJSON, "/openapi.json", [.get, .head]),
    ]

    /// POST publishes, GET subscribes.
    private static let channels: [RouteRule] = [
        RouteRule(
            .channelMessages, "/v1/channels/{channel}/messages", [.get, .post], bodies: .post, access: .byPublish,
            operations: [
                Operation(.post, .receivers, body: .octets, ChannelCommands.publish), Self.subscribe([.channel]),
            ]),
        RouteRule(
            .patternMessages, "/v1/patterns/{pattern}/messages", .get, operations: [Self.subscribe([.pattern])]),
        RouteRule(
            .shardChannelMessages, "/v1/shard-channels/{channel}/messages", [.get, .post], bodies: .post,
            access: .byPublish,
            operations: [
                Operation(.post, .receivers, body: .octets, ChannelCommands.publishToShard),
                Self.subscribe([.channel]),
            ]),
    ]

    /// What a subscription takes; it becomes no commands of the request's own.
    private static func subscribe(_ parameters: ParameterSet) -> Operation {
        var parameters = parameters
        parameters.insert(.keyEncoding)
        return Operation(.get, .none, parameters: parameters) { _ in }
    }

    /// What the gateway tells of the upstream's maintenance.
    private static let maintenance: [RouteRule] = [
        RouteRule(.maintenance, "/v1/maintenance", [.get, .head], answer: .json),
        RouteRule(.maintenanceEvents, "/v1/maintenance/events", .get),
        RouteRule(
            .maintenanceHandoffs, "/v1/maintenance/handoffs", .post, bodies: .post, body: .json, answer: .json,
            access: .byAdmin),
    ]

    /// What Redis and the gateway say of themselves; it is of use to who attacks them, too.
    private static let operation: [RouteRule] = [
        RouteRule(.info, "/v1/info", [.get, .head], answer: .json, access: .admin),
        RouteRule(.topology, "/v1/topology", [.get, .head], answer: .json, access: .admin),
    ]

    /// Links each rule to the next one with another constant beginning, so that a target of another family costs one
    /// comparison.
    private static func families(_ rules: [RouteRule]) -> [RouteRule] {
        var linked = rules
        for index in rules.indices {
            linked[index].next =
                rules[index...].firstIndex { !$0.hasBeginning(of: rules[index]) } ?? rules.count
        }
        return linked
    }

    /// The rule of a route; nil for ``Route/unknown``.
    static func rule(for route: Route) -> RouteRule? {
        let index = Int(route.rawValue)
        return index < Self.rules.count ? Self.rules[index] : nil
    }
}
