// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Crypto
import HTTPCore
import NIOCore

/// The `Idempotency-Key` of a request (draft-ietf-httpapi-idempotency-key-header), and where Redis keeps what came of it.
struct IdempotencyKey {
    /// The longest key, in bytes, without quotes around it.
    static let byteLimit = 255
    /// What the names of all records begin with.
    private static let prefix = "baton:idempotency:"

    private let value: [UInt8]

    /// Takes the field's value: visible ASCII, as a string in quotes (RFC 8941 section 3.3.3) or without them.
    ///
    /// nil if it is no key.
    /// - Parameter field: The field's value.
    init?(_ field: Span<UInt8>) {
        var start = 0
        var end = field.count
        if end >= 2, field[0] == UInt8(ascii: "\""), field[end - 1] == UInt8(ascii: "\"") {
            start = 1
            end -= 1
        }
        guard (1...Self.byteLimit).contains(end - start) else { return nil }
        var value: [UInt8] = []
        for index in start..<end {
            guard field[index] > 0x20, field[index] < 0x7F, field[index] != UInt8(ascii: "\"") else { return nil }
            value.append(field[index])
        }
        self.value = value
    }

    /// The name of the record. It lies in the hash slot of the request's first Redis key, as far as a hash tag can say so, and
    /// belongs to one caller: what others choose as their keys does not matter.
    /// - Parameters:
    ///   - caller: The request's credentials; empty without them.
    ///   - key: The first Redis key of the request; empty if there is none.
    /// - Returns: A Redis key.
    func recordName(caller: ByteBuffer, besides key: ByteBuffer) -> ByteBuffer {
        var hash = SHA256()
        hash.update(data: Array(caller.readableBytesView))
        hash.update(data: [0])
        hash.update(data: self.value)
        var name = ByteBuffer(string: Self.prefix)
        name.writeStaticString("{")
        name.writeImmutableBuffer(Self.hashTag(of: key))
        name.writeStaticString("}:")
        for byte in hash.finalize().prefix(16) {
            name.writeString((byte < 16 ? "0" : "") + String(byte, radix: 16))
        }
        return name
    }

    /// What decides about a key's slot (https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/, hash tags).
    private static func hashTag(of key: ByteBuffer) -> ByteBuffer {
        let bytes = key.readableBytesView
        guard let open = bytes.firstIndex(of: UInt8(ascii: "{")),
            let close = bytes[(open + 1)...].firstIndex(of: UInt8(ascii: "}")), close > open + 1
        else { return key }
        return key.getSlice(at: open + 1, length: close - open - 1) ?? key
    }
}
