// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import CNGHTTP2
import Glibc

/// Memory for libnghttp2: small blocks are kept by size and handed out again, last in, first out.
///
/// A request makes libnghttp2 ask for five small blocks and give them back; from here they cost a few instructions each and
/// come back warm. Free blocks stand in arrays, not in lists through the blocks: with thousands of requests in flight a block is
/// cold, and reading a link in it would wait for memory. Confined to one event loop, like the sessions that use it. A debug build
/// does without, so that the address sanitizer sees every block.
@safe final class NativeMemory {
    /// Blocks grow in steps of this size.
    private static let step = 32
    private static let classes = 32
    /// Largest block that is kept: larger ones are the system's.
    private static let largestBytes = step * classes
    /// Before each block, so that it stays aligned: its class, or ``systemClass``.
    private static let headerBytes = 16
    private static let systemClass = classes
    /// Blocks of one size that are kept.
    private static let keptBlocks = 8192

    /// The free blocks of one size.
    @unsafe private struct Stack {
        var blocks: UnsafeMutablePointer<UnsafeMutableRawPointer>?
        var count = 0
        var capacity = 0
        /// A power of two is found faster.
        var padding = 0
    }

    /// Safety: `classes` initialised stacks, each with `count` initialised pointers to blocks that nobody uses.
    private let stacks: UnsafeMutablePointer<Stack>
    /// What libnghttp2 is given; it points to this object.
    let table: UnsafeMutablePointer<nghttp2_mem>

    init() {
        unsafe self.stacks = .allocate(capacity: Self.classes)
        unsafe self.stacks.initialize(repeating: Stack(), count: Self.classes)
        unsafe self.table = .allocate(capacity: 1)
        unsafe self.table.initialize(
            to: nghttp2_mem(
                mem_user_data: Unmanaged.passUnretained(self).toOpaque(),
                malloc: { size, user in unsafe NativeMemory.of(user) { unsafe $0.allocate(size) } },
                free: { block, user in
                    _ = unsafe NativeMemory.of(user) { memory in
                        unsafe memory.release(block)
                        return nil
                    }
                },
                calloc: { count, size, user in unsafe NativeMemory.of(user) { unsafe $0.allocateZeroed(count, size) } },
                realloc: { block, size, user in
                    unsafe NativeMemory.of(user) { unsafe $0.reallocate(block, size) }
                }))
    }

    deinit {
        for index in 0..<Self.classes {
            guard let blocks = unsafe self.stacks[index].blocks else { continue }
            for place in unsafe 0..<self.stacks[index].count { unsafe free(blocks[place] - Self.headerBytes) }
            unsafe blocks.deallocate()
        }
        unsafe self.stacks.deallocate()
        unsafe self.table.deallocate()
    }

    @inline(__always)
    private static func of(
        _ user: UnsafeMutableRawPointer?, _ body: (NativeMemory) -> UnsafeMutableRawPointer?
    ) -> UnsafeMutableRawPointer? {
        guard let user = unsafe user else { return nil }
        // Safety: the sessions that know this table hold the pool that holds this object.
        return unsafe Unmanaged<NativeMemory>.fromOpaque(user)._withUnsafeGuaranteedRef { unsafe body($0) }
    }

    @inline(__always)
    private func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
        guard size > 0, size <= Self.largestBytes else { return unsafe self.allocateFromSystem(max(size, 1)) }
        let index = (size &- 1) / Self.step
        let stack = unsafe self.stacks + index
        if unsafe stack.pointee.count > 0 {
            unsafe stack.pointee.count &-= 1
            return unsafe stack.pointee.blocks.unsafelyUnwrapped[stack.pointee.count]
        }
        return unsafe self.allocateNew(index)
    }

    @inline(never)
    private func allocateNew(_ index: Int) -> UnsafeMutableRawPointer? {
        guard let base = unsafe malloc((index &+ 1) * Self.step + Self.headerBytes) else { return nil }
        unsafe base.storeBytes(of: index, as: Int.self)
        return unsafe base + Self.headerBytes
    }

    @inline(never)
    private func allocateFromSystem(_ size: Int) -> UnsafeMutableRawPointer? {
        let (bytes, isOverflow) = size.addingReportingOverflow(Self.headerBytes)
        guard !isOverflow, let base = unsafe malloc(bytes) else { return nil }
        unsafe base.storeBytes(of: Self.systemClass, as: Int.self)
        return unsafe base + Self.headerBytes
    }

    private func allocateZeroed(_ count: Int, _ size: Int) -> UnsafeMutableRawPointer? {
        let (bytes, isOverflow) = count.multipliedReportingOverflow(by: size)
        guard !isOverflow, let block = unsafe self.allocate(bytes) else { return nil }
        unsafe memset(block, 0, bytes)
        return unsafe block
    }

    @inline(__always)
    private func release(_ block: UnsafeMutableRawPointer?) {
        guard let block = unsafe block else { return }
        let index = unsafe (block - Self.headerBytes).load(as: Int.self)
        let stack = unsafe self.stacks + index
        guard index < Self.classes, unsafe stack.pointee.count < stack.pointee.capacity else {
            return unsafe self.releaseOtherwise(block, index)
        }
        unsafe (stack.pointee.blocks.unsafelyUnwrapped + stack.pointee.count).initialize(to: block)
        unsafe stack.pointee.count &+= 1
    }

    @inline(never)
    private func releaseOtherwise(_ block: UnsafeMutableRawPointer, _ index: Int) {
        guard index < Self.classes, self.grow(index) else { return unsafe free(block - Self.headerBytes) }
        unsafe self.release(block)
    }

    /// Makes room for more free blocks of a size.
    /// - Returns: false if there may be no more.
    private func grow(_ index: Int) -> Bool {
        let old = unsafe self.stacks[index]
        guard unsafe old.capacity < Self.keptBlocks else { return false }
        let capacity = unsafe min(Self.keptBlocks, max(32, old.capacity * 2))
        let blocks = UnsafeMutablePointer<UnsafeMutableRawPointer>.allocate(capacity: capacity)
        if let before = unsafe old.blocks {
            unsafe blocks.moveInitialize(from: before, count: old.count)
            unsafe before.deallocate()
        }
        unsafe self.stacks[index] = Stack(blocks: blocks, count: old.count, capacity: capacity)
        return true
    }

    private func reallocate(_ block: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer? {
        guard let block = unsafe block else { return unsafe self.allocate(size) }
        let index = unsafe (block - Self.headerBytes).load(as: Int.self)
        if index == Self.systemClass {
            let (bytes, isOverflow) = size.addingReportingOverflow(Self.headerBytes)
            guard !isOverflow, let base = unsafe realloc(block - Self.headerBytes, bytes) else { return nil }
            return unsafe base + Self.headerBytes
        }
        let room = (index + 1) * Self.step
        if size <= room { return unsafe block }
        guard let larger = unsafe self.allocate(size) else { return nil }
        unsafe larger.copyMemory(from: block, byteCount: room)
        unsafe self.release(block)
        return unsafe larger
    }
}
