// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import Glibc

/// A real redis-server on a unix socket in a directory of its own; ended with this object.
///
/// Unchecked: a test hands it to the one task that starts and stops it.
package final class RedisServerProcess: @unchecked Sendable {
    package let socketPath: String
    private let directory: String
    private var process: Process

    /// Starts the server and waits until it answers.
    package init() throws {
        self.directory = "/tmp/baton-test-\(UUID().uuidString.prefix(8))"
        self.socketPath = "\(self.directory)/redis.sock"
        try FileManager.default.createDirectory(atPath: self.directory, withIntermediateDirectories: true)
        self.process = Process()
        try self.start()
    }

    deinit {
        self.kill(SIGKILL)
        try? FileManager.default.removeItem(atPath: self.directory)
    }

    /// The URL for `--redis`.
    package var url: String { "unix://\(self.socketPath)" }

    /// Starts the server again, on the same socket, with an empty memory.
    package func start() throws {
        try? FileManager.default.removeItem(atPath: self.socketPath)
        self.process = Process()
        self.process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        self.process.arguments = [
            "redis-server", "--port", "0", "--unixsocket", self.socketPath, "--dir", self.directory, "--save", "",
            "--appendonly", "yes", "--appendfsync", "always", "--daemonize", "no",
        ]
        self.process.standardOutput = FileHandle.nullDevice
        try self.process.run()
        guard Wait.until(seconds: 10, { self.answers }) else { throw CocoaError(.executableLoad) }
    }

    /// Sends a signal; SIGKILL also waits for the end.
    package func kill(_ signal: Int32) {
        guard self.process.isRunning else { return }
        Glibc.kill(self.process.processIdentifier, signal)
        if signal == SIGKILL { self.process.waitUntilExit() }
    }

    /// One command by RESP, past the gateway; the raw reply.
    package func command(_ words: String...) -> String {
        guard let connection = RawConnection(path: self.socketPath) else { return "" }
        let bulks = words.map { "$\($0.utf8.count)\r\n\($0)\r\n" }.joined()
        connection.send("*\(words.count)\r\n\(bulks)")
        return String(decoding: connection.receive() ?? [], as: UTF8.self)
    }

    private var answers: Bool { self.command("PING") == "+PONG\r\n" }
}
