// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import Testing

@Suite("Request ids")
struct RequestIDTests {
    @Test("each byte is judged as the rule says")
    func bytes() {
        let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:+/=".utf8)
        for byte in UInt8.min...UInt8.max {
            #expect(RequestID.isWellFormed([byte].span) == allowed.contains(byte), "\(byte)")
            #expect(RequestID.isWellFormed([0x61, byte, 0x61].span) == allowed.contains(byte), "\(byte)")
        }
    }

    @Test("1 to 128 bytes")
    func lengths() {
        for (count, expected) in [(0, false), (1, true), (127, true), (128, true), (129, false)] {
            #expect(RequestID.isWellFormed([UInt8](repeating: 0x61, count: count).span) == expected)
        }
    }
}
