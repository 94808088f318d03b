// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The routes, one case a template. The metrics label, the `Allow` field and the router come from the same table.
package enum Route: UInt8, CaseIterable, Sendable {
    case string
    case key
    case keyTTL
    case commands
    case pipelines
    case transactions
    case livez
    case readyz
    case health
    case metrics
    /// No template fits: 404.
    case unknown

    /// The template as OpenAPI writes it; `unknown` for ``unknown``.
    package var template: StaticString {
        switch self {
        case .string: "/v1/strings/{key}"
        case .key: "/v1/keys/{key}"
        case .keyTTL: "/v1/keys/{key}/ttl"
        case .commands: "/v1/commands"
        case .pipelines: "/v1/pipelines"
        case .transactions: "/v1/transactions"
        case .livez: "/livez"
        case .readyz: "/readyz"
        case .health: "/health"
        case .metrics: "/metrics"
        case .unknown: "unknown"
        }
    }
}
