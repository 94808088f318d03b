// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// The known fields of one request, in one reused buffer (the header arena of a stream).
///
/// A field's value is a range of ``storage``; nothing is a `String` until somebody needs one. `removeAll` keeps the
/// capacity, so that a pooled record allocates nothing in the steady state. It is a name for memory of its own, because the
/// request is passed down through routing, policy and encoding, the table is too large to copy at each step, and counting
/// references to a class would cost more than the look into it. Confined to one event loop.
@safe public struct RequestFields {
    /// What the memory holds.
    @usableFromInline struct Table {
        /// The values, one behind the other.
        var storage = ByteBuffer()
        @usableFromInline var spans = InlineArray<32, UInt64>(repeating: 0)
        @usableFromInline var present: UInt32 = 0
        @usableFromInline var method = Method.other
        @usableFromInline var fieldCount = 0
        @usableFromInline var decodedBytes = 0
    }

    /// Safety: initialised until ``deallocate()``.
    @usableFromInline let table: UnsafeMutablePointer<Table>

    /// No fields. Whoever makes them frees them, by ``deallocate()``.
    package init() {
        unsafe self.table = .allocate(capacity: 1)
        unsafe self.table.initialize(to: Table())
    }

    /// Frees the memory. Nothing may be done with the fields after that.
    package func deallocate() {
        unsafe self.table.deinitialize(count: 1)
        unsafe self.table.deallocate()
    }

    /// The values, one behind the other. Valid for as long as the request lives.
    package var storage: ByteBuffer {
        unsafe self.table.pointee.storage
    }

    /// The request's method; ``Method/other`` when there is none. Of a known method the text is not kept.
    @inlinable @inline(__always)
    public var method: Method {
        unsafe self.table.pointee.method
    }

    /// The number of fields the peer sent, known or not, pseudo-header fields included.
    @inlinable @inline(__always)
    public var fieldCount: Int {
        get { unsafe self.table.pointee.fieldCount }
        nonmutating _modify { yield unsafe &self.table.pointee.fieldCount }
    }

    /// The decoded size by RFC 9113 section 6.5.2: name + value + 32 for each field.
    @inlinable @inline(__always)
    public var decodedBytes: Int {
        get { unsafe self.table.pointee.decodedBytes }
        nonmutating _modify { yield unsafe &self.table.pointee.decodedBytes }
    }

    /// Forgets every field and keeps the memory, unless it has grown past `keeping` bytes.
    package func removeAll(keeping: Int = 1024) {
        if unsafe self.table.pointee.storage.capacity > keeping {
            unsafe self.table.pointee.storage = ByteBuffer()
        } else {
            unsafe self.table.pointee.storage.clear()
        }
        unsafe self.table.pointee.present = 0
        unsafe self.table.pointee.method = .other
        unsafe self.table.pointee.fieldCount = 0
        unsafe self.table.pointee.decodedBytes = 0
    }

    /// Whether the request has the field.
    @inlinable @inline(__always)
    public func contains(_ name: FieldName) -> Bool {
        unsafe self.table.pointee.present & (1 &<< UInt32(name.ordinal)) != 0
    }

    /// Whether there is `If-Match`, `If-None-Match` or `If-Range`.
    @inlinable @inline(__always)
    public var hasConditions: Bool {
        unsafe self.table.pointee.present & Self.conditions != 0
    }

    @inlinable static var conditions: UInt32 {
        1 &<< UInt32(FieldName.ifMatch.ordinal) | 1 &<< UInt32(FieldName.ifNoneMatch.ordinal)
            | 1 &<< UInt32(FieldName.ifRange.ordinal)
    }

    /// Whether the request has a field that only browsers send: `Sec-Fetch-Site`, `Origin`. A browser that is asked over TLS always
    /// sends the first (Fetch Metadata), and over HTTP/2 browsers use TLS only.
    @inlinable @inline(__always)
    public var isOfBrowser: Bool {
        unsafe self.table.pointee.present & Self.browserSigns != 0
    }

    @inlinable static var browserSigns: UInt32 {
        1 &<< UInt32(FieldName.secFetchSite.ordinal) | 1 &<< UInt32(FieldName.origin.ordinal)
    }

    /// Stores a field. A second one of a list field is joined by `, `.
    /// - Returns: false if the field may stand once only and is already there; nothing changed then.
    package func append(_ name: FieldName, value: borrowing Span<UInt8>) -> Bool {
        guard self.contains(name) else {
            self.set(name, value: value)
            return true
        }
        guard name.isList else { return false }
        guard var old = self.slice(name) else { return false }
        let start = unsafe self.table.pointee.storage.writerIndex
        unsafe self.table.pointee.storage.writeBuffer(&old)
        unsafe self.table.pointee.storage.writeStaticString(", ")
        // Safety: bytes have no padding, so all of them are initialised.
        unsafe self.table.pointee.storage.writeBytes(value.bytes)
        self.record(name, start: start, end: unsafe self.table.pointee.storage.writerIndex)
        return true
    }

    /// Stores a field, in place of an earlier one of that name.
    package func set(_ name: FieldName, value: borrowing Span<UInt8>) {
        if case .method = name {
            unsafe self.table.pointee.method = Method(token: value)
            guard case .other = self.method else { return self.record(.method, start: 0, end: 0) }
        }
        let start = unsafe self.table.pointee.storage.writerIndex
        // Safety: bytes have no padding, so all of them are initialised. `writeBytes` does the same for more instructions,
        // because it is not inlined.
        _ = unsafe value.withUnsafeBytes { bytes in
            unsafe self.table.pointee.storage.writeWithUnsafeMutableBytes(minimumWritableBytes: bytes.count) { room in
                guard room.count >= bytes.count else { return 0 }
                unsafe room.copyMemory(from: bytes)
                return bytes.count
            }
        }
        self.record(name, start: start, end: unsafe self.table.pointee.storage.writerIndex)
    }

    /// Where the field's value lies in ``storage``; empty when the field is absent.
    @inlinable @inline(__always)
    public func range(_ name: FieldName) -> Range<Int> {
        guard self.contains(name) else { return 0..<0 }
        let span = unsafe self.table.pointee.spans[Int(name.ordinal)]
        return Int(span >> 32)..<Int(span & 0xFFFF_FFFF)
    }

    /// The field's value as a slice that shares ``storage``, nil when the field is absent.
    package func slice(_ name: FieldName) -> ByteBuffer? {
        guard self.contains(name) else { return nil }
        let range = self.range(name)
        return self.storage.getSlice(at: range.lowerBound, length: range.count)
    }

    /// The field's value as text, for logs, settings and errors; nil when absent.
    package func string(_ name: FieldName) -> String? {
        self.slice(name).map { String(buffer: $0) }
    }

    private func record(_ name: FieldName, start: Int, end: Int) {
        unsafe self.table.pointee.spans[Int(name.ordinal)] = UInt64(start) << 32 | UInt64(end)
        unsafe self.table.pointee.present |= 1 &<< UInt32(name.ordinal)
    }
}
