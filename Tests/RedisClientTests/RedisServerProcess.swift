// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import RedisClient

/// A real `redis-server` on a Unix socket in a directory of its own.
final class RedisServerProcess {
    let directory: URL
    private let options: [String]
    private var process: Process?

    /// Where `redis-server` is; nil if it is not installed.
    static let executable: String? = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    init(options: [String] = []) throws {
        self.options = options
        self.directory = FileManager.default.temporaryDirectory.appendingPathComponent("baton-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.directory, withIntermediateDirectories: true)
        try self.start()
    }

    var socket: String { self.directory.appendingPathComponent("s").path }
    var identifier: Int32? { self.process?.processIdentifier }

    func start() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.executable ?? "/usr/bin/redis-server")
        process.arguments =
            [
                "--port", "0", "--unixsocket", self.socket, "--dir", self.directory.path, "--save", "", "--appendonly",
                "no",
            ]
            + self.options
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process = process
    }

    func signal(_ number: Int32) {
        if let identifier = self.identifier { kill(identifier, number) }
    }

    /// Ends it as a crash would, and waits until it has gone.
    func crash() {
        self.signal(SIGKILL)
        self.process?.waitUntilExit()
        self.process = nil
        try? FileManager.default.removeItem(atPath: self.socket)
    }

    func remove() {
        self.crash()
        try? FileManager.default.removeItem(at: self.directory)
    }
}
