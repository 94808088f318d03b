// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// One row of the table of settings: from it come the flag, the environment variable, the YAML key, the help and the checks.
package struct Setting {
    /// How the text is read, what is allowed, and where the value goes.
    enum Kind {
        case integer(ClosedRange<Int>, WritableKeyPath<SettingsDraft, Int>)
        case bytes(ClosedRange<Int>, WritableKeyPath<SettingsDraft, Int>)
        case duration(ClosedRange<TimeAmount>, WritableKeyPath<SettingsDraft, TimeAmount>)
        /// Whole seconds, for values that the engines count themselves.
        case seconds(ClosedRange<Int>, WritableKeyPath<SettingsDraft, Int>)
        case flag(WritableKeyPath<SettingsDraft, Bool>)
        case choice([String], WritableKeyPath<SettingsDraft, String>)
        case text(placeholder: String, WritableKeyPath<SettingsDraft, String>)
        case list(placeholder: String, WritableKeyPath<SettingsDraft, [String]>)
    }

    /// In lower case with hyphens: `--name`, `BATON_NAME`, `name:`.
    package let name: String
    package let group: String
    package let help: String
    let kind: Kind

    init(_ group: String, _ name: String, _ kind: Kind, _ help: String) {
        self.group = group
        self.name = name
        self.kind = kind
        self.help = help
    }

    /// The environment variable.
    package var variable: String {
        "BATON_" + self.name.uppercased().replacing("-", with: "_")
    }

    /// What the value looks like, for the help.
    package var placeholder: String {
        switch self.kind {
        case .integer: "N"
        case .bytes: "SIZE"
        case .duration, .seconds: "TIME"
        case .flag: "true|false"
        case .choice(let choices, _): choices.joined(separator: "|")
        case .text(let placeholder, _), .list(let placeholder, _): placeholder
        }
    }

    /// What is allowed, in words.
    package var allowed: String {
        switch self.kind {
        case .integer(let range, _): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .bytes(let range, _):
            "a size from \(ByteSizeText.format(range.lowerBound)) to \(ByteSizeText.format(range.upperBound)), as in 16KiB"
        case .duration(let range, _):
            "a time with its unit from \(DurationText.format(range.lowerBound)) to \(DurationText.format(range.upperBound)), as in 250ms, 1s, 2m"
        case .seconds(let range, _):
            "a time with its unit from \(range.lowerBound)s to \(range.upperBound)s, whole seconds"
        case .flag: "true or false"
        case .choice(let choices, _): "one of " + choices.joined(separator: ", ")
        case .text(let placeholder, _), .list(let placeholder, _): placeholder
        }
    }

    /// The value in a draft, as text.
    func text(in draft: SettingsDraft) -> String {
        switch self.kind {
        case .integer(_, let path): "\(draft[keyPath: path])"
        case .bytes(_, let path): ByteSizeText.format(draft[keyPath: path])
        case .duration(_, let path): DurationText.format(draft[keyPath: path])
        case .seconds(_, let path): "\(draft[keyPath: path])s"
        case .flag(let path): "\(draft[keyPath: path])"
        case .choice(_, let path), .text(_, let path): draft[keyPath: path]
        case .list(_, let path): draft[keyPath: path].joined(separator: ",")
        }
    }

    /// The default, as text; empty when there is none.
    package var defaultText: String {
        self.name == "event-loops" ? "one a core" : self.text(in: SettingsDraft())
    }

    /// All settings as a table for the README.
    package static var markdownTable: String {
        var lines = ["| Setting | Default | Meaning |", "|---|---|---|"]
        for setting in self.all {
            let fallback = setting.defaultText.isEmpty ? "" : "`\(setting.defaultText)`"
            lines.append("| `\(setting.name)` | \(fallback) | \(setting.help) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Reads a value into the draft.
    /// - Returns: false if the text is not allowed; nothing changed then.
    func apply(_ texts: [String], to draft: inout SettingsDraft) -> Bool {
        let text = texts.last ?? ""
        switch self.kind {
        case .integer(let range, let path):
            guard let value = Int(text), range.contains(value) else { return false }
            draft[keyPath: path] = value
        case .bytes(let range, let path):
            guard let value = ByteSizeText.parse(text), range.contains(value) else { return false }
            draft[keyPath: path] = value
        case .duration(let range, let path):
            guard let value = DurationText.parse(text), range.contains(value) else { return false }
            draft[keyPath: path] = value
        case .seconds(let range, let path):
            guard let value = DurationText.parse(text), value.nanoseconds % 1_000_000_000 == 0 else { return false }
            let seconds = Int(value.nanoseconds / 1_000_000_000)
            guard range.contains(seconds) else { return false }
            draft[keyPath: path] = seconds
        case .flag(let path):
            guard let value = Bool(text) else { return false }
            draft[keyPath: path] = value
        case .choice(let choices, let path):
            guard choices.contains(text) else { return false }
            draft[keyPath: path] = text
        case .text(_, let path):
            guard !text.isEmpty else { return false }
            draft[keyPath: path] = text
        case .list(_, let path):
            guard !texts.isEmpty, texts.allSatisfy({ !$0.isEmpty }) else { return false }
            draft[keyPath: path] = texts
        }
        return true
    }
}
