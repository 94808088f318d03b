// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// The known fields of one request, in one reused piece of memory (the header arena of a stream).
///
/// A field's value is a range of the arena, which ``withSpan(_:)`` lends; nothing is a `String` or a buffer until somebody needs
/// one. `removeAll` keeps the capacity, so that a pooled record allocates nothing in the steady state. It is a name for memory of
/// its own, because the request is passed down through routing, policy and encoding, the table is too large to copy at each step,
/// and counting references to a class would cost more than the look into it. Confined to one event loop.
@safe public struct RequestFields {
    /// Values of this size together lie beside the table, as those of nearly every request do.
    private static var insideBytes: Int { MemoryLayout<Table.Inside>.size }

    /// Memory for the fields of one request, wherever it lies; it must stay there.
    @safe public struct Table {
        /// The values, one behind the other: `count` initialised bytes of `capacity`. Nil until the table is in its place.
        @usableFromInline var arena: UnsafeMutablePointer<UInt8>?
        @usableFromInline var count = 0
        @usableFromInline var capacity = 0
        @usableFromInline var present: UInt32 = 0
        @usableFromInline var method = Method.other
        @usableFromInline var fieldCount = 0
        @usableFromInline var decodedBytes = 0
        @usableFromInline var spans = InlineArray<32, UInt64>(repeating: 0)
        /// Where `arena` is as long as the values are few.
        var inside = Inside(repeating: 0)
        typealias Inside = InlineArray<192, UInt8>

        /// No fields.
        package init() {}
    }

    /// Safety: initialised as long as the fields are used.
    @usableFromInline let table: UnsafeMutablePointer<Table>

    /// No fields. Whoever makes them frees them, by ``deallocate()``.
    package init() {
        let table = UnsafeMutablePointer<Table>.allocate(capacity: 1)
        unsafe table.initialize(to: Table())
        unsafe self.init(in: table)
        self.settle()
    }

    /// The fields in a table that has been settled.
    @inlinable @inline(__always)
    @unsafe public init(in table: UnsafeMutablePointer<Table>) {
        unsafe self.table = table
    }

    /// Makes a new table that has come to its place usable.
    package func settle() {
        unsafe self.table.pointee.arena = self.inside
        unsafe self.table.pointee.capacity = Self.insideBytes
    }

    /// Frees what has been allocated for values. The table itself is its owner's.
    package func release() {
        guard let arena = unsafe self.table.pointee.arena, unsafe arena != self.inside else { return }
        unsafe arena.deallocate()
        self.settle()
    }

    /// Frees the memory of fields that were made by ``init()``. Nothing may be done with them after that.
    package func deallocate() {
        self.release()
        unsafe self.table.deinitialize(count: 1)
        unsafe self.table.deallocate()
    }

    private var inside: UnsafeMutablePointer<UInt8> {
        // Safety: the offset is that of bytes, and of this many. The compiler knows it.
        let offset = MemoryLayout<Table>.offset(of: \Table.inside) ?? 0
        return unsafe (UnsafeMutableRawPointer(self.table) + offset).assumingMemoryBound(to: UInt8.self)
    }

    /// Makes room for so many bytes more.
    @inlinable @inline(__always)
    func reserve(_ more: Int) {
        if unsafe self.table.pointee.capacity &- self.table.pointee.count < more { self.grow(more) }
    }

    @usableFromInline func grow(_ more: Int) {
        let count = unsafe self.table.pointee.count
        let capacity = max(2 * Self.insideBytes, 2 * (count + more))
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        if let arena = unsafe self.table.pointee.arena { unsafe larger.initialize(from: arena, count: count) }
        self.release()
        unsafe self.table.pointee.arena = larger
        unsafe self.table.pointee.capacity = capacity
    }

    @inlinable @inline(__always)
    func append(_ bytes: borrowing Span<UInt8>) {
        self.reserve(bytes.count)
        unsafe bytes.withUnsafeBufferPointer { bytes in
            // Safety: there is room.
            guard let from = bytes.baseAddress, let arena = unsafe self.table.pointee.arena else { return }
            unsafe (arena + self.table.pointee.count).initialize(from: from, count: bytes.count)
            unsafe self.table.pointee.count &+= bytes.count
        }
    }

    /// Lends memory behind the values, for what is to last as long as they do.
    /// - Parameters:
    ///   - bytes: How much.
    ///   - body: Is given the memory, initialises it from its start on, and returns how many bytes it has initialised.
    /// - Returns: Where these lie in what ``withSpan(_:)`` lends.
    @inlinable @inline(__always)
    public func withRoom(_ bytes: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) -> Range<Int> {
        self.reserve(bytes)
        let start = unsafe self.table.pointee.count
        guard let arena = unsafe self.table.pointee.arena else { return 0..<0 }
        unsafe self.table.pointee.count &+= body(arena + start)
        return unsafe start..<self.table.pointee.count
    }

