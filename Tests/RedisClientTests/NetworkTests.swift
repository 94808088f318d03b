// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore
import Testing

@testable import RedisClient

@Suite("Real sockets", .timeLimit(.minutes(1)))
struct NetworkTests {
    @Test("TCP, by name and by address", arguments: ["localhost", "127.0.0.1"])
    func tcp(host: String) async throws {
        let server = try await LoopbackServer { "+\($0.joined(separator: " "))\r\n" }
        let client = try await LiveClient(
            RedisConfiguration(endpoint: RedisEndpoint(address: .tcp(host: host, port: server.port))))
        #expect(try await client.run("ECHO", "x") == .replies(["ECHO x"]))
        try await client.shutdown()
        try await server.close()
    }

    @Test(
        "a server that closes instead of answering costs unsafe requests their outcome, and the connection is dialled anew"
    )
    func closes() async throws {
        let server = try await LoopbackServer { $0[0] == "DIE" ? "close" : "+OK\r\n" }
        let client = try await LiveClient(
            RedisConfiguration(endpoint: RedisEndpoint(address: .tcp(host: "127.0.0.1", port: server.port))))
        #expect(try await client.run("DIE") == .failed(.connectionLost))
        #expect(try await client.run("SET") == .replies(["OK"]))
        #expect(try await client.run("DIE", class: .readOnly) == .failed(.connectionLost))
        try await client.shutdown()
        try await server.close()
    }

    @Test("nobody listens: the reason is known, requests fail at their deadline as not sent")
    func nobody() async throws {
        let server = try await LoopbackServer { _ in "" }
        let port = server.port
        try await server.close()
        let client = try await LiveClient(
            RedisConfiguration(endpoint: RedisEndpoint(address: .tcp(host: "127.0.0.1", port: port))))
        let outcome = try await client.run("GET", timeout: .milliseconds(100))
        #expect(outcome == .failed(.deadlinePassed(written: false)))
        #expect(try await client.status().lastError == "connection refused")
        try await client.shutdown()
    }

    @Test("a name that does not exist")
    func noSuchName() async throws {
        let client = try await LiveClient(
            RedisConfiguration(endpoint: RedisEndpoint(address: .tcp(host: "no-such-host.invalid", port: 1))))
        try await client.wait { $0.lastError != nil }
        #expect(try await client.status().lastError == "the host name could not be resolved")
        try await client.shutdown()
    }
}

@Suite(
    "TLS", .enabled(if: TestCertificates.tool != nil, "the openssl tool is not installed"), .timeLimit(.minutes(1)))
struct TLSTests {
    private struct Case: Sendable, CustomTestStringConvertible {
        var names = "DNS:localhost"
        var host = "localhost"
        var verify = RedisTLSVerification.full
        var trusts = true
        var works: Bool

        var testDescription: String { "\(self.names) \(self.host) \(self.verify) \(self.trusts)" }
    }

    private static let cases = [
        Case(works: true),
        Case(names: "IP:127.0.0.1", host: "127.0.0.1", works: true),
        Case(names: "DNS:other.example", works: false),
        Case(names: "DNS:localhost", host: "127.0.0.1", works: false),
        Case(names: "DNS:other.example", verify: .chain, works: true),
        Case(trusts: false, works: false),
        Case(verify: .chain, trusts: false, works: false),
        Case(names: "DNS:other.example", verify: .none, trusts: false, works: true),
    ]

    @Test("the certificate is checked as the settings say", arguments: cases)
    private func verification(_ example: Case) async throws {
        let certificates = try TestCertificates(names: example.names)
        defer { certificates.remove() }
        let server = try await LoopbackServer(tls: certificates.server()) { _ in "+OK\r\n" }
        var configuration = RedisConfiguration(
            endpoint: RedisEndpoint(address: .tcp(host: example.host, port: server.port), usesTLS: true))
        configuration.tlsVerify = example.verify
        configuration.tlsCAFile = example.trusts ? certificates.path("ca.pem") : nil
        let client = try await LiveClient(configuration)
        if example.works {
            let value = String(repeating: "x", count: 1_000_000)
            #expect(try await client.run("SET", "k", value) == .replies(["OK"]))
        } else {
            try await client.wait { $0.lastError != nil }
            #expect(try await client.status().lastError == "the TLS handshake failed")
            #expect(try await client.status().ready == 0)
        }
        try await client.shutdown()
        try await server.close()
    }

    @Test("a CA file that cannot be read is an error at start-up")
    func missingFile() {
        var configuration = RedisConfiguration(
            endpoint: RedisEndpoint(address: .tcp(host: "localhost", port: 1), usesTLS: true))
        configuration.tlsCAFile = "/nonexistent/ca.pem"
        #expect(throws: (any Error).self) { _ = try configuration.makeTLSContext() }
    }
}
