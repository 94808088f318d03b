// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Why a token file is not acceptable. `line` counts from 1. The content of a line is never part of an error.
package enum TokenFileError: Error, Sendable, Equatable {
    /// Not `name:sha256-hex:scope[,scope]`, with `:prefix[,prefix]` behind it or not.
    case malformedLine(line: Int)
    /// The name is empty, or longer than 64 bytes, or holds something else than `A-Z a-z 0-9 - _ .`.
    case invalidName(line: Int)
    /// Not 64 hexadecimal digits.
    case invalidDigest(line: Int)
    /// Not `read`, `write`, `publish` or `admin`.
    case unknownScope(line: Int)
    /// A prefix is empty, or longer than 256 bytes, or holds a `%` without two hexadecimal digits behind it.
    case invalidPrefix(line: Int)
    /// There are more than 16 prefixes.
    case tooManyPrefixes(line: Int)
    /// Another line has the same name or the same digest.
    case duplicate(line: Int)
    /// No line names a token: nobody could use the gateway.
    case empty
}
