// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import CNGHTTP2
import Testing

@testable import HTTP2Engine

/// The release build gives this memory to libnghttp2; a debug build does not, so it is tried here by itself.
@Suite("Memory for libnghttp2")
struct NativeMemoryTests {
    /// libnghttp2's view of the memory, with addresses as numbers.
    @safe private struct Table {
        private let memory = NativeMemory()
        private var table: nghttp2_mem { unsafe self.memory.table.pointee }
        private var user: UnsafeMutableRawPointer? { unsafe self.table.mem_user_data }

        func allocate(_ size: Int) -> UInt? {
            unsafe self.table.malloc(size, self.user).map { UInt(bitPattern: $0) }
        }

        func allocateZeroed(_ count: Int, _ size: Int) -> UInt? {
            unsafe self.table.calloc(count, size, self.user).map { UInt(bitPattern: $0) }
        }

        func reallocate(_ block: UInt, _ size: Int) -> UInt? {
            unsafe self.table.realloc(UnsafeMutableRawPointer(bitPattern: block), size, self.user)
                .map { UInt(bitPattern: $0) }
        }

        func release(_ block: UInt) {
            unsafe self.table.free(UnsafeMutableRawPointer(bitPattern: block), self.user)
        }
    }

    private struct Block {
        var address: UInt
        var size: Int
        var mark: UInt8

        func fill() {
            let bytes = unsafe UnsafeMutableRawBufferPointer(
                start: UnsafeMutableRawPointer(bitPattern: self.address), count: self.size)
            for index in 0..<self.size {
                unsafe bytes[index] = self.mark
            }
        }

        var isIntact: Bool {
            let bytes = unsafe UnsafeRawBufferPointer(
                start: UnsafeRawPointer(bitPattern: self.address), count: self.size)
            for index in 0..<self.size where unsafe bytes[index] != self.mark {
                return false
            }
            return true
        }
    }

    @Test("no two live blocks overlap, and contents survive growing", arguments: 0..<20 as Range<UInt64>)
    func blocks(seed: UInt64) throws {
        let table = Table()
        var generator = Generator(state: seed)
        var live: [Block] = []
        for step in 0..<2_000 {
            let size = Int.random(in: 0...3_000, using: &generator)
            let mark = UInt8(truncatingIfNeeded: step)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0:
                live.append(Block(address: try #require(table.allocate(size)), size: size, mark: mark))
            case 1:
                let address = try #require(table.allocateZeroed(size / 4, 4))
                #expect(Block(address: address, size: size / 4 * 4, mark: 0).isIntact, "calloc zeroes")
                live.append(Block(address: address, size: size / 4 * 4, mark: mark))
            case 2 where !live.isEmpty:
                let block = live.remove(at: Int.random(in: 0..<live.count, using: &generator))
                let address = try #require(table.reallocate(block.address, size))
                #expect(Block(address: address, size: min(size, block.size), mark: block.mark).isIntact)
                live.append(Block(address: address, size: size, mark: mark))
            default:
                guard !live.isEmpty else { continue }
                let block = live.remove(at: Int.random(in: 0..<live.count, using: &generator))
                #expect(block.isIntact)
                table.release(block.address)
                continue
            }
            live.last?.fill()
        }
        for block in live {
            #expect(block.isIntact)
            table.release(block.address)
        }
    }

    @Test("impossible sizes are refused, and freeing nothing is allowed")
    func impossible() {
        let table = Table()
        table.release(0)
        #expect(table.allocateZeroed(.max, 2) == nil)
        #expect(table.allocate(.max) == nil)
    }

    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            self.state = self.state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return self.state ^ self.state >> 29
        }
    }
}
