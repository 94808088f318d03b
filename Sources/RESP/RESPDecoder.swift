// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// Cuts a byte stream into replies; resumes where it stopped, so that no byte is looked at twice.
package struct RESPDecoder {
    package init(limits: RESPLimits = RESPLimits()) {}

    /// Takes what was read from the socket. If nothing is left over from before, the buffer is adopted without a copy.
    package mutating func feed(_ bytes: ByteBuffer) {}

    /// The next complete reply (attributes are skipped), or nil when more bytes are needed.
    package mutating func next() throws(RESPError) -> RESPValue? { nil }

    /// Bytes held that are not part of a reply that was returned.
    package var bufferedBytes: Int { 0 }
}
