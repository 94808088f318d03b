// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// HTTP/2 frames made by hand (RFC 9113 section 4), for what no client would send.
package enum HTTP2Bytes {
    package static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    /// An empty SETTINGS frame.
    package static let settings = frame(4, 0, 0, [])

    package static func frame(_ type: UInt8, _ flags: UInt8, _ stream: UInt32, _ payload: [UInt8]) -> [UInt8] {
        let length = payload.count
        let head: [UInt8] = [
            UInt8(truncatingIfNeeded: length >> 16), UInt8(truncatingIfNeeded: length >> 8),
            UInt8(truncatingIfNeeded: length),
            type, flags,
        ]
        return head + self.bytes(stream) + payload
    }

    /// A number of 32 bits in network order.
    package static func bytes(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    /// The header block of a request, of static table entries and literals that are not indexed (RFC 7541); for localhost.
    package static func block(_ path: String, method: UInt8 = 0x82) -> [UInt8] {
        [method, 0x86, 0x04, UInt8(path.utf8.count)] + Array(path.utf8) + [0x01, 0x09]
            + Array("localhost".utf8)
    }

    /// HEADERS with END_HEADERS and, for a request without a body, END_STREAM.
    package static func headers(_ stream: UInt32, _ path: String, endsStream: Bool = true) -> [UInt8] {
        self.frame(1, endsStream ? 5 : 4, stream, self.block(path, method: endsStream ? 0x82 : 0x83))
    }
}
