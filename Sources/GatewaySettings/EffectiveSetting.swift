// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// One setting as it was decided.
package struct EffectiveSetting: Sendable, Equatable {
    package var name: String
    /// The value as text; credentials are left out.
    package var value: String
    /// `default`, or where the value came from.
    package var source: String
}
