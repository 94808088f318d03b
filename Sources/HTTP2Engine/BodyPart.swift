// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// A part of a response body that was left where it lies, instead of being copied between the frames' headers.
package struct BodyPart {
    /// How many bytes of the output stand before it.
    package let offset: Int
    package let bytes: ByteBuffer

    /// Smaller ones are copied, which costs less than a further piece of a vectored write.
    package static let minimumBytes = 4096
}
