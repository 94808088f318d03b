// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The grammar of numbers (RFC 8259 section 6).
package enum JSONNumber {
    /// The length of the number at the start of `text`; nil if there is none.
    package static func length(_ text: borrowing Span<UInt8>) -> Int? {
        var index = 0
        if index < text.count, text[index] == UInt8(ascii: "-") { index += 1 }
        let integer = self.digits(text, from: index)
        guard integer > index, integer == index + 1 || text[index] != UInt8(ascii: "0") else { return nil }
        index = integer
        if index < text.count, text[index] == UInt8(ascii: ".") {
            let fraction = self.digits(text, from: index + 1)
            guard fraction > index + 1 else { return nil }
            index = fraction
        }
        if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
            var start = index + 1
            if start < text.count, text[start] == UInt8(ascii: "+") || text[start] == UInt8(ascii: "-") { start += 1 }
            let exponent = self.digits(text, from: start)
            guard exponent > start else { return nil }
            index = exponent
        }
        return index
    }

    /// Whether all of `text` is one number.
    package static func isNumber(_ text: borrowing Span<UInt8>) -> Bool {
        self.length(text) == text.count
    }

    private static func digits(_ text: borrowing Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < text.count, text[index] &- UInt8(ascii: "0") < 10 {
            index += 1
        }
        return index
    }
}
