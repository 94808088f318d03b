// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import GatewaySettings

/// The example of the settings file, made from the table that also reads the settings.
enum SettingsExample {
    static let file = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("deploy/baton.yaml")

    /// `deploy/baton.yaml`: every key, commented out, with its default.
    static var text: String {
        var lines = [
            "# SPDX-License-Identifier: Apache-2.0",
            "# Baton: an HTTP/2 gateway to Redis",
            "#",
            "# Every setting with its default. To change one, remove the # before its name. What is not set here may come from",
            "# BATON_... environment variables or flags, which win over this file. `baton check-config --config FILE` checks it.",
        ]
        for group in Self.groups {
            lines += ["", "# ---- \(group.name) ----"]
            for setting in group.settings {
                lines += ["", "# \(setting.help)"]
                if setting.name == "event-loops" { lines.append("# Without it: the number of cores.") }
                if !setting.defaultText.isEmpty, setting.allowed != setting.placeholder {
                    lines.append("# Allowed: \(setting.allowed).")
                }
                lines.append("#\(setting.name): \(Self.exampleValue(setting))")
            }
        }
        return (lines + [""]).joined(separator: "\n")
    }

    private static func exampleValue(_ setting: Setting) -> String {
        switch setting.name {
        case "listen": "[\"\(setting.defaultText)\"]"
        case "allow-command": "[NAME, NAME]"
        case "cors-origins": "[https://app.example]"
        case "allowed-hosts": "[localhost, redis.example.com]"
        case "handoff-target-allow-list": "[10.0.0.0/8, example.com]"
        case "event-loops": "2"
        default: setting.defaultText.isEmpty ? setting.placeholder : setting.defaultText
        }
    }

    private static var groups: [(name: String, settings: [Setting])] {
        var groups: [(name: String, settings: [Setting])] = []
        for setting in Setting.all {
            if groups.last?.name != setting.group { groups.append((setting.group, [])) }
            groups[groups.count - 1].settings.append(setting)
        }
        return groups
    }
}
