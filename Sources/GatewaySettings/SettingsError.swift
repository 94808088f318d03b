// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Everything that is wrong with the settings, all at once. No value is part of it: a value may be a secret.
package struct SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// One thing that is wrong.
    package enum Fault: Sendable, Equatable {
        /// No setting has this name. `nearest`: what may have been meant.
        case unknown(name: String, source: String, nearest: String?)
        /// A flag without its value, or a word where a flag was expected.
        case badArgument(String)
        case badValue(name: String, source: String, allowed: String)
        /// A file that a setting names cannot be used.
        case unusableFile(name: String, source: String, reason: String)
        /// Settings that do not go together.
        case conflict(String)
    }

    package var faults: [Fault]

    package var description: String {
        self.faults.map { Self.describe($0) }.joined(separator: "\n")
    }

    private static func describe(_ fault: Fault) -> String {
        switch fault {
        case .unknown(let name, let source, let nearest):
            "\(name): no such setting (\(source))"
                + (nearest.map { "; did you mean \($0)?" } ?? "; see baton serve --help")
        case .badArgument(let word): "\(word): a flag with a value was expected, as in --event-loops 2"
        case .badValue(let name, let source, let allowed): "\(name): must be \(allowed) (\(source))"
        case .unusableFile(let name, let source, let reason): "\(name): \(reason) (\(source))"
        case .conflict(let text): text
        }
    }
}
