// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import Testing

/// A fenced block of the README, with the heading that it stands under.
struct ReadmeBlock: CustomTestStringConvertible {
    /// What follows the fence, `console` or `sh`; empty for a bare one.
    let language: String
    /// The nearest heading before it.
    let section: String
    /// The line of the fence in the file, from 1.
    let line: Int
    let lines: [String]

    var text: String { self.lines.joined(separator: "\n") }
    var testDescription: String { "line \(self.line), \(self.section)" }

    /// The commands of a block of the language `console`: lines that begin with `$ `, and those that a backslash joins to them; all
    /// others are what the command before them prints.
    var commands: [ReadmeCommand] {
        var commands: [ReadmeCommand] = []
        var isOpen = false
        for line in self.lines {
            if isOpen, let last = commands.indices.last {
                commands[last].text += "\n" + line
            } else if line.hasPrefix("$ ") {
                commands.append(ReadmeCommand(text: String(line.dropFirst(2))))
            } else if let last = commands.indices.last {
                commands[last].output.append(line)
                continue
            }
            isOpen = line.hasSuffix("\\")
        }
        return commands
    }

    /// Every block of the README in its order.
    static let all: [ReadmeBlock] = blocks(of: readme)

    /// The README's text; empty if it is not there, which leaves nothing to run and so fails.
    static let readme: String = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return (try? String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)) ?? ""
    }()

    /// The fenced blocks of a Markdown text.
    /// - Parameter markdown: the text.
    /// - Returns: the blocks in their order; one without an end goes to the end of the text.
    static func blocks(of markdown: String) -> [ReadmeBlock] {
        var blocks: [ReadmeBlock] = []
        var section = ""
        var fence: (language: String, line: Int)?
        var lines: [String] = []
        let text = markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (index, line) in (text + ["```"]).enumerated() {
            if let open = fence {
                if line == "```" {
                    blocks.append(
                        ReadmeBlock(language: open.language, section: section, line: open.line, lines: lines))
                    fence = nil
                    lines = []
                } else {
                    lines.append(line)
                }
            } else if line.hasPrefix("```"), index < text.count {
                fence = (String(line.dropFirst(3)), index + 1)
            } else if line.hasPrefix("#") {
                section = String(line.drop { $0 == "#" || $0 == " " })
            }
        }
        return blocks
    }
}
