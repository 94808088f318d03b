// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Whose token a request carries, and what it allows.
package struct Identity: Sendable, Equatable {
    /// The place of the token in the table.
    package var index: Int
    package var scopes: Scopes

    package init(index: Int, scopes: Scopes) {
        self.index = index
        self.scopes = scopes
    }
}
