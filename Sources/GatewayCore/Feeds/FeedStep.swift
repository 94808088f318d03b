// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// What one reply brings a feed.
package struct FeedStep: Sendable {
    /// A part of the answer. Entries have an id, by which it is told who has them already.
    package struct Part: Sendable {
        package var id: StreamID
        package var bytes: ByteBuffer
    }

    package var parts: [Part] = []
    /// Why the feed cannot go on; nil mostly.
    package var problem: Problem?

    /// All parts, one behind the other.
    package var bytes: ByteBuffer {
        guard self.parts.count != 1 else { return self.parts[0].bytes }
        var all = ByteBuffer()
        for part in self.parts { all.writeImmutableBuffer(part.bytes) }
        return all
    }

    /// The parts behind an id, one behind the other.
    /// - Parameter id: What the reader has.
    /// - Returns: Maybe nothing.
    package func bytes(after id: StreamID) -> ByteBuffer {
        var rest = self
        rest.parts.removeAll { $0.id <= id }
        return rest.bytes
    }
}
