// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Why an HTTP engine refuses a request by itself, before any route is looked at.
package enum RequestRejection: Sendable, Equatable {
    /// The message breaks the protocol (RFC 9112, RFC 9113 section 8.1.1): 400.
    case malformed
    /// More header bytes or fields than allowed: 431.
    case headerFieldsTooLarge
    /// The request target is longer than allowed: 414.
    case targetTooLong
    /// The body is, or says that it will be, larger than allowed: 413.
    case bodyTooLarge

    /// The status code of the answer.
    package var status: Int {
        switch self {
        case .malformed: 400
        case .headerFieldsTooLarge: 431
        case .targetTooLong: 414
        case .bodyTooLarge: 413
        }
    }
}
