// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// Media types of request fields: `Accept` (RFC 9110 section 12.5.1) and `Content-Type` (section 8.3).
enum MediaType {
    /// The best of what can be sent for an `Accept` value: the highest quality, then the most specific range that names
    /// it, then the order of `offers`.
    /// - Returns: nil if nothing is acceptable (406).
    static func negotiate(_ accept: Span<UInt8>, first: ContentType, second: ContentType? = nil) -> ContentType? {
        let firstRank = Self.rank(of: first, in: accept)
        guard let second else { return firstRank > 0 ? first : nil }
        let secondRank = Self.rank(of: second, in: accept)
        guard max(firstRank, secondRank) > 0 else { return nil }
        return secondRank > firstRank ? second : first
    }

    /// Whether a `Content-Type` names JSON: `application/json` or `application/<anything>+json`.
    static func isJSON(_ contentType: Span<UInt8>) -> Bool {
        let type = contentType.extracting(Self.essence(contentType))
        if type.equalsIgnoringCase("application/json") { return true }
        return type.count > 17 && type.extracting(first: 12).equalsIgnoringCase("application/")
            && type.extracting(last: 5).equalsIgnoringCase("+json")
    }

    /// Whether a `Content-Type` says that the body is an envelope around parts, which nobody wants to store as a value.
    static func isMultipart(_ contentType: Span<UInt8>) -> Bool {
        contentType.count >= 10 && contentType.extracting(first: 10).equalsIgnoringCase("multipart/")
    }

    /// 0: not acceptable; else quality in thousandths times 4, plus how specific the range is (1...3).
    private static func rank(of type: ContentType, in accept: Span<UInt8>) -> Int {
        var specificity = 0
        var quality = 0
        var start = 0
        while start <= accept.count {
            var end = start
            while end < accept.count, accept[end] != UInt8(ascii: ",") {
                end += 1
            }
            let element = accept.extracting(start..<end)
            let found = Self.specificity(of: element, for: type)
            if found > specificity {
                specificity = found
                quality = Self.quality(of: element)
            } else if found > 0, found == specificity {
                quality = max(quality, Self.quality(of: element))
            }
            start = end + 1
        }
        return quality == 0 ? 0 : quality * 4 + specificity
    }

    /// 0: the range does not name the type; 1: `*/*`; 2: `type/*`; 3: the type itself.
    private static func specificity(of element: Span<UInt8>, for type: ContentType) -> Int {
        let range = element.extracting(Self.essence(element))
        if range.equals("*/*") { return 1 }
        if range.equalsIgnoringCase("application/*") { return 2 }
        return range.equalsIgnoringCase(type.value) ? 3 : 0
    }

    /// The `q` parameter in thousandths; 1000 without one or with one that cannot be read.
    private static func quality(of element: Span<UInt8>) -> Int {
        var index = 0
        while index < element.count {
            guard element[index] == UInt8(ascii: ";") else {
                index += 1
                continue
            }
            index += 1
            while index < element.count, Self.isSpace(element[index]) {
                index += 1
            }
            guard index + 2 < element.count, element[index] | 0x20 == UInt8(ascii: "q"),
                element[index + 1] == UInt8(ascii: "=")
            else { continue }
            return Self.weight(element, from: index + 2)
        }
        return 1000
    }

    /// `0`, `1`, or either with up to three decimals.
    private static func weight(_ element: Span<UInt8>, from start: Int) -> Int {
        guard element[start] == UInt8(ascii: "0") else { return 1000 }
        var index = start + 1
        guard index < element.count, element[index] == UInt8(ascii: ".") else { return 0 }
        index += 1
        var value = 0
        var scale = 100
        while index < element.count, scale > 0, element[index] &- UInt8(ascii: "0") < 10 {
            value += Int(element[index] - UInt8(ascii: "0")) * scale
            scale /= 10
            index += 1
        }
        return value
    }

    /// Where the type lies without parameters and the white space around it.
    private static func essence(_ element: Span<UInt8>) -> Range<Int> {
        var start = 0
        while start < element.count, Self.isSpace(element[start]) {
            start += 1
        }
        var end = start
        while end < element.count, element[end] != UInt8(ascii: ";") {
            end += 1
        }
        while end > start, Self.isSpace(element[end - 1]) {
            end -= 1
        }
        return start..<end
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}
