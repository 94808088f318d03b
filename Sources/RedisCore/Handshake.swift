// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
package import RESP

/// The commands that open a connection, in the order of their replies.
package enum HandshakeStep: UInt8, Sendable, CaseIterable {
    /// HELLO 3, with AUTH and SETNAME.
    case hello
    /// CLIENT SETINFO LIB-NAME; servers before 7.2 do not know it.
    case libraryName
    /// CLIENT SETINFO LIB-VER; likewise.
    case libraryVersion
    /// SELECT, for another database than 0.
    case select

    /// Whether an error of this step leaves the connection usable.
    package var isOptional: Bool {
        switch self {
        case .libraryName, .libraryVersion: true
        case .hello, .select: false
        }
    }
}

/// Why a handshake did not end in a usable connection.
package enum HandshakeFailure: Sendable, Equatable {
    /// The server is not ready yet; another attempt may succeed soon.
    case transient(TransientError)
    /// The server does not want us; only an operator can change that.
    case refused(Refusal)

    /// Judges the error reply of a step.
    package init(_ reply: RESPValue, step: HandshakeStep) {
        if let transient = TransientError(reply) {
            self = .transient(transient)
        } else {
            self = .refused(Refusal(reply, step: step))
        }
    }
}

/// A refusal of the handshake. The text is ours: the server's may name users.
package enum Refusal: String, Sendable, CaseIterable {
    case passwordRequired = "the server asks for a password"
    case wrongPassword = "the server does not accept the user name or password"
    case noPermission = "the user lacks a permission that the handshake needs"
    case helloUnknown = "the server does not speak RESP3; Redis 6 or newer is needed"
    case databaseOutOfRange = "the server does not have this database"
    case protectedMode = "the server is in protected mode and denies other hosts"
    case other = "the server refused the handshake"

    init(_ reply: RESPValue, step: HandshakeStep) {
        let text = reply.payload.readableBytesView
        if text.starts(with: "NOAUTH".utf8) {
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
