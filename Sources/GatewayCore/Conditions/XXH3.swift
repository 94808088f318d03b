// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

/// XXH3, 64 bits, without a seed: what Redis's own DIGEST gives from version 8.4 on, and cheap enough for every answer.
///
/// It tells values apart that differ by chance, and is no protection against someone who makes two that do not
/// (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md).
@safe enum XXH3 {
    /// The digest of the bytes.
    static func digest(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        let input = unsafe Words(bytes)
        return unsafe Self.secretBytes.withUnsafeBytes { secret in
            let secret = unsafe Words(secret)
            switch input.count {
            case 0: return Self.avalancheOf64(secret[56] ^ secret[64])
            case 1...3: return Self.tiny(input, secret)
            case 4...8: return Self.small(input, secret)
            case 9...16: return Self.medium(input, secret)
            case 17...128: return Self.upTo128(input, secret)
            case 129...240: return Self.upTo240(input, secret)
            default: return Self.long(input, secret)
            }
        }
    }

    /// Memory that is read in little-endian words at any place.
    @safe private struct Words {
        private let start: UnsafeRawPointer?
        let count: Int

        init(_ bytes: UnsafeRawBufferPointer) {
            unsafe self.start = bytes.baseAddress
            self.count = bytes.count
        }

        /// Eight bytes. Safety: every caller keeps `offset + 8` within `count`, which the length classes see to.
        @inline(__always)
        subscript(offset: Int) -> UInt64 {
            assert(offset >= 0 && offset + 8 <= self.count)
            guard let start = unsafe self.start else { return 0 }
            return unsafe UInt64(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }

        /// Sixty-four bytes.
        @inline(__always)
        func lanes(_ offset: Int) -> SIMD8<UInt64> {
            assert(offset >= 0 && offset + 64 <= self.count)
            guard let start = unsafe self.start else { return .zero }
            // Every platform of ours is little-endian.
            return unsafe start.loadUnaligned(fromByteOffset: offset, as: SIMD8<UInt64>.self)
        }

        /// Four bytes.
        @inline(__always)
        func half(_ offset: Int) -> UInt64 {
            assert(offset >= 0 && offset + 4 <= self.count)
            guard let start = unsafe self.start else { return 0 }
            return unsafe UInt64(UInt32(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
        }

        /// One byte.
        @inline(__always)
        func byte(_ offset: Int) -> UInt64 {
            assert(offset >= 0 && offset < self.count)
            guard let start = unsafe self.start else { return 0 }
            return unsafe UInt64(start.load(fromByteOffset: offset, as: UInt8.self))
        }
    }

    // MARK: - Length classes

    private static func tiny(_ input: Words, _ secret: Words) -> UInt64 {
        let count = input.count
        let first = input.byte(0) &<< 16 | input.byte(count &>> 1) &<< 24
        let combined = first | input.byte(count - 1) | UInt64(count) &<< 8
        return Self.avalancheOf64(combined ^ secret.half(0) ^ secret.half(4))
    }

    private static func small(_ input: Words, _ secret: Words) -> UInt64 {
        let count = input.count
        let value = input.half(count - 4) &+ input.half(0) &<< 32
        var hash = value ^ secret[8] ^ secret[16]
        hash ^= Self.rotated(hash, by: 49) ^ Self.rotated(hash, by: 24)
        hash = hash &* 0x9FB2_1C65_1E98_DF25
        hash ^= (hash &>> 35) &+ UInt64(count)
        hash = hash &* 0x9FB2_1C65_1E98_DF25
        return hash ^ hash &>> 28
    }

    private static func medium(_ input: Words, _ secret: Words) -> UInt64 {
        let count = input.count
        let low = input[0] ^ secret[24] ^ secret[32]
        let high = input[count - 8] ^ secret[40] ^ secret[48]
        return Self.avalanche(UInt64(count) &+ low.byteSwapped &+ high &+ Self.folded(low, high))
    }

    private static func upTo128(_ input: Words, _ secret: Words) -> UInt64 {
        let count = input.count
        var sum = UInt64(count) &* Self.prime1
        var pairs = (count - 1) / 32
        while pairs >= 0 {
            sum = sum &+ Self.mixed(input, pairs * 16, secret, pairs * 32)
            sum = sum &+ Self.mixed(input, count - (pairs + 1) * 16, secret, pairs * 32 + 16)
            pairs -= 1
        }
        return Self.avalanche(sum)
    }

    private static func upTo240(_ input: Words, _ secret: Words) -> UInt64 {
        let count = input.count
        var sum = UInt64(count) &* Self.prime1
        for round in 0..<8 { sum = sum &+ Self.mixed(input, round * 16, secret, round * 16) }
        sum = Self.avalanche(sum)
        for round in 8..<count / 16 { sum = sum &+ Self.mixed(input, round * 16, secret, (round - 8) * 16 + 3) }
        return Self.avalanche(sum &+ Self.mixed(input, count - 16, secret, 136 - 17))
    }

    private static func long(_ input: Words, _ secret: Words) -> UInt64 {
        var lanes = Lanes()
        let count = input.count
        let blocks = (count - 1) / 1024
        for block in 0..<blocks {
            for stripe in 0..<16 { lanes.take(input.lanes(block * 1024 + stripe * 64), secret.lanes(stripe * 8)) }
            lanes.scramble(secret.lanes(128))
        }
        for stripe in 0..<(count - 1 - blocks * 1024) / 64 {
            lanes.take(input.lanes(blocks * 1024 + stripe * 64), secret.lanes(stripe * 8))
        }
        lanes.take(input.lanes(count - 64), secret.lanes(121))
        let values = lanes.values
        var sum = UInt64(count) &* Self.prime1
        for pair in 0..<4 {
            let low = values[pair * 2] ^ secret[11 + pair * 16]
            sum = sum &+ Self.folded(low, values[pair * 2 + 1] ^ secret[19 + pair * 16])
        }
        return Self.avalanche(sum)
    }

    /// The eight lanes of a long input, all at once: the product of two halves of a word is one instruction for two of them.
    private struct Lanes {
        private var products: SIMD8<UInt64> = [
            0xC2B2_AE3D, 0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63,
            0x85EB_CA77, 0x27D4_EB2F_1656_67C5, 0x9E37_79B1,
        ]
        /// What each lane has for its neighbour. Sums may be taken in any order: they change places once, and not each time.
        private var neighbours = SIMD8<UInt64>()

        private let lowHalf = SIMD8<UInt64>(repeating: 0xFFFF_FFFF)
        private let halfWidth = SIMD8<UInt64>(repeating: 32)

        @inline(__always)
        mutating func take(_ value: SIMD8<UInt64>, _ key: SIMD8<UInt64>) {
            let keyed = value ^ key
            self.neighbours = self.neighbours &+ value
            self.products = self.products &+ (keyed & self.lowHalf) &* (keyed &>> self.halfWidth)
        }

        @inline(__always)
        mutating func scramble(_ key: SIMD8<UInt64>) {
            let values = self.values
            self.products = (values ^ values &>> 47 ^ key) &* 0x9E37_79B1
            self.neighbours = SIMD8()
        }

        /// The sums, each in its place.
        @inline(__always)
        var values: SIMD8<UInt64> {
            var swapped = self.neighbours
            swapped.evenHalf = self.neighbours.oddHalf
            swapped.oddHalf = self.neighbours.evenHalf
            return self.products &+ swapped
        }
    }

    // MARK: - Mixing

    @inline(__always)
    private static func mixed(_ input: Words, _ offset: Int, _ secret: Words, _ key: Int) -> UInt64 {
        Self.folded(input[offset] ^ secret[key], input[offset + 8] ^ secret[key + 8])
    }

    /// The 128-bit product, its halves combined.
    @inline(__always)
    private static func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    @inline(__always)
    private static func rotated(_ value: UInt64, by bits: UInt64) -> UInt64 {
        value &<< bits | value &>> (64 - bits)
    }

    @inline(__always)
    private static func avalanche(_ value: UInt64) -> UInt64 {
        let mixed = (value ^ value &>> 37) &* 0x1656_6791_9E37_79F9
        return mixed ^ mixed &>> 32
    }

    /// The last step of the older XXH64, which the shortest inputs take.
    private static func avalancheOf64(_ value: UInt64) -> UInt64 {
        var mixed = (value ^ value &>> 33) &* Self.prime2
        mixed = (mixed ^ mixed &>> 29) &* 0x1656_67B1_9E37_79F9
        return mixed ^ mixed &>> 32
    }

    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    /// The key that the specification gives.
    private static let secretBytes: [UInt8] = [
        0xB8, 0xFE, 0x6C, 0x39, 0x23, 0xA4, 0x4B, 0xBE, 0x7C, 0x01, 0x81, 0x2C, 0xF7, 0x21, 0xAD, 0x1C, 0xDE, 0xD4,
        0x6D, 0xE9,
        0x83, 0x90, 0x97, 0xDB, 0x72, 0x40, 0xA4, 0xA4, 0xB7, 0xB3, 0x67, 0x1F, 0xCB, 0x79, 0xE6, 0x4E, 0xCC, 0xC0,
        0xE5, 0x78,
        0x82, 0x5A, 0xD0, 0x7D, 0xCC, 0xFF, 0x72, 0x21, 0xB8, 0x08, 0x46, 0x74, 0xF7, 0x43, 0x24, 0x8E, 0xE0, 0x35,
        0x90, 0xE6,
        0x81, 0x3A, 0x26, 0x4C, 0x3C, 0x28, 0x52, 0xBB, 0x91, 0xC3, 0x00, 0xCB, 0x88, 0xD0, 0x65, 0x8B, 0x1B, 0x53,
        0x2E, 0xA3, 0x71,
        0x64, 0x48, 0x97, 0xA2, 0x0D, 0xF9, 0x4E, 0x38, 0x19, 0xEF, 0x46, 0xA9, 0xDE, 0xAC, 0xD8, 0xA8, 0xFA, 0x76,
        0x3F, 0xE3,
        0x9C, 0x34, 0x3F, 0xF9, 0xDC, 0xBB, 0xC7, 0xC7, 0x0B, 0x4F, 0x1D, 0x8A, 0x51, 0xE0, 0x4B, 0xCD, 0xB4, 0x59,
        0x31, 0xC8,
        0x9F, 0x7E, 0xC9, 0xD9, 0x78, 0x73, 0x64, 0xEA, 0xC5, 0xAC, 0x83, 0x34, 0xD3, 0xEB, 0xC3, 0xC5, 0x81, 0xA0,
        0xFF, 0xFA,
        0x13, 0x63, 0xEB, 0x17, 0x0D, 0xDD, 0x51, 0xB7, 0xF0, 0xDA, 0x49, 0xD3, 0x16, 0x55, 0x26, 0x29, 0xD4, 0x68,
        0x9E, 0x2B,
        0x16, 0xBE, 0x58, 0x7D, 0x47, 0xA1, 0xFC, 0x8F, 0xF8, 0xB8, 0xD1, 0x7A, 0xD0, 0x31, 0xCE, 0x45, 0xCB, 0x3A,
        0x8F, 0x95,
        0x16, 0x04, 0x28, 0xAF, 0xD7, 0xFB, 0xCA, 0xBB, 0x4B, 0x40, 0x7E,
    ]
}
