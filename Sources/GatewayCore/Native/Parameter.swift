// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// A query parameter of the native resources.
enum Parameter: UInt8, CaseIterable, Sendable {
    case keyEncoding
    case by, channel, consumer, count, cursor, end, field, key, limit, match, max, min, minIdle, offset, pattern,
        reversed, start, stop
    case type

    /// The name in the query.
    var name: StaticString {
        switch self {
        case .keyEncoding: "key_encoding"
        case .by: "by"
        case .channel: "channel"
        case .consumer: "consumer"
        case .count: "count"
        case .cursor: "cursor"
        case .end: "end"
        case .field: "field"
        case .key: "key"
        case .limit: "limit"
        case .match: "match"
        case .max: "max"
        case .min: "min"
        case .minIdle: "min_idle_ms"
        case .offset: "offset"
        case .pattern: "pattern"
        case .reversed: "rev"
        case .start: "start"
        case .stop: "stop"
        case .type: "type"
        }
    }

    /// Whether it may be given more than once.
    var isRepeatable: Bool {
        self == .key || self == .field || self == .channel || self == .pattern
    }
}
