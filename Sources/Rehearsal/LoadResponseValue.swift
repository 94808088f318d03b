// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// A response outside the count.
struct LoadResponseValue: Sendable {
    var status: Int
    var text: String
}
