// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import TestKit
import Testing

@testable import RESP

@Suite("RESP decoder")
struct RESPDecoderTests {
    struct Case: CustomTestStringConvertible {
        var wire: String
        var replies: [String]
        var testDescription: String { self.wire.debugDescription }

        init(_ wire: String, _ replies: String...) {
            self.wire = wire
            self.replies = replies
        }
    }

    static let accepted: [Case] = [
        Case("+OK\r\n", "simpleString(OK)"),
        Case("+\r\n", "simpleString()"),
        Case("-ERR no\r\n", "simpleError(ERR no)"),
        Case(":42\r\n", "integer(42)"),
        Case(":-9223372036854775808\r\n", "integer(-9223372036854775808)"),
        Case(":9223372036854775807\r\n", "integer(9223372036854775807)"),
        Case(":+7\r\n", "integer(+7)"),
        Case("$5\r\nhello\r\n", "bulkString(hello)"),
        Case("$0\r\n\r\n", "bulkString()"),
        Case("$4\r\n\r\n\r\n\r\n", "bulkString(\r\n\r\n)"),
        Case("$-1\r\n", "null()"),
        Case("*-1\r\n", "null()"),
        Case("_\r\n", "null()"),
        Case("#t\r\n#f\r\n", "boolean(t)", "boolean(f)"),
        Case(",3.25\r\n,inf\r\n,-inf\r\n,nan\r\n", "double(3.25)", "double(inf)", "double(-inf)", "double(nan)"),
        Case("(-123456789012345678901234567890\r\n", "bigNumber(-123456789012345678901234567890)"),
        Case("!9\r\nERR a\r\nbc\r\n", "bulkError(ERR a\r\nbc)"),
        Case("=7\r\ntxt:abc\r\n", "verbatimString(abc)"),
        Case("=4\r\nmkd:\r\n", "verbatimString()"),
        Case("*0\r\n", "array[]"),
        Case("*2\r\n:1\r\n$1\r\na\r\n", "array[integer(1), bulkString(a)]"),
        Case("~2\r\n+a\r\n+b\r\n", "set[simpleString(a), simpleString(b)]"),
        Case("%1\r\n+a\r\n*1\r\n_\r\n", "map[simpleString(a), array[null()]]"),
        Case("%0\r\n", "map[]"),
        Case(">2\r\n+MOVING\r\n:1\r\n", "push[simpleString(MOVING), integer(1)]"),
        Case("*2\r\n*0\r\n*1\r\n*0\r\n", "array[array[], array[array[]]]"),
        Case("|1\r\n+ttl\r\n:3\r\n$1\r\na\r\n", "bulkString(a)"),
        Case("|0\r\n:1\r\n", "integer(1)"),
        Case("|1\r\n+k\r\n*2\r\n:1\r\n:2\r\n|1\r\n+a\r\n+b\r\n:9\r\n", "integer(9)"),
        Case("*2\r\n|1\r\n+k\r\n+v\r\n:1\r\n:2\r\n", "array[integer(1), integer(2)]"),
        Case(
            "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n",
            "array[array[array[array[array[array[array[array[array[array[integer(1)]]]]]]]]]]"),
        Case(
            "+a\r\n$1\r\nb\r\n*1\r\n:1\r\n:2\r\n", "simpleString(a)", "bulkString(b)", "array[integer(1)]", "integer(2)"
        ),
    ]

    @Test("every type is read", arguments: accepted)
    func types(_ example: Case) {
        #expect(Reading(example.wire) == Reading(replies: example.replies))
    }

    @Test("a stream cut at any byte gives the same replies", arguments: accepted)
    func splits(_ example: Case) {
        let wire = ByteBuffer(string: example.wire)
        for cut in 0...wire.readableBytes {
            let reading = Reading([
                wire.getSlice(at: 0, length: cut)!, wire.getSlice(at: cut, length: wire.readableBytes - cut)!,
            ])
            #expect(reading == Reading(replies: example.replies), "cut at \(cut)")
        }
        let drips = (0..<wire.readableBytes).map { wire.getSlice(at: $0, length: 1)! }
        #expect(Reading(drips) == Reading(replies: example.replies))
    }

    @Test("a truncated stream gives no bogus reply and no error", arguments: accepted)
    func truncations(_ example: Case) {
        let wire = ByteBuffer(string: example.wire)
        for length in 0..<wire.readableBytes {
            let reading = Reading([wire.getSlice(at: 0, length: length)!])
            #expect(reading.error == nil)
            #expect(Array(example.replies.prefix(reading.replies.count)) == reading.replies)
            #expect(reading.replies.count < example.replies.count)
        }
    }

