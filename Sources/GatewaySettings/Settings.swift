// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import GatewayServer
package import Logging

/// The effective settings of a process.
package struct Settings: Sendable {
    /// How log records look.
    package enum LogFormat: String, CaseIterable, Sendable {
        case json
        case text
    }

    package var server: ServerConfiguration
    /// nil: no upstream was configured, and Baton starts a private one.
    package var redisURL: String?
    package var logLevel: Logger.Level
    package var logFormat: LogFormat
    /// Each setting with its value and where it came from, in the order of the table.
    package var effective: [EffectiveSetting]
}