    /// Lends the values, one behind the other.
    /// - Parameter body: Is given the bytes, which it must not keep.
    /// - Returns: What `body` has returned.
    @inlinable @inline(__always)
    public func withSpan<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        // Safety: the span does not leave the closure, and nothing is stored meanwhile.
        let start = unsafe UnsafePointer(self.table.pointee.arena ?? Self.nowhere)
        return unsafe body(Span(_unsafeStart: start, count: self.table.pointee.count))
    }

    /// Lends a field's value.
    /// - Parameters:
    ///   - name: Of an absent field the value is empty.
    ///   - body: Is given the bytes, which it must not keep.
    /// - Returns: What `body` has returned.
    @inlinable @inline(__always)
    public func withValue<Result>(of name: FieldName, _ body: (Span<UInt8>) -> Result) -> Result {
        self.withSpan { body($0.extracting(self.range(name))) }
    }

    /// A copy of a part of the values; empty if it does not lie inside.
    package func slice(in range: Range<Int>) -> ByteBuffer {
        var copy = ByteBuffer()
        self.withSpan { bytes in
            guard range.upperBound <= bytes.count else { return }
            // Safety: bytes have no padding, so all of them are initialised.
            unsafe copy.writeBytes(bytes.extracting(range).bytes)
        }
        return copy
    }

    /// Where no byte is.
    @usableFromInline static var nowhere: UnsafeMutablePointer<UInt8> {
        unsafe UnsafeMutablePointer(bitPattern: MemoryLayout<UInt8>.alignment).unsafelyUnwrapped
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
        if unsafe self.table.pointee.capacity > keeping { self.release() }
        unsafe self.table.pointee.count = 0
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

    /// Whether there is any field that asks for something else than what the method does, or may forbid it.
    @inlinable @inline(__always)
    public var hasWishes: Bool {
        unsafe self.table.pointee.present & Self.wishes != 0
    }

    @inlinable static var wishes: UInt32 {
        Self.conditions | 1 &<< UInt32(FieldName.contentEncoding.ordinal)
            | 1 &<< UInt32(FieldName.idempotencyKey.ordinal) | 1 &<< UInt32(FieldName.prefer.ordinal)
            | 1 &<< UInt32(FieldName.range.ordinal) | 1 &<< UInt32(FieldName.requestTimeout.ordinal)
            | 1 &<< UInt32(FieldName.secFetchSite.ordinal)
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
    /// - Parameters:
    ///   - name: The field's name.
    ///   - value: Its value.
    /// - Returns: false if the field may stand once only and is already there; nothing changed then.
    @inlinable @inline(__always)
    public func append(_ name: FieldName, value: borrowing Span<UInt8>) -> Bool {
        if self.contains(name) { return self.appendAgain(name, value: value) }
        self.set(name, value: value)
        return true
    }

    @usableFromInline func appendAgain(_ name: FieldName, value: borrowing Span<UInt8>) -> Bool {
        guard name.isList else { return false }
        let old = self.range(name)
        let start = unsafe self.table.pointee.count
        // First the room: the old value is copied from the arena, which must not move meanwhile.
        self.reserve(old.count + 2 + value.count)
        self.withSpan { self.append($0.extracting(old)) }
        let comma: InlineArray<2, UInt8> = [UInt8(ascii: ","), UInt8(ascii: " ")]
        self.append(comma.span)
        self.append(value)
        self.record(name, from: start)
        return true
    }

    /// Stores a field, in place of an earlier one of that name.
    /// - Parameters:
    ///   - name: The field's name.
    ///   - value: Its value.
    @inlinable @inline(__always)
    public func set(_ name: FieldName, value: borrowing Span<UInt8>) {
        if case .method = name, self.setMethod(value) { return }
        let start = unsafe self.table.pointee.count
        self.append(value)
        self.record(name, from: start)
    }

    /// - Returns: Whether the method is known. Its text is not kept then.
    @usableFromInline func setMethod(_ token: borrowing Span<UInt8>) -> Bool {
        let method = Method(token: token)
        unsafe self.table.pointee.method = method
        if case .other = method { return false }
        unsafe self.record(.method, from: self.table.pointee.count)
        return true
    }

    /// Where the field's value lies in what ``withSpan(_:)`` lends; empty when the field is absent.
    @inlinable @inline(__always)
    public func range(_ name: FieldName) -> Range<Int> {
        guard self.contains(name) else { return 0..<0 }
        let span = unsafe self.table.pointee.spans[Int(name.ordinal)]
        return Int(span >> 32)..<Int(span & 0xFFFF_FFFF)
    }

    /// A copy of the field's value, nil when the field is absent.
    package func slice(_ name: FieldName) -> ByteBuffer? {
        guard self.contains(name) else { return nil }
        return self.slice(in: self.range(name))
    }

    /// The field's value as text, for logs, settings and errors; nil when absent.
    package func string(_ name: FieldName) -> String? {
        self.slice(name).map { String(buffer: $0) }
    }

    /// The field's value is all that was stored since.
    @inlinable @inline(__always)
    func record(_ name: FieldName, from start: Int) {
        unsafe self.table.pointee.spans[Int(name.ordinal)] = UInt64(start) << 32 | UInt64(self.table.pointee.count)
        unsafe self.table.pointee.present |= 1 &<< UInt32(name.ordinal)
    }
}
