// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import RESP

/// A server's answer to `CLIENT MAINT_NOTIFICATIONS ON`.
package enum OptInReply: Sendable, Equatable {
    case accepted
    /// It does not know the command.
    case unsupported
    /// It does not want to, or the user may not.
    case refused

    /// Anything but `+OK` is a refusal. The text of an error tells the two apart for people only; nothing depends on it.
    package init(_ reply: RESPValue) {
        if reply.kind == .simpleString, reply.string == "OK" {
            self = .accepted
        } else if reply.hasErrorCode("ERR"), reply.string.lowercased().contains("unknown") {
            self = .unsupported
        } else {
            self = .refused
        }
    }

    /// The word for it on the maintenance page.
    package var notifications: UpstreamMaintenance.Notifications {
        switch self {
        case .accepted: .on
        case .unsupported: .unsupported
        case .refused: .refused
        }
    }
}
