// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import RedisCore

/// What running a command twice in a row comes to.
enum CommandEffect: UInt8, Sendable {
    /// It changes nothing.
    case read
    /// It leaves the same data and answers the same, whatever was there before (a plain SET).
    case overwrite
    /// It leaves the same data and answers the same, but the answer depends on what was there (EXPIRE, LSET).
    case repeatable
    /// A second run could do harm, or would answer otherwise.
    case unsafe

    /// What the client may do when the reply is lost.
    var retryClass: RetryClass {
        switch self {
        case .read: .readOnly
        case .overwrite, .repeatable: .idempotent
        case .unsafe: .unsafe
        }
    }
}
