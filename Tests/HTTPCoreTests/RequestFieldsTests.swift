// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import Testing

@Suite("Request fields")
struct RequestFieldsTests {
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test("every known name is found by its wire name, and by nothing near it", arguments: FieldName.allCases)
    func lookup(name: FieldName) {
        let wire = self.bytes(name.wireName)
        // HTTP/1.1's `host` and `:authority` are one field.
        #expect(FieldName(lowercased: wire.span) == name)
        #expect(FieldName(lowercased: (wire + [0x78]).span) != name)
        #expect(FieldName(lowercased: Array(wire.dropLast()).span) != name)
        #expect(FieldName(lowercased: self.bytes(name.wireName.uppercased()).span) == nil)
    }

    @Test("a second list field is joined, a second one of any other is refused", arguments: FieldName.allCases)
    func append(name: FieldName) {
        let fields = RequestFields()
        #expect(fields.slice(name) == nil && fields.range(name).isEmpty)
        let isFirstTaken = fields.append(name, value: self.bytes("one").span)
        let isSecondTaken = fields.append(name, value: self.bytes("two").span)
        #expect(isFirstTaken && isSecondTaken == name.isList)
        #expect(fields.string(name) == (name.isList ? "one, two" : "one"))
    }

    @Test("all fields live side by side, are replaced, and are forgotten", arguments: [0, 1024])
    func lifetime(keeping: Int) {
        let fields = RequestFields()
        for name in FieldName.allCases { fields.set(name, value: self.bytes("old").span) }
        for name in FieldName.allCases { fields.set(name, value: self.bytes("<\(name.rawValue)>").span) }
        for name in FieldName.allCases { #expect(fields.string(name) == "<\(name.rawValue)>") }
        fields.fieldCount = 3
        fields.decodedBytes = 99
        fields.removeAll(keeping: keeping)
        #expect(FieldName.allCases.allSatisfy { !fields.contains($0) })
        #expect(fields.fieldCount == 0 && fields.decodedBytes == 0 && fields.withSpan { $0.isEmpty })
    }

    @Test("an empty value is present")
    func emptyValue() {
        let fields = RequestFields()
        let isTaken = fields.append(.accept, value: self.bytes("").span)
        #expect(isTaken && fields.contains(.accept) && fields.string(.accept) == "")
    }

    @Test("methods are case-sensitive, and any other token is `other`", arguments: Method.allCases)
    func methods(method: Method) {
        #expect(Method(token: self.bytes(method.name).span) == method)
        #expect(Method(token: self.bytes(method.name.lowercased()).span) == .other)
        #expect(Method(token: self.bytes(method.name + "X").span) == .other)
    }

    @Test(
        "only 100-continue is an expectation, in any case of letters",
        arguments: [
            ("100-continue", true), ("100-Continue", true), ("100", false), ("100-continue,x", false), ("", false),
        ])
    func expectation(value: String, isExpected: Bool) {
        let fields = RequestFields()
        #expect(!fields.expectsContinue)
        fields.set(.expect, value: self.bytes(value).span)
        #expect(fields.expectsContinue == isExpected)
    }

    @Test("a rejection has its status")
    func rejections() {
        let statuses = [RequestRejection.malformed, .headerFieldsTooLarge, .targetTooLong, .bodyTooLarge].map(\.status)
        #expect(statuses == [400, 431, 414, 413])
    }

    @Test("spans are compared whole, by their start, and without case", arguments: 0...20)
    func spans(length: Int) {
        let literal: StaticString = "abcdefghijklmnopqrst"
        let text = self.bytes(String("abcdefghijklmnopqrst".prefix(length)))
        #expect(text.span.equals(literal) == (length == 20))
        #expect((text + [0x78]).span.equals(literal) == false)
        #expect(text.span.starts(with: literal) == (length == 20))
        let isAlike = self.bytes("ABCDEFGHIJKLMNOPQRST").span.equalsIgnoringCase(literal)
        #expect(isAlike)
        for index in 0..<length {
            var other = self.bytes("abcdefghijklmnopqrst")
            other[index] ^= 1
            #expect(!other.span.equals(literal) && !other.span.equalsIgnoringCase(literal), "byte \(index)")
        }
    }

    @Test("the place of a case is its raw value")
    func ordinals() {
        for name in FieldName.allCases { #expect(name.ordinal == name.rawValue) }
        for method in Method.allCases { #expect(method.ordinal == method.rawValue) }
        #expect(FieldName.allCases.count <= 32)
    }
}
