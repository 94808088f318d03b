// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// The grammar of numbers in JSON (RFC 8259 section 6).
enum JSONNumber {
    /// Whether a text is a number in JSON: `-?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?`.
    static func isValid(_ text: Span<UInt8>) -> Bool {
        var index = 0
        if index < text.count, text[index] == UInt8(ascii: "-") { index += 1 }
        let start = index
        guard Self.digits(text, &index) else { return false }
        if text[start] == UInt8(ascii: "0"), index > start + 1 { return false }
        if index < text.count, text[index] == UInt8(ascii: ".") {
            index += 1
            guard Self.digits(text, &index) else { return false }
        }
        if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") { index += 1 }
            guard Self.digits(text, &index) else { return false }
        }
        return index == text.count
    }

    /// Passes over digits; false if there is none.
    private static func digits(_ text: Span<UInt8>, _ index: inout Int) -> Bool {
        let start = index
        while index < text.count, text[index] &- UInt8(ascii: "0") < 10 {
            index += 1
        }
        return index > start
    }
}
