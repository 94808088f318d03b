// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// The `Prefer` field (RFC 7240).
package enum Prefer {
    /// Whether the list holds `return=representation`.
    static func wantsRepresentation(_ field: Span<UInt8>) -> Bool {
        var start = 0
        while let range = Self.nextItem(field, from: &start) {
            let item = field.extracting(range)
            if item.equalsIgnoringCase("return=representation") || item.equalsIgnoringCase("return=\"representation\"")
            {
                return true
            }
        }
        return false
    }

    /// Whether the list holds `timing`: the answer shall say how long Redis took.
    /// - Parameter field: The value of the field.
    /// - Returns: Whether it does.
    package static func wantsTiming(_ field: Span<UInt8>) -> Bool {
        var start = 0
        while let range = Self.nextItem(field, from: &start) {
            if field.extracting(range).equalsIgnoringCase("timing") { return true }
        }
        return false
    }

    /// The seconds of `wait=`, how long the caller is willing to wait; nil without, or if they are no whole number.
    package static func wait(_ field: Span<UInt8>) -> Int? {
        var start = 0
        while let range = Self.nextItem(field, from: &start) {
            let item = field.extracting(range)
            guard item.count > 5, item.extracting(first: 5).equalsIgnoringCase("wait="),
                let seconds = Decimal.int64(item.extracting(5..<item.count)), seconds >= 0
            else { continue }
            return Int(clamping: seconds)
        }
        return nil
    }

    /// The place of the next preference, or of a parameter of one, without the spaces around it.
    private static func nextItem(_ field: Span<UInt8>, from start: inout Int) -> Range<Int>? {
        guard start < field.count else { return nil }
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
        start = end + 1
        return first..<last
    }
}
