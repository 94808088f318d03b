// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Whose token a request carries, and what it allows.
package struct Identity: Sendable, Equatable {
    /// The place of the token in the table.
    package var index: Int
    package var scopes: Scopes
    /// The keys that it allows; nil: all.
    package var restriction: KeyRestriction?

    /// - Parameters:
    ///   - index: The place of the token in the table.
    ///   - scopes: What it allows.
    ///   - restriction: The keys that it allows; nil: all.
    package init(index: Int, scopes: Scopes, restriction: KeyRestriction? = nil) {
        self.index = index
        self.scopes = scopes
        self.restriction = restriction
    }
}
