// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RedisCore

/// What was sent when Redis answered with an error.
struct CommandContext {
    /// The command's name in upper case.
    var name: String?
    /// Its place in a batch.
    var index: Int?
    var retryClass: RetryClass
    /// Whether the route, not the caller, has chosen the command: a server that does not know it is too old.
    var isTyped: Bool
    /// Whether it was a script that may write: it can have written before it failed.
    var isWriteScript: Bool
    /// Whether `value is not an integer` can only mean the stored value.
    var meansStoredNumber: Bool

    init(
        name: String? = nil, index: Int? = nil, retryClass: RetryClass, isTyped: Bool = false,
        isWriteScript: Bool = false, meansStoredNumber: Bool = false
    ) {
        self.name = name
        self.index = index
        self.retryClass = retryClass
        self.isTyped = isTyped
        self.isWriteScript = isWriteScript
        self.meansStoredNumber = meansStoredNumber
    }
}

extension Problem {
    /// Most bytes of an error reply that a caller is shown.
    private static let shownBytes = 512

    /// What an error reply of Redis comes to.
    init(redisError text: ByteBuffer, _ context: CommandContext) {
        let bytes = text.readableBytesUInt8Span
        let rule = RedisErrorRule.rule(for: bytes)
        var details = Details()
        if rule.isShown {
            details.redisError = String(decoding: text.readableBytesView.prefix(Self.shownBytes), as: UTF8.self)
        }
        details.command = context.name
        details.commandIndex = context.index
        details.outcome = context.isWriteScript ? .unknown : rule.outcome
        details.retryAfter = rule.retryAfter
        details.isRetryable =
            switch details.outcome {
            case .unknown: context.retryClass < .unsafe && rule.retryAfter != nil
            default: rule.retryAfter != nil
            }
        var kind = rule.kind
        if kind == .unknownCommand, context.isTyped {
            kind = .unsupportedByServer
        } else if kind == .invalidArgument, context.meansStoredNumber, bytes.starts(with: "ERR value is not") {
            kind = .notANumber
        }
        self.init(kind, details: details)
    }
}
