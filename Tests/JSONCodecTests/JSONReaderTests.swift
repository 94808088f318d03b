// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import NIOCore
import TestKit
import Testing

@testable import JSONCodec

@Suite("JSON reader")
struct JSONReaderTests {
    /// Everything the reader says about a text, on one line.
    static func read(_ bytes: ByteBuffer, depthLimit: Int = 64) throws(JSONError) -> String {
        var reader = JSONReader(bytes, depthLimit: depthLimit)
        var tokens: [String] = []
        while true {
            let token = try reader.next()
            switch token {
            case .beginObject: tokens.append("{")
            case .endObject: tokens.append("}")
            case .beginArray: tokens.append("[")
            case .endArray: tokens.append("]")
            case .name(let name): tokens.append("n:\(String(buffer: name))")
            case .string(let string): tokens.append("s:\(String(buffer: string))")
            case .number(let text): tokens.append("#\(String(buffer: text))")
            case .bool(let value): tokens.append("\(value)")
            case .null: tokens.append("null")
            case .end: return tokens.joined(separator: " ")
            }
        }
    }

    static let accepted: [(String, String)] = [
        ("null", "null"), (" true ", "true"), ("false\n", "false"), ("\"\"", "s:"), ("[]", "[ ]"), ("{}", "{ }"),
        ("[1,2]", "[ #1 #2 ]"), ("[ 1 , [ ] , { } ]", "[ #1 [ ] { } ]"),
        ("{\"a\":{\"b\":[null]}}", "{ n:a { n:b [ null ] } }"),
        ("0", "#0"), ("-0", "#-0"), ("1.0", "#1.0"), ("1e+21", "#1e+21"), ("-1.5E-3", "#-1.5E-3"),
        ("9007199254740993", "#9007199254740993"),
        ("\"a\\\"\\\\\\/\\b\\f\\n\\r\\tz\"", "s:a\"\\/\u{8}\u{c}\n\r\tz"), ("\"\\u0041\\u00e9\\u20AC\"", "s:Aé€"),
        ("\"\\ud83d\\ude00\"", "s:😀"), ("\"é😀\"", "s:é😀"), ("\"\\u0000\"", "s:\u{0}"), ("\"\u{7f}\"", "s:\u{7f}"),
    ]

    @Test("well-formed texts are read", arguments: accepted)
    func accepts(text: String, tokens: String) throws {
        #expect(try Self.read(ByteBuffer(string: text)) == tokens)
    }

    static let refused: [(String, JSONError.Reason, Int)] = [
        ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("nul", .unexpectedEnd, 3), ("nulx", .unexpectedByte, 3),
        ("{", .unexpectedEnd, 1),
        ("[1", .unexpectedEnd, 2), ("[1,]", .unexpectedByte, 3), ("[,1]", .unexpectedByte, 1),
        ("[1 2]", .unexpectedByte, 3),
        ("{\"a\"}", .unexpectedByte, 4), ("{\"a\":}", .unexpectedByte, 5), ("{\"a\":1,}", .unexpectedByte, 7),
        ("{a:1}", .unexpectedByte, 1),
        ("{1:1}", .unexpectedByte, 1), ("[}", .unexpectedByte, 1), ("[1}", .unexpectedByte, 2),
        ("{\"a\":1]", .unexpectedByte, 6),
        ("1 1", .trailingBytes, 2), ("[]]", .trailingBytes, 2), ("nullx", .trailingBytes, 4), ("01", .invalidNumber, 0),
        ("-", .invalidNumber, 0),
        ("1.", .invalidNumber, 0), (".5", .unexpectedByte, 0), ("+1", .unexpectedByte, 0), ("1e", .invalidNumber, 0),
        ("1e+", .invalidNumber, 0),
        ("NaN", .unexpectedByte, 0), ("'a'", .unexpectedByte, 0), ("\"a", .unexpectedEnd, 2),
        ("\"\\", .unexpectedEnd, 2), ("\"\\x\"", .invalidEscape, 1),
        ("\"\\u12\"", .invalidEscape, 1), ("\"\\u12g4\"", .invalidEscape, 1), ("\"\\ud800\"", .loneSurrogate, 1),
        ("\"\\ud800\\u0041\"", .loneSurrogate, 1),
        ("\"\\udc00\"", .loneSurrogate, 1), ("\"a\nb\"", .unexpectedByte, 2), ("\"\u{1}\"", .unexpectedByte, 1),
        ("\u{feff}1", .byteOrderMark, 0),
        ("// c\n1", .unexpectedByte, 0), ("\u{a0}1", .unexpectedByte, 0),
    ]

    @Test("anything else is refused, and the place is named", arguments: refused)
    func refuses(text: String, reason: JSONError.Reason, offset: Int) {
        #expect(throws: JSONError(reason, offset: offset)) { try Self.read(ByteBuffer(string: text)) }
    }

    @Test(
        "strings that are not UTF-8 are refused",
        arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3], [0x80]] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        let text = ByteBuffer(bytes: [0x22] + bytes + [0x22])
        #expect(throws: JSONError(.invalidUTF8, offset: 1)) { try Self.read(text) }
    }

    @Test(
        "a truncated text is never accepted",
        arguments: ["{\"a\":[1,\"x\\u0041\",true,null,{\"b\":-1.5e3}]}", "[[[\"é\"]]]"])
    func truncations(text: String) {
        let bytes = ByteBuffer(string: text)
        for length in 0..<bytes.readableBytes {
            #expect(throws: JSONError.self) { try Self.read(bytes.getSlice(at: 0, length: length)!) }
        }
    }

    @Test("nesting is allowed up to the limit", arguments: [1, 8, 64])
    func depth(limit: Int) throws {
        func nested(_ depth: Int) -> ByteBuffer {
            ByteBuffer(string: String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
        }
        #expect(try !Self.read(nested(limit - 1 == 0 ? 1 : limit - 1), depthLimit: limit).isEmpty)
        #expect(try !Self.read(nested(limit), depthLimit: limit).isEmpty)
        #expect(throws: JSONError(.tooDeep, offset: limit)) { try Self.read(nested(limit + 1), depthLimit: limit) }
    }

    @Test("a value of any shape can be skipped")
    func skip() throws {
        var reader = JSONReader(ByteBuffer(string: "{\"a\":{\"b\":[1,{}]},\"c\":2}"))
        #expect(try reader.next() == .beginObject)
        #expect(try reader.next() == .name(ByteBuffer(string: "a")))
        try reader.skipValue()
        #expect(try reader.next() == .name(ByteBuffer(string: "c")))
        try reader.skipValue()
        #expect(try reader.next() == .endObject)
        #expect(try reader.next() == .end)
    }

    @Test("mutated texts are accepted only if Foundation accepts them too", arguments: 0..<200 as Range<UInt64>)
    func differential(seed: UInt64) {
        var generator = SplitMix(state: seed)
        var bytes = Array("{\"a\":[1,-2.5e3,\"x\\u00e9\\n\",true,false,null],\"b\":{\"c\":\"\\ud83d\\ude00\"}}".utf8)
        let alphabet = Array("{}[],:\"\\0123456789-+.eEtrufalsn \n".utf8)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            bytes[Int.random(in: 0..<bytes.count, using: &generator)] = alphabet.randomElement(using: &generator)!
        }
        guard let tokens = try? Self.read(ByteBuffer(bytes: bytes)) else { return }
        #expect(
            (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil,
            "\(String(decoding: bytes, as: UTF8.self)) was read as \(tokens)")
    }
}
