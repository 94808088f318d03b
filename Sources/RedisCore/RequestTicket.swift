// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Names one request of one event loop, as long as that request lives.
///
/// `index` is a place in the loop's table of requests, `generation` tells the requests apart that used the place one
/// after the other, so that a late reply for a request that is gone is recognised and dropped.
public struct RequestTicket: Sendable, Hashable {
    /// The place in the table.
    public var index: UInt32
    /// How many requests have used the place before.
    public var generation: UInt32

    /// Makes a ticket; each parameter is the property of its name.
    @inlinable
    public init(index: UInt32, generation: UInt32) {
        self.index = index
        self.generation = generation
    }
}
