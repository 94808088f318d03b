// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The form in which a subscriber wants what is published.
package enum SubscriptionStyle: UInt8, CaseIterable, Sendable {
    /// Server-sent events with JSON.
    case native
    /// The lines of Upstash's REST API.
    case upstash
}
