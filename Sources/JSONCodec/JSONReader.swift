// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// A bounded pull reader (RFC 8259) over complete input. Numbers keep their text. Duplicate names are the caller's to find;
/// lone surrogates, a byte-order mark, bytes that are not UTF-8, trailing bytes and too deep nesting are errors.
package struct JSONReader {
    package enum Token: Sendable, Equatable {
        case beginObject
        case endObject
        case beginArray
        case endArray
        /// A member's name, unescaped.
        case name(ByteBuffer)
        /// A string, unescaped; a slice of the input when it had no escape.
        case string(ByteBuffer)
        /// A number's literal text, a slice of the input.
        case number(ByteBuffer)
        case bool(Bool)
        case null
        /// The input is over, and was one complete value.
        case end
    }

    /// What may come next.
    private enum Expectation {
        case value
        case firstElementOrEnd
        case firstNameOrEnd
        case name
        case commaOrEnd
        case nothing
    }

    private let input: ByteBuffer
    private let depthLimit: Int
    private var position = 0
    private var expectation = Expectation.value
    private var depth = 0
    /// One bit a level, the innermost lowest: 1 for an object.
    private var objects: UInt64 = 0

    /// - Parameters:
    ///   - input: The whole text.
    ///   - depthLimit: How deep objects and arrays may nest, 1...64.
    package init(_ input: ByteBuffer, depthLimit: Int = 8) {
        self.input = input
        self.depthLimit = min(max(depthLimit, 1), 64)
    }

    /// The next token. After ``Token/end`` every call gives it again.
    /// - Throws: ``JSONError``; the reader is of no use then.
    package mutating func next() throws(JSONError) -> Token {
        let input = self.input
        return try self.next(input.readableBytesUInt8Span)
    }

    /// Reads over one whole value.
    /// - Throws: ``JSONError``.
    package mutating func skipValue() throws(JSONError) {
        var open = 0
        repeat {
            switch try self.next() {
            case .beginObject, .beginArray: open += 1
            case .endObject, .endArray: open -= 1
            case .end: return
            default: break
            }
        } while open > 0
    }

    private mutating func next(_ bytes: Span<UInt8>) throws(JSONError) -> Token {
        if self.position == 0, bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            throw JSONError(.byteOrderMark, offset: 0)
        }
        self.skipWhitespace(bytes)
        guard self.position < bytes.count else {
            guard self.expectation == .nothing else { throw JSONError(.unexpectedEnd, offset: self.position) }
            return .end
        }
        let byte = bytes[self.position]
        switch self.expectation {
        case .nothing:
            throw JSONError(.trailingBytes, offset: self.position)
        case .value:
            return try self.value(bytes)
        case .firstElementOrEnd:
            return byte == UInt8(ascii: "]") ? self.close(.endArray) : try self.value(bytes)
        case .firstNameOrEnd:
            return byte == UInt8(ascii: "}") ? self.close(.endObject) : try self.memberName(bytes)
        case .name:
            return try self.memberName(bytes)
        case .commaOrEnd:
            return try self.afterElement(bytes, byte)
        }
    }

    private mutating func afterElement(_ bytes: Span<UInt8>, _ byte: UInt8) throws(JSONError) -> Token {
        let isObject = self.objects & 1 == 1
        if byte == UInt8(ascii: isObject ? "}" : "]") { return self.close(isObject ? .endObject : .endArray) }
        guard byte == UInt8(ascii: ",") else { throw JSONError(.unexpectedByte, offset: self.position) }
        self.position += 1
        self.expectation = isObject ? .name : .value
        return try self.next(bytes)
    }

    private mutating func value(_ bytes: Span<UInt8>) throws(JSONError) -> Token {
        switch bytes[self.position] {
        case UInt8(ascii: "{"):
            try self.open(isObject: true)
            return .beginObject
        case UInt8(ascii: "["):
            try self.open(isObject: false)
            return .beginArray
        case UInt8(ascii: "\""):
            let string = try self.string(bytes)
            self.valueDone()
            return .string(string)
        case UInt8(ascii: "t"): return try self.literal("true", .bool(true), bytes)
        case UInt8(ascii: "f"): return try self.literal("false", .bool(false), bytes)
        case UInt8(ascii: "n"): return try self.literal("null", .null, bytes)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try self.number(bytes)
        default: throw JSONError(.unexpectedByte, offset: self.position)
        }
    }

    private mutating func open(isObject: Bool) throws(JSONError) {
        guard self.depth < self.depthLimit else { throw JSONError(.tooDeep, offset: self.position) }
        self.position += 1
        self.depth += 1
        self.objects = self.objects << 1 | (isObject ? 1 : 0)
        self.expectation = isObject ? .firstNameOrEnd : .firstElementOrEnd
    }

    private mutating func close(_ token: Token) -> Token {
        self.position += 1
        self.depth -= 1
        self.objects >>= 1
        self.valueDone()
        return token
    }

    private mutating func valueDone() {
        self.expectation = self.depth == 0 ? .nothing : .commaOrEnd
    }

    private mutating func memberName(_ bytes: Span<UInt8>) throws(JSONError) -> Token {
        guard bytes[self.position] == UInt8(ascii: "\"") else {
            throw JSONError(.unexpectedByte, offset: self.position)
        }
        let name = try self.string(bytes)
        self.skipWhitespace(bytes)
        guard self.position < bytes.count else { throw JSONError(.unexpectedEnd, offset: self.position) }
        guard bytes[self.position] == UInt8(ascii: ":") else { throw JSONError(.unexpectedByte, offset: self.position) }
        self.position += 1
        self.expectation = .value
        return .name(name)
    }

    private mutating func literal(_ text: StaticString, _ token: Token, _ bytes: Span<UInt8>) throws(JSONError) -> Token
    {
        for index in 0..<text.utf8CodeUnitCount {
            guard self.position + index < bytes.count else { throw JSONError(.unexpectedEnd, offset: bytes.count) }
            // Safety: the index is below the literal's length.
            guard unsafe bytes[self.position + index] == text.utf8Start[index] else {
                throw JSONError(.unexpectedByte, offset: self.position + index)
            }
        }
        self.position += text.utf8CodeUnitCount
        self.valueDone()
        return token
    }

    private mutating func number(_ bytes: Span<UInt8>) throws(JSONError) -> Token {
        guard let length = JSONNumber.length(bytes.extracting(self.position..<bytes.count)) else {
            throw JSONError(.invalidNumber, offset: self.position)
        }
        let text = self.slice(self.position..<self.position + length)
        self.position += length
        self.valueDone()
        return .number(text)
    }

    private mutating func skipWhitespace(_ bytes: Span<UInt8>) {
        while self.position < bytes.count {
            switch bytes[self.position] {
            case 0x20, 0x09, 0x0A, 0x0D: self.position += 1
            default: return
            }
        }
    }

    private func slice(_ range: Range<Int>) -> ByteBuffer {
        self.input.getSlice(at: self.input.readerIndex + range.lowerBound, length: range.count) ?? ByteBuffer()
    }

    /// Reads a string whose opening quote is at ``position``.
    private mutating func string(_ bytes: Span<UInt8>) throws(JSONError) -> ByteBuffer {
        let start = self.position + 1
        var index = start
        var hasEscapes = false
        var isASCII = true
        while true {
            guard index < bytes.count else { throw JSONError(.unexpectedEnd, offset: bytes.count) }
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") { break }
            guard byte >= 0x20 else { throw JSONError(.unexpectedByte, offset: index) }
            if byte >= 0x80 { isASCII = false }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                index += 1
            }
            index += 1
        }
        guard isASCII || JSONWriter.isUTF8(bytes.extracting(start..<index)) else {
            throw JSONError(.invalidUTF8, offset: start)
        }
        self.position = index + 1
        guard hasEscapes else { return self.slice(start..<index) }
        return try JSONEscapes.decode(bytes, start..<index)
    }
}
