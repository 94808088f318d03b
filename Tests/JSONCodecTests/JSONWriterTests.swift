// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import NIOCore
import Testing

@testable import JSONCodec

@Suite("JSON writer")
struct JSONWriterTests {
    @Test("commas and colons stand where they belong")
    func structure() {
        var json = JSONWriter()
        json.beginObject()
        json.name("a")
        json.beginArray()
        json.integer(1)
        json.beginObject()
        json.endObject()
        json.beginArray()
        json.endArray()
        json.null()
        json.bool(true)
        json.bool(false)
        json.number(text: ByteBuffer(string: "1.50"))
        json.raw(ByteBuffer(string: "{\"r\":1}"))
        json.endArray()
        json.name("b" as String)
        json.string("x" as StaticString)
        json.name(utf8: ByteBuffer(string: "q\""))
        json.bytes(ByteBuffer(string: "é"))
        json.endObject()
        #expect(
            String(buffer: json.buffer)
                == #"{"a":[1,{},[],null,true,false,1.50,{"r":1}],"b":"x","q\"":"é"}"#)
    }

    @Test("integers are exact", arguments: [0, 7, -7, 10, Int64.max, Int64.min])
    func integers(value: Int64) {
        var json = JSONWriter()
        json.integer(value)
        #expect(String(buffer: json.buffer) == String(value))
    }

    @Test("every ASCII character comes back from Foundation as it was")
    func escapes() throws {
        let text = String(String.UnicodeScalarView((0..<128).map { Unicode.Scalar($0) })) + "é😀\u{2028}"
        for write in [
            { (json: inout JSONWriter) in json.string(text) }, { json in json.bytes(ByteBuffer(string: text)) },
        ] {
            var json = JSONWriter()
            write(&json)
            let data = Data(json.buffer.readableBytesView)
            #expect(try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) as? String == text)
        }
    }

    @Test(
        "bytes that are not UTF-8 are base64 and come back exactly",
        arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xFF, 0, 1], [0xFE, 1, 2, 3], [0xC3]] as [[UInt8]])
    func binary(bytes: [UInt8]) {
        var json = JSONWriter()
        json.bytes(ByteBuffer(bytes: bytes))
        #expect(String(buffer: json.buffer) == "{\"base64\":\"\(Data(bytes).base64EncodedString())\"}")
        json = JSONWriter()
        json.string(replacing: ByteBuffer(bytes: bytes))
        #expect(String(buffer: json.buffer).contains("\u{FFFD}"))
    }

    @Test("base64 of every length, both ways", arguments: 0..<50)
    func base64(length: Int) {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 71 &+ 200) }
        var output = ByteBuffer()
        Base64.encode(bytes.span, into: &output)
        let text = Data(bytes).base64EncodedString()
        #expect(String(buffer: output) == text)
        #expect(Base64.decode(output.readableBytesUInt8Span) == ByteBuffer(bytes: bytes))
        let url = text.replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        #expect(Base64.decode(Array(url.utf8).span, isURL: true) == ByteBuffer(bytes: bytes))
    }

    @Test(
        "what is not base64 is refused",
        arguments: ["A", "AB=C", "AAA=A", "A===", "====", "A*==", "AB", "AAB=x", "AR==", "AA-_"])
    func badBase64(text: String) {
        // `AB` and `AR==` have stray bits in the last group.
        #expect(Base64.decode(Array(text.utf8).span) == nil)
    }
}
