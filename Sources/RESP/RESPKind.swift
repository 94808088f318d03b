// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The types of RESP2 and RESP3 (Redis documentation, "RESP protocol description").
package enum RESPKind: UInt8, Sendable {
    case simpleString
    case simpleError
    case integer
    case bulkString
    /// `_\r\n`, `$-1\r\n` and `*-1\r\n`.
    case null
    case boolean
    case double
    case bigNumber
    case bulkError
    case verbatimString
    case array
    case set
    case map
    case push

    /// The kind that a type byte stands for; nil for an attribute and for bytes that are no type.
    init?(typeByte: UInt8) {
        switch typeByte {
        case UInt8(ascii: "+"): self = .simpleString
        case UInt8(ascii: "-"): self = .simpleError
        case UInt8(ascii: ":"): self = .integer
        case UInt8(ascii: "$"): self = .bulkString
        case UInt8(ascii: "_"): self = .null
        case UInt8(ascii: "#"): self = .boolean
        case UInt8(ascii: ","): self = .double
        case UInt8(ascii: "("): self = .bigNumber
        case UInt8(ascii: "!"): self = .bulkError
        case UInt8(ascii: "="): self = .verbatimString
        case UInt8(ascii: "*"): self = .array
        case UInt8(ascii: "~"): self = .set
        case UInt8(ascii: "%"): self = .map
        case UInt8(ascii: ">"): self = .push
        default: return nil
        }
    }

    /// Whether the value has elements.
    package var isAggregate: Bool {
        self.rawValue >= RESPKind.array.rawValue
    }
}
