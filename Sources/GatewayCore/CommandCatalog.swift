// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// What is known of Redis's commands: those of Redis 7, and of Redis 8 and Valkey as far as they matter.
enum CommandCatalog {
    /// One command or subcommand.
    struct Entry: Sendable {
        var name: CommandName
        var rule: CommandRule
    }

    /// Names with the same rule, with spaces between them.
    struct Group: Sendable {
        var rule: CommandRule
        var names: String

        init(_ rule: CommandRule, _ names: String) {
            self.rule = rule
            self.names = names
        }
    }

    /// Sorted by name; made once.
    static let entries: [Entry] = {
        var entries: [Entry] = []
        for group in Self.groups {
            for name in group.names.split(separator: " ") {
                if let name = CommandName(catalog: name) {
                    entries.append(Entry(name: name, rule: group.rule))
                }
            }
        }
        return entries.sorted { $0.name < $1.name }
    }()

    /// The rule of a name; nil for one that is not in the catalog.
    static func rule(for name: CommandName) -> CommandRule? {
        let entries = Self.entries
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low &+ high) / 2
            if entries[middle].name < name {
                low = middle &+ 1
            } else {
                high = middle
            }
        }
        return low < entries.count && entries[low].name == name ? entries[low].rule : nil
    }
}
