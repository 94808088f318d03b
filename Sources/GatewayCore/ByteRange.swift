// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// The `Range` field (RFC 9110 section 14.2), as far as Baton serves it: one range of bytes.
enum ByteRange {
    /// Reads a field value.
    /// - Returns: ``Modifier/none`` for anything that is to be ignored by section 14.2 (another unit, several ranges, a
    ///   malformed or a reversed one): the whole value is the answer then.
    static func modifier(_ field: Span<UInt8>) -> Modifier {
        guard field.count > 6, field.extracting(first: 6).equalsIgnoringCase("bytes=") else { return .none }
        var index = 6
        let first = Self.number(field, &index)
        guard index < field.count, field[index] == UInt8(ascii: "-") else { return .none }
        index += 1
        let last = Self.number(field, &index)
        guard index == field.count else { return .none }
        switch (first, last) {
        case (let first?, let last?): return first <= last ? .range(first: first, last: last) : .none
        case (let first?, nil): return .range(first: first, last: -1)
        // `bytes=-0` asks for nothing: a start past any end says so.
        case (nil, let count?): return count > 0 ? .range(first: -count, last: -1) : .range(first: Self.limit, last: -1)
        case (nil, nil): return .none
        }
    }

    /// Past the end of every value that Redis can hold (512 MiB); ten times as much is still an Int64.
    private static let limit: Int64 = 1 << 59

    /// Reads digits; a number over ``limit`` counts as ``limit``. nil if there is no digit.
    private static func number(_ field: Span<UInt8>, _ index: inout Int) -> Int64? {
        let start = index
        var value: Int64 = 0
        while index < field.count, field[index] &- UInt8(ascii: "0") < 10 {
            value = min(value * 10 + Int64(field[index] &- UInt8(ascii: "0")), Self.limit)
            index += 1
        }
        return index > start ? value : nil
    }
}
