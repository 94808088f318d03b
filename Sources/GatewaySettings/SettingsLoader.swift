// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import GatewayCore
import GatewayServer
import Logging
import RedisClient

/// Collects the settings, checks each and all together, and says everything that is wrong at once.
package enum SettingsLoader {
    /// - Parameters:
    ///   - arguments: The words behind the subcommand, `--name value` or `--name=value`.
    ///   - environment: The process's environment; `BATON_...` counts.
    ///   - eventLoops: The default number of event loops.
    /// - Returns: The effective settings.
    /// - Throws: ``SettingsError``.
    package static func load(
        arguments: [String], environment: [String: String], eventLoops: Int
    ) async throws(SettingsError) -> Settings {
        let sources = await SettingsSources(arguments: arguments, environment: environment)
        var faults = sources.faults
        var draft = SettingsDraft()
        draft.server.eventLoops = max(1, min(eventLoops, 1024))
        var origins: [String: String] = [:]
        for setting in Setting.all {
            for source in sources.sources {
                guard let texts = SettingsSources.value(of: setting, in: source) else { continue }
                origins[setting.name] = source.describe(setting)
                if !setting.apply(texts, to: &draft) {
                    faults.append(
                        .badValue(name: setting.name, source: source.describe(setting), allowed: setting.allowed))
                }
                break
            }
        }
        let effective = Setting.all.map { setting in
            let text = setting.name == "redis" ? Self.withoutCredentials(draft.redis) : setting.text(in: draft)
            return EffectiveSetting(name: setting.name, value: text, source: origins[setting.name] ?? "default")
        }
        var assembly = SettingsAssembly(draft: draft, origins: origins)
        assembly.assemble()
        faults += assembly.faults
        guard faults.isEmpty else { throw SettingsError(faults: faults) }
        return Settings(
            server: assembly.server, redisURL: draft.redis.isEmpty ? nil : draft.redis,
            logLevel: Logger.Level(rawValue: draft.logLevel) ?? .info,
            logFormat: Settings.LogFormat(rawValue: draft.logFormat) ?? .text, effective: effective)
    }

    /// A URL that can be shown.
    static func withoutCredentials(_ url: String) -> String {
        guard let scheme = url.range(of: "://"), let at = url.lastIndex(of: "@"), at > scheme.upperBound else {
            return url
        }
        return url[..<scheme.upperBound] + "***" + url[at...]
    }
}
