// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

extension ByteBuffer {
    /// Appends bytes. `writeBytes` does the same for more instructions, because it is not inlined.
    @inline(__always)
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.append(bytes, UnsafeRawBufferPointer(start: nil, count: 0))
    }

    /// Appends two pieces of memory, one behind the other.
    @inline(__always)
    mutating func append(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) {
        let count = first.count &+ second.count
        unsafe self.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { room in
            guard let start = room.baseAddress, room.count >= count else { return 0 }
            // Safety: `room` has space for both.
            if let from = first.baseAddress {
                unsafe start.copyMemory(from: from, byteCount: first.count)
            }
            if let from = second.baseAddress {
                unsafe (start + first.count).copyMemory(from: from, byteCount: second.count)
            }
            return count
        }
    }
}
