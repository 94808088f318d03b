// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import TestKit
import Testing

/// One after the other: each test has processes of its own, and the machine's cores are few.
@Suite("Integration", .serialized)
struct Integration {}

/// A gateway in front of a Redis of its own, for one test.
struct Gateway {
    let redis: RedisServerProcess
    let baton: BatonProcess

    init(_ arguments: String...) throws {
        try self.init(arguments)
    }

    init(_ arguments: [String]) throws {
        self.redis = try RedisServerProcess()
        self.baton = try BatonProcess(["--redis", self.redis.url] + arguments)
        let port = self.baton.port
        #expect(Wait.until(seconds: 10) { HTTP1TestClient(port: port)?.request("GET", "/readyz")?.status == 200 })
    }

    func http1() throws -> HTTP1TestClient {
        try #require(HTTP1TestClient(port: self.baton.port))
    }

    func http2() async throws -> HTTP2TestClient {
        try await HTTP2TestClient(port: self.baton.port)
    }

    /// A JSON array of strings as a command's body.
    static func json(_ words: [String]) -> [UInt8] {
        let data = try? JSONSerialization.data(withJSONObject: words)
        return Array(data ?? Data())
    }

    static let jsonFields = ["Content-Type": "application/json"]
}

/// Runs a program; its standard output and exit status.
func run(_ program: String, _ arguments: [String]) throws -> (output: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: data, as: UTF8.self), process.terminationStatus)
}
