// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// One triplet of an SMIGRATED: slots that went from one node to another.
package struct SlotMove: Sendable, Equatable {
    /// `host:port`.
    package var source: String
    /// `host:port`.
    package var destination: String
    /// `n` and `a-b`, separated by commas; 0...16383.
    package var slots: String

    package init(from source: String, to destination: String, slots: String) {
        self.source = source
        self.destination = destination
        self.slots = slots
    }
}
