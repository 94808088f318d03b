// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import Testing

@testable import RESP

@Suite("RESP encoder")
struct RESPEncoderTests {
    @Test("commands are arrays of bulk strings")
    func command() {
        var encoder = RESPEncoder()
        encoder.array(count: 6)
        encoder.bulk("SET")
        encoder.bulk(ByteBuffer(string: "k\r\n"))
        let value: [UInt8] = [0, 255, 10]
        encoder.bulk(value.span)
        encoder.bulk(ByteBuffer())
        encoder.bulk(Int64.min)
        encoder.bulk(7)
        encoder.raw("*1\r\n$4\r\nPING\r\n")
        encoder.raw(ByteBuffer(string: "*1\r\n$4\r\nEXEC\r\n"))
        var expected = ByteBuffer(string: "*6\r\n$3\r\nSET\r\n$3\r\nk\r\n\r\n$3\r\n")
        expected.writeBytes(value)
        expected.writeString(
            "\r\n$0\r\n\r\n$20\r\n-9223372036854775808\r\n$1\r\n7\r\n*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nEXEC\r\n")
        #expect(encoder.buffer == expected)
    }

    @Test("numbers of every length", arguments: [0, 9, 10, 99, 100, 12_345, -1, -10, Int64.max, Int64.min])
    func numbers(number: Int64) {
        var encoder = RESPEncoder()
        encoder.bulk(number)
        let text = String(number)
        #expect(String(buffer: encoder.buffer) == "$\(text.utf8.count)\r\n\(text)\r\n")
    }

    @Test("lengths of every size", arguments: [0, 1, 9, 10, 11, 99, 100, 65_536])
    func lengths(length: Int) {
        var encoder = RESPEncoder()
        encoder.bulk(ByteBuffer(repeating: 0x61, count: length))
        encoder.array(count: length)
        let text = String(repeating: "a", count: length)
        #expect(String(buffer: encoder.buffer) == "$\(length)\r\n\(text)\r\n*\(length)\r\n")
    }
}
