// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import ArgumentParser

/// `baton version`.
struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the version.")

    /// Semantic version of this build; the changelog says what is in it.
    static let number = "0.1.0"

    func run() {
        print("baton \(Self.number)")
    }
}
