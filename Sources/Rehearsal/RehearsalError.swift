// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Why a rehearsal could not be held.
package enum RehearsalError: Error, Sendable, CustomStringConvertible {
    /// The gateway does not answer as it should before anything has happened.
    case gatewayUnusable(String)
    /// Something that a drill waits for did not come.
    case stuck(String)

    package var description: String {
        switch self {
        case .gatewayUnusable(let reason): "the gateway cannot be used: \(reason)"
        case .stuck(let what): "waited in vain: \(what)"
        }
    }
}
