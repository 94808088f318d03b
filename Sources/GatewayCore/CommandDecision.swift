// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// What the policy says about one command.
enum CommandDecision: Sendable {
    case allow(CommandEffect, Scopes)
    /// It blocks, and needs a connection of its own while it does.
    case lease(BlockingTime, Scopes)
    /// Nothing is sent; the answer is OK.
    case answer
    case refuse(Refusal)
    /// The arguments are wrong in a way that the gateway must understand to bound the command.
    case invalid(StaticString)
}

/// How long a blocking command asks to wait, and where it says so.
struct BlockingTime: Sendable, Equatable {
    /// The argument that holds the time, from its `$` to its last CRLF, in the command's wire form.
    var argument: Range<Int>
    /// 0: for ever.
    var milliseconds: Int64
    /// Whether the argument is in seconds, with decimals if need be; else in milliseconds.
    var isSeconds: Bool
}
