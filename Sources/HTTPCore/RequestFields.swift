// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// The known fields of one request, in one reused buffer (the header arena of a stream).
///
/// A field's value is a range of ``storage``; nothing is a `String` until somebody needs one. `removeAll` keeps the
/// capacity, so that a pooled record allocates nothing in the steady state. It is a class because the request is passed
/// down through routing, policy and encoding, and the table is too large to copy at each step. Confined to one event loop.
public final class RequestFields {
    /// The values, one behind the other. Valid for as long as the request lives.
    package private(set) var storage: ByteBuffer
    @usableFromInline package private(set) var spans: InlineArray<32, UInt64>
    @usableFromInline package private(set) var present: UInt32
    /// The request's method; ``Method/other`` when there is none. Of a known method the text is not kept.
    package private(set) var method = Method.other
    /// The number of fields the peer sent, known or not, pseudo-header fields included.
    package var fieldCount: Int
    /// The decoded size by RFC 9113 section 6.5.2: name + value + 32 for each field.
    package var decodedBytes: Int

    package init() {
        self.storage = ByteBuffer()
        self.spans = InlineArray(repeating: 0)
        self.present = 0
        self.fieldCount = 0
        self.decodedBytes = 0
    }

    /// Forgets every field and keeps the memory, unless it has grown past `keeping` bytes.
    package func removeAll(keeping: Int = 1024) {
        if self.storage.capacity > keeping {
            self.storage = ByteBuffer()
        } else {
            self.storage.clear()
        }
        self.present = 0
        self.method = .other
        self.fieldCount = 0
        self.decodedBytes = 0
    }

    /// Whether the request has the field.
    @inlinable @inline(__always)
    public func contains(_ name: FieldName) -> Bool {
        self.present & (1 &<< UInt32(name.ordinal)) != 0
    }

    /// Whether there is `If-Match`, `If-None-Match` or `If-Range`.
    @inlinable @inline(__always)
    public var hasConditions: Bool {
        self.present & Self.conditions != 0
    }

    @inlinable static var conditions: UInt32 {
        1 &<< UInt32(FieldName.ifMatch.ordinal) | 1 &<< UInt32(FieldName.ifNoneMatch.ordinal)
            | 1 &<< UInt32(FieldName.ifRange.ordinal)
    }

    /// Whether the request has a field that only browsers send: `Sec-Fetch-Site`, `Origin`. A browser that is asked over TLS always
    /// sends the first (Fetch Metadata), and over HTTP/2 browsers use TLS only.
    @inlinable @inline(__always)
    public var isOfBrowser: Bool {
        self.present & Self.browserSigns != 0
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
        let start = self.storage.writerIndex
        self.storage.writeBuffer(&old)
        self.storage.writeStaticString(", ")
        // Safety: bytes have no padding, so all of them are initialised.
        unsafe self.storage.writeBytes(value.bytes)
        self.record(name, start: start, end: self.storage.writerIndex)
        return true
    }

    /// Stores a field, in place of an earlier one of that name.
    package func set(_ name: FieldName, value: borrowing Span<UInt8>) {
        if case .method = name {
            self.method = Method(token: value)
            guard case .other = self.method else { return self.record(.method, start: 0, end: 0) }
        }
        let start = self.storage.writerIndex
        // Safety: bytes have no padding, so all of them are initialised. `writeBytes` does the same for more instructions,
        // because it is not inlined.
        _ = unsafe value.withUnsafeBytes { bytes in
            unsafe self.storage.writeWithUnsafeMutableBytes(minimumWritableBytes: bytes.count) { room in
                guard room.count >= bytes.count else { return 0 }
                unsafe room.copyMemory(from: bytes)
                return bytes.count
            }
        }
        self.record(name, start: start, end: self.storage.writerIndex)
    }

    /// Where the field's value lies in ``storage``; empty when the field is absent.
    @inlinable @inline(__always)
    public func range(_ name: FieldName) -> Range<Int> {
        guard self.contains(name) else { return 0..<0 }
        let span = self.spans[Int(name.ordinal)]
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
        self.spans[Int(name.ordinal)] = UInt64(start) << 32 | UInt64(end)
        self.present |= 1 &<< UInt32(name.ordinal)
    }
}
