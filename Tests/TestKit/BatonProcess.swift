// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import Foundation
import Glibc

/// The gateway's own executable as another process; ended with this object.
///
/// Unchecked: a test hands it to the one task that starts and stops it.
package final class BatonProcess: @unchecked Sendable {
    package private(set) var port = 0
    package let process = Process()
    private let output = Pipe()

    /// Starts Baton on a free port and waits until it listens.
    /// - Throws: when it ends instead.
    package init(_ arguments: [String], listen: String = "127.0.0.1:0") throws {
        self.process.executableURL = Self.executable
        self.process.arguments =
            ["serve", "--listen", listen, "--event-loops", "1", "--log-level", "error"] + arguments
        self.process.standardOutput = self.output
        try self.process.run()
        var text = ""
        while !text.contains("\n") {
            let data = self.output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw CocoaError(.executableLoad) }
            text += String(decoding: data, as: UTF8.self)
        }
        let line = text.prefix { !$0.isNewline }
        self.port = Int(line.split(separator: ":").last ?? "") ?? 0
    }

    deinit {
        if self.process.isRunning { Glibc.kill(self.process.processIdentifier, SIGKILL) }
    }

    /// `baton`, which is built beside the tests.
    package static var executable: URL {
        if let path = ProcessInfo.processInfo.environment["TEST_BATON"] { return URL(fileURLWithPath: path) }
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        var directory = bundle.deletingLastPathComponent()
        while directory.path != "/" {
            let candidate = directory.appendingPathComponent("baton")
            if (try? candidate.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true { return candidate }
            directory.deleteLastPathComponent()
        }
        return URL(fileURLWithPath: ".build/debug/baton")
    }

    package func signal(_ signal: Int32) {
        Glibc.kill(self.process.processIdentifier, signal)
    }

    /// Waits for the end; nil if it does not come in time.
    package func exitStatus(seconds: Double = 10) -> Int32? {
        Wait.until(seconds: seconds) { !self.process.isRunning } ? self.process.terminationStatus : nil
    }

    /// Resident memory in bytes.
    package var residentBytes: Int {
        let path = "/proc/\(self.process.processIdentifier)/status"
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
        return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
    }
}
