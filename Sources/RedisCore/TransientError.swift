// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
package import RESP

/// An error by which the server says "not now": nothing ran, and the same command may succeed a moment later
/// (Redis documentation, "Error replies"; the prefixes are the server's).
package enum TransientError: UInt8, Sendable, CaseIterable {
    case loading
    case readOnly
    case masterDown
    case tryAgain
    case busy
    case clusterDown
    case noReplicas
    case tooManyClients

    /// Recognises an error reply by its first word.
    package init?(_ reply: RESPValue) {
        guard reply.kind == .simpleError || reply.kind == .bulkError else { return nil }
        self.init(errorText: reply.payload.readableBytesView)
    }

    /// Whether `reply` is an EXECABORT.
    package static func isAbort(_ reply: RESPValue) -> Bool {
        guard reply.kind == .simpleError || reply.kind == .bulkError else { return false }
        return reply.payload.readableBytesView.starts(with: "EXECABORT".utf8)
    }

    /// What made EXEC refuse to run, by `EXECABORT Transaction discarded because of: LOADING ...`.
    package init?(abort reply: RESPValue) {
        guard Self.isAbort(reply) else { return nil }
        let text = reply.payload.readableBytesView
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        self.init(errorText: text[colon...].dropFirst().drop { $0 == UInt8(ascii: " ") })
    }

    private init?(errorText text: some Collection<UInt8>) {
        switch text.first {
        case UInt8(ascii: "L") where Self.startsWithWord(text, "LOADING"): self = .loading
        case UInt8(ascii: "R") where Self.startsWithWord(text, "READONLY"): self = .readOnly
        case UInt8(ascii: "M") where Self.startsWithWord(text, "MASTERDOWN"): self = .masterDown
        case UInt8(ascii: "T") where Self.startsWithWord(text, "TRYAGAIN"): self = .tryAgain
        case UInt8(ascii: "B") where Self.startsWithWord(text, "BUSY"): self = .busy
        case UInt8(ascii: "C") where Self.startsWithWord(text, "CLUSTERDOWN"): self = .clusterDown
        case UInt8(ascii: "N") where Self.startsWithWord(text, "NOREPLICAS"): self = .noReplicas
        case UInt8(ascii: "E") where text.starts(with: "ERR max number of clients".utf8): self = .tooManyClients
        default: return nil
        }
    }

    /// Whether `word` stands there as a word: `BUSY` is not `BUSYKEY`.
    private static func startsWithWord(_ text: some Collection<UInt8>, _ word: String) -> Bool {
        guard text.starts(with: word.utf8) else { return false }
        let rest = text.dropFirst(word.utf8.count)
        return rest.first.map { $0 == UInt8(ascii: " ") } ?? true
    }

    /// Whether the server gives it before it looks at the command, so that not even a script can have run in part.
    package var precedesExecution: Bool {
        switch self {
        case .loading, .tooManyClients: true
        case .readOnly, .masterDown, .tryAgain, .busy, .clusterDown, .noReplicas: false
        }
    }

    /// Whether another connection may lead to a server that takes the command: the name may point elsewhere by now.
    package var asksForNewConnection: Bool {
        switch self {
        case .readOnly, .tooManyClients: true
        case .loading, .masterDown, .tryAgain, .busy, .clusterDown, .noReplicas: false
        }
    }
}
