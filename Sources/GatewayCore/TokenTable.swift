// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Crypto
import HTTPCore
import NIOCore

/// The tokens of a token file: SHA-256 digests with names, scopes and key prefixes.
package struct TokenTable: Sendable {
    private struct Entry {
        var name: String
        var digest: [UInt8]
        var scopes: Scopes
        var restriction: KeyRestriction?
    }

    private var entries: [Entry] = []
    /// A checksum of the table; an ``AuthenticationCache`` filled by another table is recognised by it.
    let fingerprint: UInt64

    /// A table without tokens, which nobody passes.
    package init() {
        self.fingerprint = 0
    }

    /// Reads a token file: lines of `name:sha256-hex:scope[,scope]`, or with `:prefix[,prefix]` behind it; empty ones and those
    /// that begin with `#` say nothing.
    ///
    /// A prefix is percent-encoded (RFC 3986 section 2.1) where it holds `,`, `:`, `%`, a line's end, or a space at an end.
    /// - Parameter text: What the file holds.
    /// - Throws: ``TokenFileError`` with the line.
    package init(parsing text: String) throws(TokenFileError) {
        var entries: [Entry] = []
        var number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            let content = Self.trimmed(line)
            if content.isEmpty || content.first == "#" { continue }
            let entry = try Self.entry(content, line: number)
            for other in entries where other.name == entry.name || other.digest == entry.digest {
                throw .duplicate(line: number)
            }
            entries.append(entry)
        }
        guard !entries.isEmpty else { throw .empty }
        self.entries = entries
        self.fingerprint = Self.fingerprint(of: entries)
    }

    /// The number of tokens.
    package var count: Int {
        self.entries.count
    }

    /// A token's name, for logs; nil for an index that the table does not have.
    package func name(at index: Int) -> String? {
        self.entries.indices.contains(index) ? self.entries[index].name : nil
    }

    /// Finds the token of an `authorization` value: `Bearer`, spaces, the token. The digest is compared with every
    /// entry, in a time that depends on their number only.
    func identity(authorization value: Span<UInt8>) -> Identity? {
        guard value.count > 7, value.extracting(first: 7).equalsIgnoringCase("bearer ") else { return nil }
        var start = 7
        while start < value.count, value[start] == UInt8(ascii: " ") {
            start += 1
        }
        guard start < value.count else { return nil }
        var hash = SHA256()
        let token = value.extracting(start..<value.count)
        // Safety: the pointer is used inside of the closure only.
        unsafe token.withUnsafeBytes { bytes in unsafe hash.update(bufferPointer: bytes) }
        let digest = [UInt8](hash.finalize())
        var found: Identity?
        for (index, entry) in self.entries.enumerated() where Self.isSame(digest, entry.digest) {
            found = Identity(index: index, scopes: entry.scopes, restriction: entry.restriction)
        }
        return found
    }

    /// Compares two digests without a branch on their bytes.
    private static func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices {
            difference |= left[index] ^ right[index]
        }
        return difference == 0
    }

    private static func entry(_ line: Substring, line number: Int) throws(TokenFileError) -> Entry {
        let parts = Self.parts(of: line, at: ":")
        guard (3...4).contains(parts.count) else { throw .malformedLine(line: number) }
        let name = Self.trimmed(parts[0])
        guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy(Self.isNameByte) else {
            throw .invalidName(line: number)
        }
        guard let digest = Self.digest(Self.trimmed(parts[1])) else { throw .invalidDigest(line: number) }
        var scopes: Scopes = []
        for word in Self.parts(of: parts[2], at: ",") {
            switch Self.trimmed(word) {
            case "read": scopes.insert(.read)
            case "write": scopes.insert(.write)
            case "publish": scopes.insert(.publish)
            case "admin": scopes.insert(.admin)
            default: throw .unknownScope(line: number)
            }
        }
        let restriction = parts.count == 4 ? try Self.restriction(parts[3], line: number) : nil
        return Entry(name: String(name), digest: digest, scopes: scopes, restriction: restriction)
    }

    /// The prefixes of a line.
    private static func restriction(_ text: Substring, line number: Int) throws(TokenFileError) -> KeyRestriction {
        var prefixes: [[UInt8]] = []
        for word in Self.parts(of: text, at: ",") {
            let bytes = Array(Self.trimmed(word).utf8)
            guard let prefix = PercentCoding.decode(bytes.span),
                (1...KeyRestriction.prefixByteLimit).contains(prefix.readableBytes)
            else { throw .invalidPrefix(line: number) }
            guard prefixes.count < KeyRestriction.prefixLimit else { throw .tooManyPrefixes(line: number) }
            prefixes.append(Array(prefix.readableBytesView))
        }
        return KeyRestriction(prefixes: prefixes)
    }

    /// Splits at a byte, not at a character: a mark behind it could make it a part of another one.
    private static func parts(of text: Substring, at separator: Unicode.Scalar) -> [Substring] {
        text.unicodeScalars.split(separator: separator, omittingEmptySubsequences: false).map { Substring($0) }
    }

    private static func digest(_ text: Substring) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 64, by: 2) {
            guard let high = Self.nibble(digits[index]), let low = Self.nibble(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte &- UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte &- UInt8(ascii: "a") &+ 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte &- UInt8(ascii: "A") &+ 10
        default: nil
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }

    private static func fingerprint(of entries: [Entry]) -> UInt64 {
        var sum: UInt64 = 0xCBF2_9CE4_8422_2325
        for entry in entries {
            for byte in entry.digest {
                sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3
            }
            sum = (sum ^ UInt64(entry.scopes.rawValue)) &* 0x100_0000_01B3
            let prefixes = entry.restriction?.prefixes ?? []
            sum = (sum ^ UInt64(prefixes.count)) &* 0x100_0000_01B3
            for prefix in prefixes {
                sum = (sum ^ UInt64(prefix.count)) &* 0x100_0000_01B3
                for byte in prefix {
                    sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3
                }
            }
        }
        return sum
    }
}
