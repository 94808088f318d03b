// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The label of the connection metrics.
enum HTTPVersion: Int, CaseIterable, Sendable {
    case http1
    case http2

    /// The label's value.
    var label: String {
        switch self {
        case .http1: "1.1"
        case .http2: "2"
        }
    }
}
