// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Why the private redis-server could not be started.
enum PrivateRedisError: Error, CustomStringConvertible {
    case notInstalled
    case didNotStart

    var description: String {
        switch self {
        case .notInstalled:
            "no upstream is configured, and redis-server is not installed to start a private one. Set --redis URL, or install "
                + "it (Debian: apt-get install redis-server)."
        case .didNotStart: "the private redis-server did not start; set --redis URL to use one of your own"
        }
    }
}
