// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// What an error reply of Redis comes to over HTTP.
struct RedisErrorRule: Sendable {
    /// How the error's text begins. A prefix without a space at its end or inside is a code word, which must be
    /// complete.
    let prefix: StaticString
    let kind: ProblemKind
    let outcome: Outcome
    /// Seconds for the `Retry-After` field. A rule that has it says that the request may be sent again.
    let retryAfter: Int?
    /// Whether the caller is shown the text. Redirections name addresses inside of the operator's network.
    let isShown: Bool

    init(
        _ prefix: StaticString, _ kind: ProblemKind, _ outcome: Outcome = .notExecuted, retryAfter: Int? = nil,
        isShown: Bool = true
    ) {
        self.prefix = prefix
        self.kind = kind
        self.outcome = outcome
        self.retryAfter = retryAfter
        self.isShown = isShown
    }

    /// Finds the rule of an error text: the first of ``table`` that fits.
    static func rule(for text: Span<UInt8>) -> RedisErrorRule {
        for rule in Self.table where rule.fits(text) {
            return rule
        }
        return Self.other
    }

    private func fits(_ text: Span<UInt8>) -> Bool {
        guard text.starts(with: self.prefix) else { return false }
        let length = self.prefix.utf8CodeUnitCount
        return !self.isCodeWord || text.count == length || text[length] == UInt8(ascii: " ")
    }

    private var isCodeWord: Bool {
        // Safety: the buffer of a StaticString lives as long as the process.
        let bytes = unsafe UnsafeBufferPointer(
            start: self.prefix.utf8Start, count: self.prefix.utf8CodeUnitCount)
        return unsafe !bytes.contains(UInt8(ascii: " "))
    }

    /// An error with a prefix that Redis itself does not use: a script's or a module's own.
    static let other = RedisErrorRule("", .scriptError, .unknown)

    /// The mapping, the more exact prefixes first.
    static let table: [RedisErrorRule] = [
        RedisErrorRule("WRONGTYPE", .wrongType),
        RedisErrorRule("ERR unknown command", .unknownCommand),
        RedisErrorRule("ERR unknown subcommand", .unknownCommand),
        RedisErrorRule("ERR Unknown subcommand", .unknownCommand),
        RedisErrorRule("ERR wrong number of arguments", .invalidArgument),
        RedisErrorRule("ERR syntax error", .invalidArgument),
        RedisErrorRule("ERR value is not", .invalidArgument),
        RedisErrorRule("ERR hash value is not", .notANumber),
        RedisErrorRule("ERR resulting score is not a number", .notANumber),
        RedisErrorRule("ERR increment or decrement would overflow", .limitExceeded),
        RedisErrorRule("ERR increment would", .limitExceeded),
        RedisErrorRule("ERR decrement would", .limitExceeded),
        RedisErrorRule("ERR string exceeds maximum", .limitExceeded),
        RedisErrorRule("ERR no such key", .keyNotFound),
        RedisErrorRule("ERR The XGROUP subcommand requires the key", .keyNotFound),
        RedisErrorRule("ERR index out of range", .notFound),
        RedisErrorRule("ERR DB index is out of range", .notFound),
        RedisErrorRule("ERR invalid DB index", .notFound),
        RedisErrorRule("ERR max number of clients reached", .redisUnavailable, retryAfter: 1),
        RedisErrorRule("ERR Protocol error", .backendProtocol, .unknown),
        RedisErrorRule("ERR The ID specified in XADD", .conflict),
        RedisErrorRule("ERR The XADD ID specified", .conflict),
        RedisErrorRule("ERR user_script", .scriptError, .unknown),
        RedisErrorRule("ERR user_function", .scriptError, .unknown),
        RedisErrorRule("ERR Error running script", .scriptError, .unknown),
        RedisErrorRule("ERR ", .invalidArgument),
        RedisErrorRule("ERR", .invalidArgument),
        RedisErrorRule("MOVED", .redisUnavailable, retryAfter: 1, isShown: false),
        RedisErrorRule("ASK", .redisUnavailable, retryAfter: 1, isShown: false),
        RedisErrorRule("REDIRECT", .redisUnavailable, retryAfter: 1, isShown: false),
        RedisErrorRule("TRYAGAIN", .redisUnavailable, retryAfter: 1),
        RedisErrorRule("CLUSTERDOWN", .redisUnavailable, retryAfter: 1),
        RedisErrorRule("CROSSSLOT", .crossSlot),
        RedisErrorRule("READONLY", .redisUnavailable, retryAfter: 1),
        RedisErrorRule("LOADING", .redisUnavailable, retryAfter: 1),
        RedisErrorRule("MASTERDOWN", .redisUnavailable, retryAfter: 1),
        RedisErrorRule("BUSY", .scriptRunning, retryAfter: 1),
        RedisErrorRule("OOM", .outOfMemory),
        RedisErrorRule("MISCONF", .writesDisabled, retryAfter: 30),
        RedisErrorRule("NOREPLICAS", .redisUnavailable, retryAfter: 1),
        RedisErrorRule("NOAUTH", .backendAuthentication),
        RedisErrorRule("WRONGPASS", .backendAuthentication),
        RedisErrorRule("NOPROTO", .backendAuthentication),
        RedisErrorRule("DENIED", .backendAuthentication),
        RedisErrorRule("NOPERM", .permissionDenied),
        RedisErrorRule("NOSCRIPT", .noScript),
        RedisErrorRule("EXECABORT", .transactionAborted),
        RedisErrorRule("BUSYKEY", .conflict),
        RedisErrorRule("BUSYGROUP", .conflict),
        RedisErrorRule("NOGROUP", .noGroup),
        RedisErrorRule("UNKILLABLE", .conflict),
        RedisErrorRule("NOTBUSY", .conflict),
        RedisErrorRule("INPROG", .conflict),
        RedisErrorRule("NOGOODSLAVE", .conflict),
        RedisErrorRule("NOQUORUM", .conflict),
        RedisErrorRule("UNBLOCKED", .redisUnavailable, retryAfter: 0),
        RedisErrorRule("NOMASTERLINK", .redisUnavailable, retryAfter: 1),
        RedisErrorRule("IOERR", .backendInputOutput, .unknown),
        RedisErrorRule("INVALIDOBJ", .corruptValue),
    ]
}
