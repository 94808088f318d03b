// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

extension RequestID {
    /// Most bytes of a request id that is taken from a request.
    package static let byteLimit = 128

    /// Whether a peer's `X-Request-Id` may be taken over: 1 to 128 of `A-Z a-z 0-9 - _ . : + / =`. Nothing of that can
    /// break a log line, a header field or a JSON string.
    package static func isWellFormed(_ value: Span<UInt8>) -> Bool {
        guard value.count > 0, value.count <= Self.byteLimit else { return false }
        for index in 0..<value.count {
            let byte = value[index]
            // One bit for each of the 128 ASCII bytes.
            let word = byte < 64 ? Self.lowBytes : Self.highBytes
            guard byte < 128, word &>> UInt64(byte & 63) & 1 == 1 else { return false }
        }
        return true
    }

    /// `+ - . /` (0x2B, 0x2D to 0x2F), the digits and `:` (0x30 to 0x3A), `=` (0x3D).
    private static let lowBytes: UInt64 = 0x27FF_E800_0000_0000
    /// `A-Z` (0x41 to 0x5A), `_` (0x5F), `a-z` (0x61 to 0x7A).
    private static let highBytes: UInt64 = 0x07FF_FFFE_87FF_FFFE
}
