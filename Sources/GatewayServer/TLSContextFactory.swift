// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOSSL

extension ServerConfiguration.TLS {
    /// TLS 1.2 or later, ALPN `h2` and `http/1.1`; a client certificate is demanded when an authority is given.
    /// - Throws: ``ServerError/tlsFailed(reason:)``.
    func makeContext() throws(ServerError) -> NIOSSLContext {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(self.certificateFile).map {
                NIOSSLCertificateSource.certificate($0)
            }
            let key = try NIOSSLPrivateKey(file: self.keyFile, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["h2", "http/1.1"]
            if let authority = self.clientCAFile {
                configuration.trustRoots = .file(authority)
                configuration.certificateVerification = .noHostnameVerification
            }
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw .tlsFailed(reason: "\(error)")
        }
    }
}
