// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import Glibc
import MaintenanceLab
import NIOConcurrencyHelpers
import NIOCore

/// redis-py in a process of its own (`Tests/redis-py/client.py`), ended with this object.
///
/// Unchecked: only the text is touched by more than one task, and it has a lock.
final class RedisPy: @unchecked Sendable {
    /// What the process said to an order.
    struct Answer: Decodable {
        struct Phase: Codable, Equatable {
            var answered: Int
            var failed: Int
            var p50Ms: Double?
            var p99Ms: Double?
            var maxMs: Double?
        }

        var version: String
        var opened: Int?
        var done: Int?
        var errors: [String: Int]?
        var slowestMs: Double?
        var calls: Int?
        var failed: Int?
        var acknowledged: Int?
        var failedIncrements: Int?
        var phases: [String: Phase]?
    }

    /// The order was not answered in time, or the process has ended.
    struct NoAnswer: Error {
        var order: String
    }

    /// A Python that has redis-py 7 or later. The one in TEST_PYTHON is not asked: it must have it.
    static let python: String? = {
        if let named = ProcessInfo.processInfo.environment["TEST_PYTHON"], !named.isEmpty { return named }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", "import redis, sys; sys.exit(int(redis.__version__.split('.')[0]) < 7)"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        process.waitUntilExit()
        return process.terminationStatus == 0 ? "python3" : nil
    }()

    private let process = Process()
    private let orders = Pipe()
    private let answers = Pipe()
    private let text = NIOLockedValueBox("")
    private let lab: MaintenanceLab

    init(
        _ endpoint: LabEndpoint, host: String? = nil, port: Int? = nil, of lab: MaintenanceLab, arguments: [String] = []
    ) throws {
        self.lab = lab
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../redis-py/client.py").standardizedFileURL.path
        self.process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        self.process.arguments =
            [Self.python ?? "python3", script, host ?? endpoint.host, "\(port ?? endpoint.port)"] + arguments
        self.process.standardInput = self.orders
        self.process.standardOutput = self.answers
        self.answers.fileHandleForReading.readabilityHandler = { [weak self] handle in
            let data = handle.availableData
            self?.text.withLockedValue { $0 += String(decoding: data, as: UTF8.self) }
        }
        try self.process.run()
    }

    deinit {
        self.answers.fileHandleForReading.readabilityHandler = nil
        if self.process.isRunning { Glibc.kill(self.process.processIdentifier, SIGKILL) }
    }

    /// Gives an order and waits for its answer.
    func ask(_ order: String, seconds: Int64 = 30) async throws -> Answer {
        self.orders.fileHandleForWriting.write(Data("\(order)\n".utf8))
        let deadline = NIODeadline.now() + .seconds(seconds)
        while NIODeadline.now() < deadline {
            if let line = self.nextLine() {
                let decoder = JSONDecoder()
                decoder.keyDecodingStrategy = .convertFromSnakeCase
                return try decoder.decode(Answer.self, from: Data(line.utf8))
            }
            guard self.process.isRunning else { break }
            try await self.lab.pause(.milliseconds(2))
        }
        throw NoAnswer(order: order)
    }

    private func nextLine() -> String? {
        self.text.withLockedValue { text in
            guard let end = text.firstIndex(of: "\n") else { return nil }
            let line = String(text[..<end])
            text.removeSubrange(...end)
            return line
        }
    }
}
