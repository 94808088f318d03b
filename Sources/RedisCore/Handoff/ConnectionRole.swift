// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What a connection is for.
package enum ConnectionRole: Sendable, Equatable {
    /// It carries the requests of many callers; it is replaced before it goes.
    case shared
    /// It carries one request at a time; another is opened when one is needed.
    case leased
}
