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
}
