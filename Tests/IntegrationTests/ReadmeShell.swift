// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import Glibc
import TestKit

/// Runs what the README shows with bash, in a folder of its own, which goes with this object; so do commands that still run.
final class ReadmeShell {
    let folder: String
    private var background: [(process: Process, path: String, read: Int)] = []

    /// Makes the folder.
    /// - Throws: when it cannot be made.
    init() throws {
        self.folder = "/tmp/baton-readme-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
    }

    deinit {
        for (process, _, _) in self.background where process.isRunning {
            Glibc.kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        try? FileManager.default.removeItem(atPath: self.folder)
    }

    /// Whether a command runs that was started in the background.
    var isBusy: Bool { !self.background.isEmpty }

    /// Runs a command to its end.
    /// - Parameter command: a script for bash.
    /// - Throws: when bash cannot be started.
    /// - Returns: its standard output and exit status.
    func run(_ command: String) throws -> (output: String, status: Int32) {
        try IntegrationTests.run("bash", ["-c", "cd \(self.folder)\n\(command)"])
    }

    /// Starts a command whose output `news` gives.
    /// - Parameter command: a single command; bash becomes it, so that it can be ended.
    /// - Throws: when it cannot be started.
    func start(_ command: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["bash", "-c", "cd \(self.folder); exec \(command)"]
        let path = "\(self.folder)/output-\(self.background.count)"
        try Data().write(to: URL(filePath: path))
        process.standardOutput = FileHandle(forWritingAtPath: path)
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.background.append((process, path, 0))
    }

    /// What the commands in the background have printed since it was asked for; keeps it for the next time if it does not suffice.
    /// - Parameters:
    ///   - seconds: how long to wait for it.
    ///   - suffices: whether this is what was waited for.
    /// - Returns: what there is.
    func news(seconds: Double = 10, until suffices: (String) -> Bool) -> String {
        var text = ""
        _ = Wait.until(seconds: seconds) {
            text = self.background.map { Self.content($0.path, from: $0.read) }.joined()
            return suffices(text)
        }
        for index in self.background.indices {
            let (_, path, read) = self.background[index]
            self.background[index].read = read + Self.content(path, from: read).utf8.count
        }
        return text
    }

    private static func content(_ path: String, from start: Int) -> String {
        let data = FileManager.default.contents(atPath: path) ?? Data()
        return String(decoding: data.dropFirst(start), as: UTF8.self)
    }
}
