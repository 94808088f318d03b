// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

extension Span<UInt8> {
    /// Whether the bytes are exactly those of `literal`.
    @inlinable
    package func equals(_ literal: StaticString) -> Bool {
        self.count == literal.utf8CodeUnitCount && self.starts(with: literal)
    }

    /// Whether the bytes begin with those of `literal`.
    @inlinable
    package func starts(with literal: StaticString) -> Bool {
        let length = literal.utf8CodeUnitCount
        guard self.count >= length else { return false }
        // Safety: a StaticString's bytes live as long as the process, and `length` is their number.
        let bytes = unsafe UnsafeBufferPointer(start: literal.utf8Start, count: length)
        for index in 0..<length where unsafe bytes[index] != self[index] {
            return false
        }
        return true
    }

    /// Whether the bytes equal `literal`, which is in lower case, when ASCII letters are compared without case.
    @inlinable
    package func equalsIgnoringCase(_ literal: StaticString) -> Bool {
        let length = literal.utf8CodeUnitCount
        guard self.count == length else { return false }
        // Safety: as in `starts(with:)`.
        let bytes = unsafe UnsafeBufferPointer(start: literal.utf8Start, count: length)
        for index in 0..<length {
            let byte = self[index]
            let lower = byte &- 0x41 < 26 ? byte | 0x20 : byte
            if unsafe bytes[index] != lower { return false }
        }
        return true
    }
}
