// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

extension RequestID {
    /// The 16 digits of a made identity, as in the `X-Request-Id` field.
    package static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
