// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// The types of Redis values, in the order in which ``RedisPlan`` asks for their lengths.
enum KeyType: UInt8, Sendable {
    case string, list, set, sortedSet, hash, stream
    /// A module's own type.
    case other
    /// No key.
    case none

    /// Reads a reply of TYPE.
    init(reply text: Span<UInt8>) {
        switch text.count {
        case 4 where text.equals("none"): self = .none
        case 4 where text.equals("list"): self = .list
        case 4 where text.equals("zset"): self = .sortedSet
        case 4 where text.equals("hash"): self = .hash
        case 3 where text.equals("set"): self = .set
        case 6 where text.equals("string"): self = .string
        case 6 where text.equals("stream"): self = .stream
        default: self = .other
        }
    }
}
