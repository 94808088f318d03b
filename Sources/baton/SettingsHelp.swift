// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewaySettings

/// The settings as help text, from the table that also reads them.
enum SettingsHelp {
    static var text: String {
        var lines = [
            "Each setting is a flag, an environment variable or a key of the YAML file given by --config FILE (or BATON_CONFIG);",
            "the first of these that has it wins. --command-timeout 1s is BATON_COMMAND_TIMEOUT=1s and command-timeout: 1s.",
        ]
        var group = ""
        for setting in Setting.all {
            if setting.group != group {
                group = setting.group
                lines += ["", "\(group):"]
            }
            let fallback = setting.defaultText.isEmpty ? "" : " (default: \(setting.defaultText))"
            lines.append("  --\(setting.name) \(setting.placeholder)")
            lines.append("      \(setting.help)\(fallback)")
        }
        return lines.joined(separator: "\n")
    }
}
