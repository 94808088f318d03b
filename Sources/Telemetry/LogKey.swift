// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The metadata keys of log records, in one place, so that they can be searched for.
package enum LogKey {
    package static let attempt = "attempt"
    package static let bytes = "bytes"
    package static let cause = "cause"
    package static let connection = "connection"
    package static let count = "count"
    package static let durationMs = "duration_ms"
    package static let endpoint = "endpoint"
    package static let error = "error"
    package static let kind = "kind"
    package static let listen = "listen"
    package static let method = "method"
    package static let phase = "phase"
    package static let requestID = "request_id"
    package static let route = "route"
    package static let sequence = "seq"
    package static let signal = "signal"
    package static let state = "state"
    package static let status = "status"
    package static let target = "target"
    package static let upstream = "upstream"
}
