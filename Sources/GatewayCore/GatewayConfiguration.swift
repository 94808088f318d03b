// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// What the pure part of the gateway must know. Each value is a setting.
package struct GatewayConfiguration: Sendable {
    /// The deadline of a request, and the most that `Request-Timeout-Ms` may ask for.
    package var commandTimeout: TimeAmount = .seconds(1)
    /// How long a blocking command may wait.
    package var blockingTimeoutMaximum: TimeAmount = .seconds(30)
    /// The database that the upstream's connections use; `SELECT` of this one is answered, of any other refused.
    package var database: Int = 0
    /// Commands in one pipeline or transaction, 1...
    package var commandsPerBatch: Int = 1_000
    /// Arguments of one command, its name included.
    package var argumentsPerCommand: Int = 8_192
    /// Commands that the policy does not know (modules, newer servers) and the operator vouches for, in upper case.
    package var allowedCommands: Set<String> = []
    /// Whether GET and HEAD run commands that write, on the Upstash-compatible surface.
    package var allowsUpstashWritesByGet: Bool = false
    /// Whether that surface takes the token of `?_token=`, which logs and histories keep.
    package var allowsUpstashTokenInQuery: Bool = false
    /// Bytes of scripts that are kept for a Redis that has forgotten them.
    package var scriptBytes: Int = 4 * 1024 * 1024
    /// How long the answer to a request with `Idempotency-Key` is kept.
    package var idempotencyTime: TimeAmount = .hours(24)
    /// nil: nobody is asked for a token.
    package var tokens: TokenTable?
    /// The hosts that requests may name; nil: any.
    package var allowedHosts: HostList?
    /// Whose pages may use the gateway from a browser; nil: nobody's.
    package var origins: OriginPolicy?

    package init() {}
}
