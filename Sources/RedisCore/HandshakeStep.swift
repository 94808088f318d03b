// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

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
    /// PING: the server not only accepts us but serves.
    case ping
    /// CLIENT MAINT_NOTIFICATIONS ON; a server that refuses is used without them.
    case optIn
    /// The same, and a server that refuses is not used.
    case requiredOptIn

    /// Whether an error of this step leaves the connection usable.
    package var isOptional: Bool {
        switch self {
        case .libraryName, .libraryVersion, .optIn: true
        case .hello, .select, .ping, .requiredOptIn: false
        }
    }
}
