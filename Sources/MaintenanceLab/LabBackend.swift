// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The real redis-server that a lab's endpoint stands in front of.
package enum LabBackend: Sendable, Hashable {
    case unix(path: String)
    case tcp(host: String, port: Int)
}
