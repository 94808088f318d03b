// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// The name of a command in upper case, or of a subcommand as `CONTAINER\|SUBCOMMAND`, in 32 bytes: looking one up
/// needs no `String`.
struct CommandName: Sendable, Hashable, Comparable {
    /// The longest name that fits.
    static let byteLimit = 32

    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    private var count = 0

    /// Takes a caller's name.
    ///
    /// Nothing is trimmed: a space, a NUL or the separator `|` makes it no name at all, so that it cannot pass for a
    /// name that Redis would read otherwise.
    /// - Returns: nil if it is no name that a Redis command can have.
    init?(_ name: Span<UInt8>) {
        guard name.count > 0, self.append(name) else { return nil }
    }

    /// Takes a caller's name of a subcommand.
    init?(_ container: Span<UInt8>, subcommand: Span<UInt8>) {
        guard container.count > 0, subcommand.count > 0, self.append(container), self.put(UInt8(ascii: "|")),
            self.append(subcommand)
        else { return nil }
    }

    /// Takes a name of the catalog's own.
    init?(catalog name: Substring) {
        for byte in name.utf8 {
            guard self.put(byte) else { return nil }
        }
    }

    private mutating func append(_ name: Span<UInt8>) -> Bool {
        for index in 0..<name.count {
            let byte = name[index]
            let upper = byte &- 0x61 < 26 ? byte &- 0x20 : byte
            switch upper {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "."), UInt8(ascii: "_"):
                guard self.put(upper) else { return false }
            default: return false
            }
        }
        return true
    }

    private mutating func put(_ byte: UInt8) -> Bool {
        guard self.count < Self.byteLimit else { return false }
        let bits = UInt64(byte) &<< UInt64(56 &- (self.count & 7) &* 8)
        switch self.count &>> 3 {
        case 0: self.words.0 |= bits
        case 1: self.words.1 |= bits
        case 2: self.words.2 |= bits
        default: self.words.3 |= bits
        }
        self.count &+= 1
        return true
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(self.words.0)
        hasher.combine(self.words.1)
        hasher.combine(self.words.2)
        hasher.combine(self.words.3)
    }

    static func == (left: CommandName, right: CommandName) -> Bool {
        left.words == right.words
    }

    static func < (left: CommandName, right: CommandName) -> Bool {
        left.words < right.words
    }
}
