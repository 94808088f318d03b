// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// How long a connection may take over what.
struct ConnectionTimeouts: Sendable {
    var header: TimeAmount
    var body: TimeAmount
    var idle: TimeAmount
    var write: TimeAmount
    /// 0: a connection may grow as old as it likes.
    var age: TimeAmount

    init(_ configuration: ServerConfiguration) {
        self.header = configuration.headerTimeout
        self.body = configuration.bodyTimeout
        self.idle = configuration.idleTimeout
        self.write = configuration.writeTimeout
        self.age = configuration.connectionAge
    }
}
