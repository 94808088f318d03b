// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore

/// The query of the Upstash-compatible surface: arguments behind those of the path, and the token.
enum UpstashQuery {
    /// The arguments that the query adds, in order: a name, and the value if there is a `=`. `_token` adds none. A plus is a plus.
    static func arguments(_ query: Span<UInt8>) throws(Problem) -> [ByteBuffer] {
        var arguments: [ByteBuffer] = []
        var start = 0
        while start < query.count {
            let pair = Self.pair(query, from: start)
            start = pair.end + 1
            guard pair.end > pair.start else { continue }
            let name = try Self.decoded(query.extracting(pair.start..<pair.split))
            if name.readableBytesUInt8Span.equals("_token") { continue }
            arguments.append(name)
            if pair.split < pair.end {
                arguments.append(try Self.decoded(query.extracting(pair.split + 1..<pair.end)))
            }
        }
        return arguments
    }

    /// The value of `_token`; nil without one.
    static func token(_ query: Span<UInt8>) -> ByteBuffer? {
        var start = 0
        while start < query.count {
            let pair = Self.pair(query, from: start)
            start = pair.end + 1
            if pair.split < pair.end, query.extracting(pair.start..<pair.split).equals("_token") {
                return PercentCoding.decode(query.extracting(pair.split + 1..<pair.end))
            }
        }
        return nil
    }

    private static func pair(_ query: Span<UInt8>, from start: Int) -> (start: Int, split: Int, end: Int) {
        var end = start
        var split: Int?
        while end < query.count, query[end] != UInt8(ascii: "&") {
            if split == nil, query[end] == UInt8(ascii: "=") { split = end }
            end += 1
        }
        return (start, split ?? end, end)
    }

    static func decoded(_ text: Span<UInt8>) throws(Problem) -> ByteBuffer {
        guard let bytes = PercentCoding.decode(text) else {
            throw Problem(.invalidTarget, detail: "the target holds a percent escape that is not one")
        }
        return bytes
    }
}
