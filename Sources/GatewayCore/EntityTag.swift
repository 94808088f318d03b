// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// Lists of entity tags (RFC 9110 sections 8.8.3, 13.1.1 and 13.1.2).
package enum EntityTag {
    /// Whether an `If-None-Match` list holds the tag, by weak comparison, or is `*`.
    /// - Parameters:
    ///   - list: The field's value.
    ///   - tag: The current tag's opaque part, with its quotes and without `W/`.
    /// - Returns: Whether the caller has what the tag stands for.
    package static func list(_ list: Span<UInt8>, holds tag: Span<UInt8>) -> Bool {
        Self.isAny(list) || Self.list(list, names: tag, isStrong: false)
    }

    /// Whether the list is `*`.
    static func isAny(_ list: Span<UInt8>) -> Bool {
        list.equals("*")
    }

    /// Whether the list names the tag.
    /// - Parameters:
    ///   - list: The field's value.
    ///   - tag: A strong tag.
    ///   - isStrong: Whether weak tags of the list count for nothing.
    /// - Returns: Whether it is there.
    static func list(_ list: Span<UInt8>, names tag: ValueTag, isStrong: Bool) -> Bool {
        let text = tag.text
        return Self.list(list, names: text.utf8.span, isStrong: isStrong)
    }

    private static func list(_ list: Span<UInt8>, names tag: Span<UInt8>, isStrong: Bool) -> Bool {
        var index = 0
        while index < list.count {
            guard list[index] == UInt8(ascii: "\"") else {
                index += 1
                continue
            }
            var end = index + 1
            while end < list.count, list[end] != UInt8(ascii: "\"") {
                end += 1
            }
            guard end < list.count else { return false }
            let isWeak = index > 0 && list[index - 1] == UInt8(ascii: "/")
            if !(isStrong && isWeak), Self.isSame(list.extracting(index...end), tag) { return true }
            index = end + 1
        }
        return false
    }

    /// Whether the value is `*` or a list of entity tags, with one at least.
    static func isList(_ value: Span<UInt8>) -> Bool {
        if Self.isAny(value) { return true }
        var index = 0
        var count = 0
        var needsComma = false
        while index < value.count {
            switch value[index] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): index += 1
            case UInt8(ascii: ","):
                needsComma = false
                index += 1
            default:
                guard !needsComma, let end = Self.tagEnd(value, from: index) else { return false }
                index = end
                count += 1
                needsComma = true
            }
        }
        return count > 0
    }

    /// Where the tag that begins at a place ends; nil if there is none.
    private static func tagEnd(_ value: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        if value[index] == UInt8(ascii: "W") {
            guard index + 1 < value.count, value[index + 1] == UInt8(ascii: "/") else { return nil }
            index += 2
        }
        guard index < value.count, value[index] == UInt8(ascii: "\"") else { return nil }
        index += 1
        while index < value.count, value[index] != UInt8(ascii: "\"") {
            guard value[index] > 0x20, value[index] != 0x7F else { return nil }
            index += 1
        }
        return index < value.count ? index + 1 : nil
    }

    private static func isSame(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        for index in left.indices where left[index] != right[index] {
            return false
        }
        return true
    }
}
