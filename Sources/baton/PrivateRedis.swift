// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation

/// A redis-server of Baton's own, for the start without any configuration: a unix socket in a fresh directory that only
/// this user can enter, nothing kept on disk.
///
/// A shell stands between: it waits for the end of its standard input, which comes when Baton ends in whatever way,
/// SIGKILL included, and then ends the server and removes the directory.
final class PrivateRedis {
    let socketPath: String
    private let supervisor: Process
    private let lifeline: Pipe

    /// $1: the directory. Says `ready` once the socket is there.
    private static let script = """
        trap '' INT TERM HUP
        redis-server --port 0 --unixsocket "$1/redis.sock" --unixsocketperm 700 --dir "$1" \
            --save '' --appendonly no --daemonize no --logfile "$1/redis.log" </dev/null >/dev/null 2>&1 &
        server=$!
        tries=0
        until [ -S "$1/redis.sock" ]; do
            tries=$((tries + 1))
            if [ "$tries" -gt 1000 ] || ! kill -0 "$server" 2>/dev/null; then rm -rf "$1"; exit 1; fi
            sleep 0.01
        done
        echo ready
        cat >/dev/null
        kill -9 "$server"
        wait "$server" 2>/dev/null
        rm -rf "$1"
        """

    private init(socketPath: String, supervisor: Process, lifeline: Pipe) {
        self.socketPath = socketPath
        self.supervisor = supervisor
        self.lifeline = lifeline
    }

    /// Starts the server and waits until it can be connected to.
    static func start() throws(PrivateRedisError) -> PrivateRedis {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let isInstalled = path.split(separator: ":").contains {
            FileManager.default.isExecutableFile(atPath: "\($0)/redis-server")
        }
        guard isInstalled else { throw .notInstalled }
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("baton-\(UUID().uuidString)").path
        let supervisor = Process()
        let lifeline = Pipe()
        let output = Pipe()
        supervisor.executableURL = URL(fileURLWithPath: "/bin/sh")
        supervisor.arguments = ["-c", Self.script, "baton-redis", directory]
        supervisor.standardInput = lifeline
        supervisor.standardOutput = output
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            try supervisor.run()
        } catch {
            throw .didNotStart
        }
        guard output.fileHandleForReading.availableData.starts(with: Data("ready".utf8)) else { throw .didNotStart }
        return PrivateRedis(socketPath: "\(directory)/redis.sock", supervisor: supervisor, lifeline: lifeline)
    }

    /// Ends the server and waits until its directory is gone.
    func stop() {
        try? self.lifeline.fileHandleForWriting.close()
        self.supervisor.waitUntilExit()
    }
}
