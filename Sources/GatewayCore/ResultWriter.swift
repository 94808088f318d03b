// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore
import RESP
import RedisCore

/// Writes replies of Redis as JSON.
///
/// Nothing is lost: bytes that are not UTF-8 become `{"base64":"..."}`, integers are bare and exact, doubles keep
/// Redis's text (`"inf"`, `"-inf"` and `"nan"` as strings). A map is an object if its keys are distinct texts, else an
/// array of pairs. An error inside of a reply is `{"error":{...}}`.
enum ResultWriter {
    /// Writes one reply. `context` says what an error among its elements comes from.
    static func write(_ reply: RESPValue, into writer: inout JSONWriter, context: CommandContext) {
        switch reply.kind {
        case .simpleString, .bulkString, .verbatimString: writer.bytes(reply.payload)
        case .integer:
            if let number = reply.integer {
                writer.integer(number)
            } else {
                writer.bytes(reply.payload)
            }
        case .double, .bigNumber:
            if JSONNumber.isNumber(reply.payload.readableBytesUInt8Span) {
                writer.number(text: reply.payload)
            } else {
                writer.bytes(reply.payload)
            }
        case .boolean: writer.bool(reply.boolean == true)
        case .null: writer.null()
        case .simpleError, .bulkError:
            writer.beginObject()
            writer.name("error")
            Problem(redisError: reply.payload, context).write(into: &writer)
            writer.endObject()
        case .array, .set, .push: Self.writeArray(reply, into: &writer, context: context)
        case .map: Self.writeMap(reply, into: &writer, context: context)
        }
    }

    private static func writeArray(_ reply: RESPValue, into writer: inout JSONWriter, context: CommandContext) {
        writer.beginArray()
        var elements = reply.elements
        while let element = elements.next() {
            Self.write(element, into: &writer, context: context)
        }
        writer.endArray()
    }

    private static func writeMap(_ reply: RESPValue, into writer: inout JSONWriter, context: CommandContext) {
        let isObject = Self.hasDistinctTextKeys(reply)
        if isObject { writer.beginObject() } else { writer.beginArray() }
        var elements = reply.elements
        while let key = elements.next(), let value = elements.next() {
            if isObject {
                writer.name(utf8: key.payload)
                Self.write(value, into: &writer, context: context)
            } else {
                writer.beginArray()
                Self.write(key, into: &writer, context: context)
                Self.write(value, into: &writer, context: context)
                writer.endArray()
            }
        }
        if isObject { writer.endObject() } else { writer.endArray() }
    }

    /// Whether a map's keys can be the names of an object. Keys whose hashes are equal count as equal: the pairs are
    /// right in any case.
    private static func hasDistinctTextKeys(_ reply: RESPValue) -> Bool {
        var hashes: [UInt64] = []
        hashes.reserveCapacity(reply.count / 2)
        var elements = reply.elements
        while let key = elements.next(), elements.next() != nil {
            guard key.isString, JSONWriter.isUTF8(key.payload.readableBytesUInt8Span) else { return false }
            hashes.append(Self.hash(key.payload.readableBytesUInt8Span))
        }
        hashes.sort()
        for index in hashes.indices.dropFirst() where hashes[index] == hashes[index - 1] {
            return false
        }
        return true
    }

    private static func hash(_ bytes: Span<UInt8>) -> UInt64 {
        var sum: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in bytes.indices {
            sum = (sum ^ UInt64(bytes[index])) &* 0x100_0000_01B3
        }
        return sum
    }
}