    static let refused: [(String, RESPError)] = [
        ("?", .unknownType(UInt8(ascii: "?"))), ("\r\n", .unknownType(0x0D)),
        ("PING\r\n", .unknownType(UInt8(ascii: "P"))),
        ("$?\r\n", .streamedTypeUnsupported), ("*?\r\n", .streamedTypeUnsupported),
        ("%?\r\n", .streamedTypeUnsupported),
        (";4\r\n", .streamedTypeUnsupported), (".\r\n", .streamedTypeUnsupported),
        (":\r\n", .malformedNumber), (":-\r\n", .malformedNumber), (":1a\r\n", .malformedNumber),
        (": 1\r\n", .malformedNumber),
        (":9223372036854775808\r\n", .malformedNumber), (":-9223372036854775809\r\n", .malformedNumber),
        (":99999999999999999999999999\r\n", .malformedNumber), (":1\rX", .malformedLine), (":1\n", .malformedNumber),
        ("$-2\r\n", .malformedNumber), ("$9223372036854775807\r\n", .bulkTooLarge), ("*-2\r\n", .malformedNumber),
        ("%-1\r\n", .malformedNumber), (">-1\r\n", .malformedNumber), ("!-1\r\n", .malformedNumber),
        ("=-1\r\n", .malformedNumber),
        ("*9223372036854775807\r\n", .tooManyElements), ("%4611686018427387904\r\n", .tooManyElements),
        ("$1\r\nabc", .malformedLine), ("$1\r\na\rb", .malformedLine), ("=3\r\nabc\r\n", .malformedLine),
        ("#x\r\n", .malformedLine), ("#\r\n", .malformedLine), ("_x\r\n", .malformedLine), ("(\r\n", .malformedNumber),
        ("(1x\r\n", .malformedNumber), (",\r\n", .malformedNumber), ("+a\rb\r\n", .malformedLine),
    ]

    @Test("what breaks the protocol is an error, wherever it is cut", arguments: refused)
    func errors(wire: String, error: RESPError) {
        #expect(Reading(wire).error == error)
        #expect(Reading(":1\r\n" + wire) == Reading(replies: ["integer(1)"], error: error))
        #expect(Reading("*1\r\n" + wire).error == error)
        let bytes = ByteBuffer(string: wire)
        #expect(Reading((0..<bytes.readableBytes).map { bytes.getSlice(at: $0, length: 1)! }).error == error)
    }

    @Test("each limit holds at itself and not at one more")
    func limits() {
        var limits = RESPLimits()
        limits.bulkBytes = 5
        #expect(Reading("$4\r\nabcd\r\n", limits: limits).error == nil)
        #expect(Reading("$5\r\nabcde\r\n", limits: limits).error == nil)
        #expect(Reading("$6\r\n", limits: limits).error == .bulkTooLarge)

        limits = RESPLimits()
        limits.lineBytes = 3
        #expect(Reading("+ab\r\n", limits: limits).error == nil)
        #expect(Reading("+abc\r\n", limits: limits).error == nil)
        #expect(Reading("+abcd", limits: limits).error == .lineTooLong)

        limits = RESPLimits()
        limits.elements = 4
        #expect(Reading("*3\r\n:1\r\n:1\r\n:1\r\n", limits: limits).error == nil)
        #expect(Reading("*2\r\n:1\r\n*2\r\n:1\r\n:1\r\n", limits: limits).error == nil)
        #expect(Reading("*2\r\n*3\r\n", limits: limits).error == .tooManyElements)
        #expect(Reading("%2\r\n:1\r\n:1\r\n:1\r\n:1\r\n", limits: limits).error == nil)
        #expect(Reading("%3\r\n", limits: limits).error == .tooManyElements)

        limits = RESPLimits()
        limits.depth = 9
        let nine = String(repeating: "*1\r\n", count: 9)
        #expect(Reading(String(repeating: "*1\r\n", count: 8) + ":1\r\n", limits: limits).error == nil)
        #expect(Reading(nine + ":1\r\n", limits: limits).replies.count == 1)
        #expect(Reading(nine + "*1\r\n", limits: limits).error == .tooDeep)

        limits = RESPLimits()
        limits.replyBytes = 11
        #expect(Reading("$4\r\nabcd\r\n", limits: limits).error == nil)
        #expect(Reading("$5\r\nabcde\r\n", limits: limits).replies == ["bulkString(abcde)"])
        #expect(Reading("$6\r\nabcdef\r\n", limits: limits).error == .replyTooLarge)
        #expect(Reading("*2\r\n:10\r\n:10", limits: limits).error == .replyTooLarge)
    }

    @Test("an array that comes in pieces is not read from its start again")
    func resumesLinearly() {
        // 400,000 elements in 64-byte reads: reading anew for each piece would take 10^10 steps and not end here.
        let element = ":12345\r\n"
        let count = 400_000
        var wire = ByteBuffer(string: "*\(count)\r\n" + String(repeating: element, count: count))
        var decoder = RESPDecoder()
        var replies = 0
        while let piece = wire.readSlice(length: min(64, wire.readableBytes)), piece.readableBytes > 0 {
            decoder.feed(piece)
            while let value = try? decoder.next() {
                #expect(value.count == count)
                replies += 1
            }
        }
        #expect(replies == 1)
        #expect(decoder.bufferedBytes == 0)
    }

    @Test("random trees come out as they went in, however they are cut", arguments: 0..<50 as Range<UInt64>)
    func randomTrees(seed: UInt64) {
        var generator = SplitMix(state: seed)
        var wire = ""
        var expected: [String] = []
        for _ in 0..<20 {
            let tree = RandomTree.make(depth: 4, using: &generator)
            wire += tree.wire
            expected.append(tree.description)
        }
        var bytes = ByteBuffer(string: wire)
        var chunks: [ByteBuffer] = []
        while bytes.readableBytes > 0 {
            chunks.append(bytes.readSlice(length: min(bytes.readableBytes, Int.random(in: 1...40, using: &generator)))!)
        }
        #expect(Reading(chunks) == Reading(replies: expected))
    }
}
