// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore

/// Remembers, per event loop and bounded, which `authorization` values have been verified, so that the digest is not
/// computed for each request; and the last authority that was found to be one of the gateway's hosts. Only values that were found
/// valid are kept: guessing cannot push anything out.
package struct AuthenticationCache {
    private struct Slot {
        var value: ByteBuffer
        var identity: Identity
    }

    /// A power of two. Each value has one place, and takes it over.
    private static let slotCount = 64

    private var slots: [Slot?] = []
    private var fingerprint: UInt64 = 0
    /// As it came; empty before the first.
    private var authority: [UInt8] = []
    /// The table of a token file that was read again; nil: the one of the configuration.
    package var newerTable: TokenTable?

    package init() {}

    /// Whether an authority is the last one that was found to be allowed.
    /// - Parameter authority: `:authority`, or the `Host` field; empty if there was none.
    /// - Returns: Whether it is.
    @inline(__always)
    func isAllowed(authority: Span<UInt8>) -> Bool {
        !authority.isEmpty && self.authority.span.equals(bytes: authority)
    }

    /// Remembers an authority that was found to be allowed.
    /// - Parameter authority: Not empty.
    mutating func allow(authority: Span<UInt8>) {
        self.authority = []
        for index in 0..<authority.count { self.authority.append(authority[index]) }
    }

    /// Verifies an `authorization` value.
    mutating func identity(authorization value: Span<UInt8>, table: TokenTable) -> Identity? {
        if self.slots.isEmpty || self.fingerprint != table.fingerprint {
            self.slots = Array(repeating: nil, count: Self.slotCount)
            self.fingerprint = table.fingerprint
        }
        let place = Self.hash(value) & (Self.slotCount - 1)
        if let slot = self.slots[place], Self.isSame(slot.value.readableBytesUInt8Span, value) {
            return slot.identity
        }
        guard let identity = table.identity(authorization: value) else { return nil }
        var copy = ByteBuffer()
        // Safety: bytes have no padding, so all of them are initialised.
        unsafe copy.writeBytes(value.bytes)
        self.slots[place] = Slot(value: copy, identity: identity)
        return identity
    }

    /// Compares without a branch on the bytes, so that the time says nothing of a kept token.
    private static func isSame(_ kept: Span<UInt8>, _ value: Span<UInt8>) -> Bool {
        guard kept.count == value.count else { return false }
        var difference: UInt64 = 0
        var index = 0
        while index &+ 8 <= kept.count {
            // Safety: both spans have 8 bytes from `index` on.
            let left = unsafe kept.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            let right = unsafe value.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            difference |= left ^ right
            index &+= 8
        }
        while index < kept.count {
            difference |= UInt64(kept[index] ^ value[index])
            index &+= 1
        }
        return difference == 0
    }

    /// Mixes the length and the last bytes, where tokens differ most.
    private static func hash(_ value: Span<UInt8>) -> Int {
        var sum = UInt64(truncatingIfNeeded: value.count)
        for index in max(0, value.count - 8)..<value.count {
            sum = (sum ^ UInt64(value[index])) &* 0x100_0000_01B3
        }
        return Int(truncatingIfNeeded: sum >> 17)
    }
}
