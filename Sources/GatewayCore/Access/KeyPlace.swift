// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Where the keys of a command lie among its words; the name is word 0. Channels are keys here.
enum KeyPlace: Equatable, Sendable {
    /// It has none, and tells of none.
    case none
    /// In the words from `first` to `last`, in steps; a negative `last` counts from the end, where -1 is the last word.
    case words(first: Int, last: Int, step: Int)
    /// Word `number` says how many keys follow it, in steps.
    case counted(number: Int, step: Int)
    /// Word 1 is the target, and word 2 says how many keys follow it.
    case targetAndCounted
    /// XREAD, XREADGROUP: the first half of the words behind STREAMS. Only the latter has GROUP, and must have it.
    case streams(ofGroup: Bool)
    /// SORT: the key, and the target behind STORE. BY and GET name keys by what the list holds.
    case sort
    /// GEORADIUS, GEORADIUSBYMEMBER: the key, and the target behind STORE or STOREDIST; options begin at a word.
    case radius(options: Int)
    /// SCAN: the pattern behind MATCH.
    case scan
    /// Word 2 is a pattern.
    case pattern
    /// The subcommand decides.
    case container
}
