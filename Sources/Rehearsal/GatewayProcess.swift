// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation

/// A gateway of the rehearsal's own: this executable once more, so that nothing of it is shared with the load.
final class GatewayProcess {
    private let process = Process()
    let port: Int

    /// Starts it and waits until it listens.
    /// - Parameters:
    ///   - executable: The path of `baton`.
    ///   - redis: The URL of its upstream.
    /// - Throws: ``RehearsalError/gatewayUnusable(_:)``; what the system says of the executable.
    init(executable: String, redis: String) throws {
        let output = Pipe()
        self.process.executableURL = URL(fileURLWithPath: executable)
        self.process.arguments =
            ["serve", "--listen", "127.0.0.1:0", "--redis", redis, "--log-level", "error"]
        self.process.standardOutput = output
        try self.process.run()
        var text = ""
        while !text.contains("\n") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw RehearsalError.gatewayUnusable("it has ended; see above") }
            text += String(decoding: data, as: UTF8.self)
        }
        guard let port = Int(text.prefix { !$0.isNewline }.split(separator: ":").last ?? "") else {
            throw RehearsalError.gatewayUnusable("it does not say where it listens")
        }
        self.port = port
    }

    /// Lets it drain, and waits for its end.
    func stop() {
        self.process.terminate()
        self.process.waitUntilExit()
    }

    deinit {
        if self.process.isRunning { self.process.terminate() }
    }
}
