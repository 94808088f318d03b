// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore
import RESP
import RedisCore
import Testing

@testable import GatewayCore

@Suite("Replies as JSON")
struct ResultWriterTests {
    private func render(_ reply: String) throws -> String {
        let plan = try #require(openGateway().take(fields("POST", "/v1/commands"), "[\"GET\",\"k\"]").plan)
        let text = try plan.render(reply).text
        #expect(text.hasPrefix("{\"result\":"))
        return String(text.dropFirst(10).dropLast())
    }

    @Test(
        "nothing is lost",
        arguments: [
            ("+OK|", "\"OK\""), ("$0||", "\"\""), ("$3|a\"b|", "\"a\\\"b\""),
            (":9223372036854775807|", "9223372036854775807"),
            (":-9223372036854775808|", "-9223372036854775808"), (":0|", "0"), ("_|", "null"), ("$-1|", "null"),
            ("*-1|", "null"), ("#t|", "true"), ("#f|", "false"), (",1.5|", "1.5"), (",10|", "10"), (",1e+21|", "1e+21"),
            (",0.1|", "0.1"), (",-0|", "-0"), (",inf|", "\"inf\""), (",-inf|", "\"-inf\""), (",nan|", "\"nan\""),
            ("(3492890328409238509324850943850943825024385|", "3492890328409238509324850943850943825024385"),
            ("(-12345678901234567890|", "-12345678901234567890"), ("=8|txt:some|", "\"some\""), ("*0|", "[]"),
            ("*3|:1|$1|a|_|", "[1,\"a\",null]"), ("~2|:1|:2|", "[1,2]"), ("*1|*1|*1|:7|", "[[[7]]]"),
            ("%2|+a|:1|$1|b|*1|:2|", "{\"a\":1,\"b\":[2]}"), ("%0|", "{}"), ("%1|:1|:2|", "[[1,2]]"),
            ("%2|+a|:1|+a|:2|", "[[\"a\",1],[\"a\",2]]"), ("%1|*1|:1|:2|", "[[[1],2]]"),
            ("%1|+a|%1|+b|_|", "{\"a\":{\"b\":null}}"), ("%1|$3|a\"b|:1|", "{\"a\\\"b\":1}"),
        ])
    func results(reply: String, json: String) throws {
        #expect(try self.render(reply) == json, "\(reply)")
    }

    @Test("bytes that are not UTF-8 are base64, also as keys")
    func binary() {
        #expect(
            self.json(RESPValue(kind: .bulkString, payload: ByteBuffer(bytes: [0xC3, 0x28]))) == "{\"base64\":\"wyg=\"}"
        )
        var elements = ByteBuffer(string: "$2\r\n")
        elements.writeBytes([0xC3, 0x28])
        elements.writeString("\r\n:1\r\n")
        let map = RESPValue(kind: .map, count: 2, payload: elements)
        #expect(self.json(map) == "[[{\"base64\":\"wyg=\"},1]]")
    }

    private func json(_ reply: RESPValue) -> String {
        var writer = JSONWriter()
        ResultWriter.write(reply, into: &writer, context: CommandContext(retryClass: .readOnly))
        return String(buffer: writer.buffer)
    }

    @Test("an error inside of a reply is an object")
    func nestedError() throws {
        let json = try self.render("*2|:1|-WRONGTYPE x|")
        #expect(json.hasPrefix("[1,{\"error\":{\"type\":\"/problems/wrong-type\""))
        #expect(json.hasSuffix("}}]"))
    }

    @Test(
        "whole numbers",
        arguments: [
            ("0", 0), ("-0", 0), ("9223372036854775807", .max), ("-9223372036854775808", .min), ("007", 7), ("", nil),
            ("-", nil), ("+1", nil), ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1 ", nil),
            ("1.0", nil),
            ("99999999999999999999999", nil), ("1e3", nil),
        ] as [(String, Int64?)])
    func integers(text: String, value: Int64?) {
        #expect(Decimal.int64(Array(text.utf8).span) == value)
    }
}
