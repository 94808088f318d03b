// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

extension Span<UInt8> {
    /// Whether the bytes are exactly those of `literal`.
    @inlinable
    @inline(__always)
    public func equals(_ literal: StaticString) -> Bool {
        let length = literal.utf8CodeUnitCount
        guard self.count == length else { return false }
        // Safety: both pieces of memory are `length` bytes long, and valid during the call.
        return unsafe self.withUnsafeBytes { bytes in
            guard let own = bytes.baseAddress else { return true }
            return unsafe equalBytes(own, UnsafeRawPointer(literal.utf8Start), count: length)
        }
    }

    /// Whether the bytes equal those of another span.
    /// - Parameter other: The other span.
    /// - Returns: Whether they do; two empty spans are equal.
    @inlinable
    public func equals(bytes other: Span<UInt8>) -> Bool {
        guard self.count == other.count else { return false }
        // Safety: both have as many bytes as are compared.
        return unsafe self.withUnsafeBytes { bytes in
            unsafe other.withUnsafeBytes { others in
                guard let own = bytes.baseAddress, let theirs = others.baseAddress else { return true }
                return unsafe equalBytes(own, theirs, count: bytes.count)
            }
        }
    }

    /// Whether the bytes begin with those of `literal`.
    @inlinable
    @inline(__always)
    public func starts(with literal: StaticString) -> Bool {
        let length = literal.utf8CodeUnitCount
        return self.count >= length && self.extracting(0..<length).equals(literal)
    }

    /// Whether the bytes equal `literal`, which is in lower case, when ASCII letters are compared without case.
    @inlinable
    public func equalsIgnoringCase(_ literal: StaticString) -> Bool {
        let length = literal.utf8CodeUnitCount
        guard self.count == length else { return false }
        // Safety: a StaticString's bytes live as long as the process, and `length` is their number.
        let bytes = unsafe UnsafeBufferPointer(start: literal.utf8Start, count: length)
        for index in 0..<length {
            let byte = self[index]
            let lower = byte &- 0x41 < 26 ? byte | 0x20 : byte
            if unsafe bytes[index] != lower { return false }
        }
        return true
    }
}

/// Compares word by word, the last one overlapping the one before. With a constant `count` this becomes a few instructions.
@inlinable
@inline(__always)
func equalBytes(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, count: Int) -> Bool {
    @inline(__always)
    func differ<Word: FixedWidthInteger & BitwiseCopyable>(_ type: Word.Type, at offset: Int) -> Bool {
        // Safety: every caller below keeps `offset` and the word's size within `count`.
        unsafe left.loadUnaligned(fromByteOffset: offset, as: type)
            != right.loadUnaligned(fromByteOffset: offset, as: type)
    }
    switch count {
    case 8...:
        var offset = 0
        while offset <= count - 8 {
            if differ(UInt64.self, at: offset) { return false }
            offset += 8
        }
        return !differ(UInt64.self, at: count - 8)
    case 4...:
        return !differ(UInt32.self, at: 0) && !differ(UInt32.self, at: count - 4)
    default:
        for offset in 0..<max(0, count) where differ(UInt8.self, at: offset) { return false }
        return true
    }
}
