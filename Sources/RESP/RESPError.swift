// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What a peer did wrong. After any of these the stream has lost its place and the connection must be closed.
package enum RESPError: Error, Sendable, Equatable {
    case unknownType(UInt8)
    case malformedNumber
    case malformedLine
    case lineTooLong
    case bulkTooLarge
    case replyTooLarge
    case tooManyElements
    case tooDeep
    /// Streamed aggregates and strings (`*?`, `$?`), which Redis does not send.
    case streamedTypeUnsupported
}
