// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// How an endpoint answers `CLIENT MAINT_NOTIFICATIONS`.
package enum OptInAnswer: Sendable, Equatable {
    /// `+OK`: the connection gets pushes from now on, or with `OFF` no more.
    case accept
    /// What a Redis without the feature says.
    case unknownSubcommand
    /// The cluster has the feature and it is switched off.
    case disabled
    /// The user may not.
    case noPermission
    /// An error line of the caller's, without `-` and CRLF.
    case error(String)
    /// The command goes to the backend, which answers for itself.
    case passOn

    /// The reply; nil when the backend gives it.
    var reply: ByteBuffer? {
        switch self {
        case .accept: ByteBuffer(string: "+OK\r\n")
        case .unknownSubcommand:
            ByteBuffer(string: "-ERR unknown subcommand 'MAINT_NOTIFICATIONS'. Try CLIENT HELP.\r\n")
        case .disabled: ByteBuffer(string: "-ERR maintenance notifications are disabled on this server\r\n")
        case .noPermission:
            ByteBuffer(
                string: "-NOPERM User default has no permissions to run the 'client|maint_notifications' command\r\n")
        case .error(let text): ByteBuffer(string: "-\(text)\r\n")
        case .passOn: nil
        }
    }
}
