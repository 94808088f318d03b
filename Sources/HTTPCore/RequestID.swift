// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The identity of one request, returned in `X-Request-Id` and named in logs and problems.
package enum RequestID: Sendable, Equatable {
    /// Made here: 64 bits, written as 16 hexadecimal digits.
    case made(UInt64)
    /// Taken from the request's own well-formed `X-Request-Id` (1 to 128 of `A-Z a-z 0-9 - _ . : + / =`), which is still
    /// in its ``RequestFields``.
    case taken
}
