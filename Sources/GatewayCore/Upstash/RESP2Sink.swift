// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// Takes a reply piece by piece as RESP2 would have said it.
protocol RESP2Sink {
    /// An integer by its digits.
    mutating func integer(_ digits: ByteBuffer)
    /// 0 or 1.
    mutating func flag(_ value: Bool)
    /// A status; `isWhole` if it is the whole reply.
    mutating func status(_ text: ByteBuffer, isWhole: Bool)
    mutating func bulk(_ bytes: ByteBuffer)
    /// An error inside of an array.
    mutating func error(_ text: ByteBuffer)
    /// A null bulk string, or a null array.
    mutating func null(isArray: Bool)
    mutating func beginArray(count: Int)
    mutating func endArray()
}
