// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

extension RedisConnectionHandler {
    /// What the connection is for.
    enum Role: Equatable {
        /// It carries the requests of many callers; the number is its lane's.
        case shared(lane: Int)
        /// It carries one request at a time.
        case leased
    }
}
