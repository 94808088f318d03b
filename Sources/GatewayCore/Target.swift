// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// A request target (RFC 9112 section 3.2.1, origin form), cut into its parts.
struct Target: Equatable {
    /// The path, without the query.
    var path: Range<Int>
    /// The query, without `?`; empty when there is none.
    var query: Range<Int>
    /// Whether a `%` occurs in the path.
    var isEscaped: Bool

    /// Finds the parts.
    /// - Returns: nil if the path holds a byte that no request target has: a control, a space, DEL or `#`. Bytes from 0x80
    ///   on are let through as data, since clients send them raw.
    init?(_ target: Span<UInt8>) {
        let count = target.count
        var end = 0
        var isEscaped = false
        scan: while end < count {
            switch target[end] {
            case UInt8(ascii: "?"): break scan
            case UInt8(ascii: "%"): isEscaped = true
            case 0...0x20, 0x7F, UInt8(ascii: "#"): return nil
            default: break
            }
            end &+= 1
        }
        self.path = 0..<end
        self.query = end < count ? end &+ 1..<count : count..<count
        self.isEscaped = isEscaped
    }
}
