// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP

/// A refusal of the handshake. The text is ours: the server's may name users.
package enum Refusal: String, Sendable, CaseIterable {
    case passwordRequired = "the server asks for a password"
    case wrongPassword = "the server does not accept the user name or password"
    case noPermission = "the user lacks a permission that the handshake needs"
    case helloUnknown = "the server does not speak RESP3; Redis 6 or newer is needed"
    case databaseOutOfRange = "the server does not have this database"
    case protectedMode = "the server is in protected mode and denies other hosts"
    case notificationsRefused = "the server refuses maintenance notifications, and they are set to be required"
    case other = "the server refused the handshake"

    init(_ reply: RESPValue, step: HandshakeStep) {
        let text = reply.payload.readableBytesView
        if step == .requiredOptIn {
            self = .notificationsRefused
        } else if text.starts(with: "NOAUTH".utf8) {
            self = .passwordRequired
        } else if text.starts(with: "WRONGPASS".utf8) || text.starts(with: "ERR invalid password".utf8)
            || text.starts(with: "ERR AUTH".utf8) || text.starts(with: "ERR Client sent AUTH".utf8)
        {
            self = .wrongPassword
        } else if text.starts(with: "NOPERM".utf8) {
            self = .noPermission
        } else if text.starts(with: "NOPROTO".utf8) || text.starts(with: "ERR unknown command".utf8) {
            self = .helloUnknown
        } else if text.starts(with: "DENIED".utf8) {
            self = .protectedMode
        } else if step == .select {
            self = .databaseOutOfRange
        } else {
            self = .other
        }
    }
}
