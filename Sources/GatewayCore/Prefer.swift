// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// The `Prefer` field (RFC 7240).
enum Prefer {
    /// Whether the list holds `return=representation`.
    static func wantsRepresentation(_ field: Span<UInt8>) -> Bool {
        var start = 0
        while start < field.count {
            var end = start
            while end < field.count, field[end] != UInt8(ascii: ","), field[end] != UInt8(ascii: ";") {
                end += 1
            }
            var first = start
            var last = end
            while first < last, field[first] == UInt8(ascii: " ") {
                first += 1
            }
            while last > first, field[last - 1] == UInt8(ascii: " ") {
                last -= 1
            }
            let item = field.extracting(first..<last)
            if item.equalsIgnoringCase("return=representation") || item.equalsIgnoringCase("return=\"representation\"")
            {
                return true
            }
            start = end + 1
        }
        return false
    }
}
