// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// Numbers as 16 hexadecimal digits.
enum Hexadecimal {
    static let byteCount = 16

    /// Writes the digits of a number.
    /// - Parameters:
    ///   - number: Any.
    ///   - memory: Has room for ``byteCount`` bytes.
    @inline(__always)
    static func write(_ number: UInt64, to memory: UnsafeMutablePointer<UInt8>) {
        let memory = UnsafeMutableRawPointer(memory)
        unsafe memory.storeBytes(of: Self.digits(UInt32(truncatingIfNeeded: number >> 32)), as: UInt64.self)
        unsafe memory.storeBytes(
            of: Self.digits(UInt32(truncatingIfNeeded: number)), toByteOffset: 8, as: UInt64.self)
    }

    /// Eight digits, in the order of memory: each nibble gets a byte of its own, and all bytes become digits at once.
    @inline(__always)
    private static func digits(_ number: UInt32) -> UInt64 {
        var nibbles = UInt64(number)
        nibbles = (nibbles | nibbles << 16) & 0x0000_FFFF_0000_FFFF
        nibbles = (nibbles | nibbles << 8) & 0x00FF_00FF_00FF_00FF
        nibbles = (nibbles | nibbles << 4) & 0x0F0F_0F0F_0F0F_0F0F
        // 1 in each byte that is over 9: adding 6 carries it into the upper nibble.
        let letters = (nibbles &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        let digits = nibbles &+ 0x3030_3030_3030_3030 &+ letters &* UInt64(UInt8(ascii: "a") - 10 - UInt8(ascii: "0"))
        return digits.bigEndian
    }
}
