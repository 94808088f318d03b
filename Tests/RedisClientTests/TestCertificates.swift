// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import NIOSSL

/// An authority and a certificate for `localhost`, made anew with the `openssl` tool for each test.
struct TestCertificates {
    let directory: URL

    static let tool: String? = ["/usr/bin/openssl", "/usr/local/bin/openssl"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// `names` are the certificate's alternative names, as `openssl` writes them.
    init(names: String) throws {
        self.directory = FileManager.default.temporaryDirectory.appendingPathComponent("baton-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.directory, withIntermediateDirectories: true)
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
        try self.run(["req", "-x509"] + key + ["-subj", "/CN=authority", "-keyout", "ca.key", "-out", "ca.pem"])
        try self.run(
            ["req", "-x509"] + key + [
                "-subj", "/CN=server", "-addext", "subjectAltName=\(names)", "-addext", "basicConstraints=CA:FALSE",
                "-CA", "ca.pem", "-CAkey", "ca.key", "-keyout", "server.key", "-out", "server.pem",
            ])
    }

    private func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.tool ?? "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = self.directory
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    }

    func path(_ name: String) -> String { self.directory.appendingPathComponent(name).path }

    func server() throws -> TLSConfiguration {
        TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(self.path("server.pem")).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: self.path("server.key"), format: .pem)))
    }

    func remove() { try? FileManager.default.removeItem(at: self.directory) }
}
