// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// How much of a server's certificate is checked.
package enum RedisTLSVerification: String, Sendable, CaseIterable {
    /// The chain, and that the certificate names the host.
    case full
    /// The chain only.
    case chain
    /// Nothing: for tests.
    case none
}
