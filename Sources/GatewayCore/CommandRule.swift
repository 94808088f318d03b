// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// How the policy decides about a command or subcommand of the catalog.
enum CommandRule: Sendable, Equatable {
    /// Allowed; nothing in its arguments matters.
    case allow(CommandEffect)
    /// A script or function that may write: it may have written before it failed.
    case script
    /// PUBLISH, SPUBLISH: allowed to who may publish, even if nothing else.
    case publish
    /// SET: its options say whether it can be repeated.
    case set
    /// EXPIRE and its kin: NX, GT and LT make it unsafe.
    case expire
    /// GETEX: it writes only with options.
    case getEx
    /// SORT, GEORADIUS, GEORADIUSBYMEMBER: they write only with STORE or STOREDIST.
    case readUnlessStoring
    /// COPY: its DB option leaves the gateway's database.
    case copy
    /// It blocks; the last argument is the time in seconds.
    case blockingLast
    /// It blocks; the first argument is the time in seconds.
    case blockingFirst
    /// XREAD or XREADGROUP: they block with BLOCK.
    case streamRead(CommandEffect)
    /// The subcommand decides; alone it is refused.
    case container
    /// COMMAND: alone it is allowed, else the subcommand decides.
    case openContainer
    /// Nothing is sent; the answer is OK.
    case answer
    /// SELECT: OK for the gateway's own database.
    case select
    case refuse(Refusal)
}
