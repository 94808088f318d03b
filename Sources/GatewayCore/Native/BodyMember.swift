// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// A member of the JSON object that an operation takes as its body.
struct BodyMember: Sendable {
    /// What the value must be.
    enum Kind: Sendable {
        /// A string, a number or a boolean by its text, or `{"base64":"..."}`.
        case bytes
        /// A string.
        case text
        case integer(ClosedRange<Int64>)
        case flag
        /// One of some strings.
        case word([StaticString])
        /// An array of ``bytes``, not empty.
        case list
        /// As ``list``, but it may be empty.
        case optionalList
        /// An object, or an array of pairs, of ``bytes``; not empty.
        case pairs
        /// A number, or its text as a string; `"inf"` and `"-inf"` if they make sense.
        case number(allowsInfinity: Bool)
        /// An array of `{"member":...,"score":...}`, not empty.
        case scores
    }

    let name: StaticString
    let kind: Kind
    let isRequired: Bool

    /// A member that must be there.
    static func required(_ name: StaticString, _ kind: Kind) -> BodyMember {
        BodyMember(name: name, kind: kind, isRequired: true)
    }

    /// A member that may be left out.
    static func optional(_ name: StaticString, _ kind: Kind) -> BodyMember {
        BodyMember(name: name, kind: kind, isRequired: false)
    }

    /// `count`, from 1 on.
    static let count = BodyMember.optional("count", .integer(1...1_000_000))
    /// `wait_ms`: how long to wait for data, 0 for not at all.
    static let wait = BodyMember.optional("wait_ms", .integer(0...86_400_000))
    /// `by`: what to add.
    static let increment = BodyMember.optional("by", .number(allowsInfinity: false))
    /// `when`: the condition of a change.
    static let when = BodyMember.optional("when", .word(["nx", "xx", "gt", "lt"]))
}
