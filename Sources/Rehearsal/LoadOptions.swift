// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// How a load is put on a gateway.
package struct LoadOptions: Sendable {
    package enum Version: Int, Sendable {
        case http1 = 1
        case http2 = 2
    }

    package var host: String
    package var port: Int
    package var version: Version = .http2
    /// Requests a second, of all callers together; half of them GET, half INCR.
    package var rate = 1000
    /// Callers, each with one request at a time.
    package var callers = 32
    /// A bearer token; empty: none.
    package var token = ""

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }
}
