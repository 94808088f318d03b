// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// Writes the representations of HPACK (RFC 7541 section 6) one behind the other. Strings are not compressed by Huffman's code:
/// it would take a twentieth of all that is done for a request, to save a dozen bytes.
@safe struct FieldBlockWriter {
    /// Safety: whoever makes the writer has room there for all that is written.
    private(set) var next: UnsafeMutablePointer<UInt8>

    /// - Parameter memory: Has room for all that is going to be written.
    @unsafe init(_ memory: UnsafeMutablePointer<UInt8>) {
        unsafe self.next = memory
    }

    /// The most bytes that an integer has, a prefix of four bits or more included.
    static let integerBytes = 6

    @inline(__always)
    mutating func byte(_ byte: UInt8) {
        unsafe self.next.initialize(to: byte)
        unsafe self.next += 1
    }

    /// An integer (RFC 7541 section 5.1).
    /// - Parameters:
    ///   - value: 0 to 2^32 - 1.
    ///   - bits: Of the prefix, 4 to 7.
    ///   - pattern: What stands above the prefix in the first byte.
    @inline(__always)
    mutating func integer(_ value: Int, bits: Int, pattern: UInt8 = 0) {
        let full = 1 &<< bits &- 1
        guard value >= full else { return self.byte(pattern | UInt8(truncatingIfNeeded: value)) }
        self.byte(pattern | UInt8(truncatingIfNeeded: full))
        var rest = UInt32(truncatingIfNeeded: value &- full)
        while rest >= 128 {
            self.byte(UInt8(truncatingIfNeeded: rest) | 128)
            rest >>= 7
        }
        self.byte(UInt8(truncatingIfNeeded: rest))
    }

    /// A string (RFC 7541 section 5.2).
    @inline(__always)
    mutating func string(_ bytes: UnsafeRawBufferPointer) {
        self.integer(bytes.count, bits: 7)
        unsafe self.bytes(bytes)
    }

    @inline(__always)
    mutating func string(_ text: StaticString) {
        unsafe self.string(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// The string of a number that is not negative.
    @inline(__always)
    mutating func string(decimal number: Int) {
        var digits = 1
        var bound = 10
        while number >= bound, digits < Self.decimalDigits {
            digits &+= 1
            bound &*= 10
        }
        self.byte(UInt8(truncatingIfNeeded: digits))
        var rest = UInt(bitPattern: number)
        for place in stride(from: digits &- 1, through: 0, by: -1) {
            unsafe self.next[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        unsafe self.next += digits
    }

    /// The most digits that a string of a number has: as many as the greatest `Int`.
    static let decimalDigits = 19

    /// The string of a number's 16 hexadecimal digits.
    @inline(__always)
    mutating func string(hexadecimal number: UInt64) {
        self.byte(UInt8(Hexadecimal.byteCount))
        self.digits(number)
    }

    /// The string of an entity tag.
    @inline(__always)
    mutating func string(_ tag: ValueTag) {
        let ending = tag.ending
        self.byte(UInt8(truncatingIfNeeded: 1 + Hexadecimal.byteCount + ending.utf8CodeUnitCount))
        self.byte(UInt8(ascii: "\""))
        self.digits(tag.digest)
        unsafe self.bytes(UnsafeRawBufferPointer(start: ending.utf8Start, count: ending.utf8CodeUnitCount))
    }

    @inline(__always)
    private mutating func digits(_ number: UInt64) {
        unsafe Hexadecimal.write(number, to: self.next)
        unsafe self.next += Hexadecimal.byteCount
    }

    /// Bytes that are HPACK already.
    @inline(__always)
    mutating func bytes(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        // Safety: there is room.
        unsafe UnsafeMutableRawPointer(self.next).copyMemory(from: start, byteCount: bytes.count)
        unsafe self.next += bytes.count
    }
}
