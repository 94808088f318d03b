// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import GatewaySettings

/// What the project's documents say of the settings, made from the table that also reads them.
enum SettingsDocument {
    /// The project's folder.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let opening = "<!-- settings: begin (written by UPDATE_DOCUMENTS=1 swift test --filter SettingsDocument) -->"
    static let closing = "<!-- settings: end -->"

    /// The README's tables, one a group.
    static var tables: String {
        var lines: [String] = []
        for group in Self.groups {
            lines += ["", "**\(group.name)**", "", "| setting | default | |", "|---|---|---|"]
            for setting in group.settings {
                let value = setting.placeholder.replacing("|", with: "\\|")
                let fallback = Self.fallback(setting)
                lines.append(
                    "| `--\(setting.name) \(value)` | \(fallback.isEmpty ? "-" : fallback) | \(setting.help) |")
            }
        }
        return (lines + [""]).joined(separator: "\n")
    }

    /// `deploy/baton.yaml`: every key, commented out, with its default.
    static var example: String {
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

    private static func fallback(_ setting: Setting) -> String {
        setting.name == "event-loops" ? "the number of cores" : setting.defaultText
    }

    private static func exampleValue(_ setting: Setting) -> String {
        switch setting.name {
        case "listen": "[\"\(setting.defaultText)\"]"
        case "allow-command": "[NAME, NAME]"
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
