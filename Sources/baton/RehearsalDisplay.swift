// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import Glibc
import NIOConcurrencyHelpers
import Rehearsal

/// Shows how far a rehearsal is, on standard error: a table that is drawn anew on a terminal, a line a second elsewhere.
final class RehearsalDisplay: Sendable {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let isQuiet: Bool
    private let state = NIOLockedValueBox((lines: 0, second: -1))

    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
    }

    func show(_ progress: RehearsalProgress) {
        let lines = RehearsalTable.lines(progress)
        self.state.withLockedValue { state in
            if self.isTerminal, !self.isQuiet {
                Self.write(Self.erasing(state.lines) + lines.joined(separator: "\n") + "\n")
                state.lines = lines.count
            } else if Int(progress.seconds) != state.second {
                state.second = Int(progress.seconds)
                Self.write("baton: \(lines[0])\n")
            }
        }
    }

    /// Removes the table.
    func clear() {
        self.state.withLockedValue { state in
            if state.lines > 0 { Self.write(Self.erasing(state.lines)) }
            state = (0, -1)
        }
    }

    private static func erasing(_ lines: Int) -> String {
        String(repeating: "\u{1B}[1A\u{1B}[2K", count: lines)
    }

    private static func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
