// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Why a server could not start, or did not end cleanly.
package enum ServerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The address could not be listened on.
    case listenFailed(address: String, reason: String)
    /// The certificate, key or authority file is unusable.
    case tlsFailed(reason: String)
    /// Requests were still running when the drain timeout was over; they were cut off.
    case drainTimedOut

    package var description: String {
        switch self {
        case .listenFailed(let address, let reason): "cannot listen on \(address): \(reason)"
        case .tlsFailed(let reason): "cannot use the TLS files: \(reason)"
        case .drainTimedOut: "the drain timeout passed with requests still running"
        }
    }
}
