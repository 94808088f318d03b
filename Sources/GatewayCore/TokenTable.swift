// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The tokens of a token file: SHA-256 digests with names and scopes.
package struct TokenTable: Sendable {
    package init() {}
}
