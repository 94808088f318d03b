// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// Entity tags (RFC 9110 section 8.8.3).
package enum EntityTag {
    /// Whether an `If-None-Match` list holds the tag, by weak comparison, or is `*`.
    /// - Parameters:
    ///   - list: The field's value.
    ///   - tag: The current tag's opaque part, with its quotes and without `W/`.
    /// - Returns: Whether the caller has what the tag stands for.
    package static func list(_ list: Span<UInt8>, holds tag: Span<UInt8>) -> Bool {
        if list.equals("*") { return true }
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
            if Self.isSame(list.extracting(index...end), tag) { return true }
            index = end + 1
        }
        return false
    }

    private static func isSame(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        for index in left.indices where left[index] != right[index] {
            return false
        }
        return true
    }
}
