// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Walks over the arguments of one command in its wire form, `*<n>\r\n` and n times `$<length>\r\n<bytes>\r\n`.
///
/// It holds numbers only; the bytes are passed at each step.
struct CommandCursor {
    /// One argument.
    struct Argument {
        /// Where its `$` lies.
        var start: Int
        /// Where its bytes lie.
        var content: Range<Int>
        /// Where the next argument begins.
        var end: Int { self.content.upperBound &+ 2 }
    }

    /// The number of arguments, the name included.
    let count: Int
    /// Where the walk has come to.
    private(set) var offset: Int
    private var remaining: Int

    /// Begins at the `*` of a command.
    /// - Returns: nil if there is none.
    init?(_ bytes: Span<UInt8>, at start: Int) {
        var offset = start
        guard let count = Self.number(bytes, &offset, mark: UInt8(ascii: "*")) else { return nil }
        self.count = count
        self.offset = offset
        self.remaining = count
    }

    /// The next argument; nil at the command's end.
    mutating func next(_ bytes: Span<UInt8>) -> Argument? {
        guard self.remaining > 0 else { return nil }
        let start = self.offset
        var offset = start
        guard let length = Self.number(bytes, &offset, mark: UInt8(ascii: "$")), length <= bytes.count &- offset &- 2
        else { return nil }
        self.remaining &-= 1
        self.offset = offset &+ length &+ 2
        return Argument(start: start, content: offset..<offset &+ length)
    }

    /// Reads a mark, digits and CRLF.
    private static func number(_ bytes: Span<UInt8>, _ offset: inout Int, mark: UInt8) -> Int? {
        guard offset >= 0, offset < bytes.count, bytes[offset] == mark else { return nil }
        offset &+= 1
        var value = 0
        while offset < bytes.count, bytes[offset] &- UInt8(ascii: "0") < 10 {
            guard value < 1 << 40 else { return nil }
            value = value &* 10 &+ Int(bytes[offset] &- UInt8(ascii: "0"))
            offset &+= 1
        }
        guard bytes.count &- offset >= 2, bytes[offset] == UInt8(ascii: "\r") else { return nil }
        offset &+= 2
        return value
    }
}
