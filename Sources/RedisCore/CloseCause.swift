// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Why a connection was closed or an attempt to open one failed. A closed set: it labels a metric.
package enum CloseCause: UInt8, Sendable, CaseIterable {
    /// Name resolution, connect or TLS failed.
    case dialFailed
    /// The connect timeout passed before the handshake was over.
    case dialTimedOut
    /// The server was not ready for us (LOADING, too many clients).
    case handshakeFailed
    /// The server does not want us (wrong password and the like).
    case refused
    case peerClosed
    case ioError
    /// A reply broke the protocol or a limit, or nobody had asked for it.
    case badReply
    /// The oldest command waited too long without any byte from the server.
    case stalled
    /// Lost, or closed before the server would have, in the course of announced maintenance.
    case maintenance
    /// Replaced by a newer connection.
    case replaced
    /// A leased connection whose caller has gone.
    case abandoned
    /// A leased connection that was not needed for a while.
    case idle
    case shutdown

    /// The metric's label value.
    package var label: String {
        switch self {
        case .dialFailed: "dial_failed"
        case .dialTimedOut: "dial_timed_out"
        case .handshakeFailed: "handshake_failed"
        case .refused: "refused"
        case .peerClosed: "peer_closed"
        case .ioError: "io_error"
        case .badReply: "bad_reply"
        case .stalled: "stalled"
        case .maintenance: "maintenance"
        case .replaced: "replaced"
        case .abandoned: "abandoned"
        case .idle: "idle"
        case .shutdown: "shutdown"
        }
    }
}
