// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation

/// A command that the README shows, with what it prints there.
struct ReadmeCommand {
    var text: String
    var output: [String] = []

    /// Whether it goes on while the next ones run: what it prints then is shown among their output.
    var isInBackground: Bool { self.text.hasSuffix("&") }

    /// Whether the README shows this output: `...` stands for anything, request ids for any others, a time to live for one that is as
    /// near; trailing empty lines do not count, and one long line may be shown as several.
    /// - Parameters:
    ///   - real: what was printed.
    ///   - inAnyOrder: the lines of several commands may come in another order.
    /// - Returns: whether they are the same.
    func shows(_ real: String, inAnyOrder: Bool) -> Bool {
        var shown = Self.lines(self.output.joined(separator: "\n"))
        var printed = Self.lines(real)
        if inAnyOrder {
            shown = shown.filter { !$0.isEmpty }.sorted()
            printed = printed.filter { !$0.isEmpty }.sorted()
        }
        if shown.count == printed.count {
            return zip(shown, printed).allSatisfy { Self.matches($0, $1) }
        }
        return printed.count == 1 && Self.matches(Self.withoutSpace(shown.joined()), Self.withoutSpace(printed[0]))
    }

    private static func lines(_ text: String) -> [String] {
        var lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
            .map { Self.masked(String($0)) }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// A line without what differs each time.
    private static func masked(_ line: String) -> String {
        if line.wholeMatch(of: /x-request-id: [0-9a-f]{16}/) != nil { return "x-request-id: *" }
        if line.wholeMatch(of: /redis-ttl-ms: 59\d{3}|redis-ttl-ms: 60000/) != nil { return "redis-ttl-ms: *" }
        return line
    }

    private static func withoutSpace(_ text: String) -> String {
        text.filter { !$0.isWhitespace }
    }

    /// Whether the parts between `...` stand in a text in their order, the first at its start and the last at its end.
    private static func matches(_ pattern: String, _ text: String) -> Bool {
        let parts = pattern.split(separator: "...", omittingEmptySubsequences: false)
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return pattern == text }
        guard text.hasPrefix(first), text.count >= first.count + last.count, text.hasSuffix(last) else { return false }
        var rest = text.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.range(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}
