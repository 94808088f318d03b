// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// How the replies of a native resource's commands become its answer. One byte of the plan; the functions that read
/// the replies are in `ReplyRenderer+Resources.swift`.
///
/// Where a case says "of", it names the JSON member. 404 is `key-not-found` where the key is missing, and
/// `element-not-found` where what it should hold is.
enum Rendering: UInt8, Sendable {
    /// The plan is not a resource's.
    case none
    /// 204.
    case done
    /// 204; 404 for the number 0.
    case removedKey, removedMember
    /// 201 for the number 1, 204 for 0: a field or member that was made, or replaced.
    case createdMember
    /// EXISTS or UNLINK, then a write: 201 if the key was not there, 204 if it was.
    case replacedKey
    /// A number: 200 with an object of `value`, `length`, `added`, `removed`, `changed`, `acknowledged`, `score`,
    /// `receivers`.
    case value, length, added, removed, changed, acknowledged, score, receivers
    /// A length; 404 for 0, and for -1.
    case pushedExisting, inserted
    /// Bytes: 200 with them, or with `{"value":...}`; 404 for null.
    case element, elementJSON
    /// Bytes: 200 with `{"value":...}`; 204 for null.
    case moved
    /// 200 with a map of the command's own keys and their values; MGET.
    case namedValues
    /// As ``namedValues``, of HMGET behind HLEN; 404 for the length 0.
    case namedFields
    /// A map: 200 with it; 404 if it is empty.
    case fields
    /// LLEN, LRANGE: 200 with `length` and `items`; 404 for the length 0.
    case items
    /// An array: 200 with `members`; if it is empty 404, nothing special, 204.
    case members, operationMembers, poppedMembers
    /// An array, or a key and an array: 200 with `values`; 204 for null.
    case poppedValues, awaitedValues
    /// ZCARD, then members with or without scores: 200 with `members`; 404 for the length 0.
    case scoredMembers, rankedMembers
    /// Members with scores, or a key and those: 200 with `members`; 204 if there are none.
    case poppedScores, awaitedScores
    /// ZSCORE, ZRANK: 200 with `score` and `rank`; 404 for null.
    case rank
    /// ZSCORE, ZADD with CH and a condition: 201 if the member was made, 204 if it was changed (with XX: if it is
    /// there), else 409.
    case changedScore, presentScore
    /// 204 for the number 1, 409 for 0.
    case renamedIfAbsent
    /// EXISTS of the source, EXISTS of the target, COPY: 201, 204 if there was something to replace, 404, 409.
    case copied
    /// SCAN: 200 with `keys`, `next_cursor` and a link.
    case keyPage
    /// An id: 201 with `id`; 404 for null.
    case addedEntry
    /// EXISTS, then entries: 200 with `entries`; 404 if there is no stream.
    case entries
    /// Entries, of which there is one at most: 200 with it; 404.
    case entry
    /// A map of a stream and its entries: 200 with `entries`; 204 for null.
    case readEntries
    /// Entries: 200 with `entries`.
    case claimedEntries
    /// XAUTOCLAIM: 200 with `next_start`, `entries` and `deleted`.
    case autoClaimed
    /// XPENDING: 200 with a list, or with the summary.
    case pending, pendingSummary
    /// 201.
    case created
    /// A digest: 201 with `sha`.
    case loadedScript
    /// Any reply: 200 with `result`, of a command that may have changed something before it failed, or of one that only
    /// reads.
    case scriptResult, readResult

    /// The JSON member of a number's answer.
    var numberName: StaticString {
        switch self {
        case .length, .pushedExisting, .inserted: "length"
        case .added: "added"
        case .removed: "removed"
        case .changed: "changed"
        case .acknowledged: "acknowledged"
        case .receivers: "receivers"
        case .score: "score"
        default: "value"
        }
    }
}
