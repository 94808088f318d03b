// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import Testing

@Suite("Bytes")
struct SpanTests {
    @Test("spans are equal if every byte is", arguments: 0...20)
    func equality(count: Int) {
        let bytes = (0..<count).map { UInt8($0) }
        let isSame = bytes.span.equals(bytes: Array(bytes).span)
        #expect(isSame)
        for index in 0..<count {
            var other = bytes
            other[index] ^= 0x80
            let isDifferent = !bytes.span.equals(bytes: other.span)
            #expect(isDifferent, "\(index)")
        }
        let longer = bytes + [0]
        let areLong = bytes.span.equals(bytes: longer.span) || longer.span.equals(bytes: bytes.span)
        #expect(!areLong)
    }
}
