// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore

/// The head of a response on its way: what stands in the compression table of the connection is looked up when the head's turn
/// has come, and everything else has been written by then.
struct ResponseHead {
    private var status: UInt16 = 0
    private var contentType: ContentType?
    private var forbidsSniffing = false
    /// Where the rest of the field block lies among the values of the request's fields: the value of `x-request-id`, then all
    /// further fields.
    private var rest: Range<Int> = 0..<0
    private var identityBytes = 0

    /// Before there is one.
    init() {}

    /// Writes what does not depend on the compression table.
    /// - Parameters:
    ///   - response: The response.
    ///   - requestID: The request's identity.
    ///   - fields: Of the request. They hold the identity, if the caller gave it; tell a browser; and get what is written.
    @inline(__always)
    mutating func compose(_ response: borrowing Response, requestID: RequestID, fields: RequestFields) {
        self.status = UInt16(truncatingIfNeeded: response.status)
        self.contentType = response.contentType
        // A field costs the peer time: only browsers sniff.
        self.forbidsSniffing = response.contentType != nil && fields.isOfBrowser
        var identityBytes = Hexadecimal.byteCount
        if case .taken = requestID { identityBytes = fields.range(.requestID).count }
        self.identityBytes = identityBytes
        var room = FieldBlockWriter.integerBytes + identityBytes + Self.lengthBytes + Self.tagBytes
        // By index: an iterator would count a reference to the array, and most responses have no further field.
        for index in response.fields.indices { room += response.fields[index].blockBytes }
        self.rest = unsafe fields.withRoom(room) { memory in
            var writer = unsafe FieldBlockWriter(memory)
            switch requestID {
            case .made(let number): writer.string(hexadecimal: number)
            case .taken: fields.withValue(of: .requestID) { unsafe $0.withUnsafeBytes { unsafe writer.string($0) } }
            }
            if !response.isBodiless, !response.isStreamed {
                writer.integer(StaticTable.contentLength, bits: 4)
                writer.string(decimal: max(0, response.contentLength ?? response.body.readableBytes))
            }
            if let tag = response.tag {
                writer.integer(StaticTable.etag, bits: 4)
                writer.string(tag)
            }
            for index in response.fields.indices { response.fields[index].write(to: &writer) }
            return unsafe writer.next - memory
        }
    }

    private static let lengthBytes = 3 + FieldBlockWriter.decimalDigits
    private static let tagBytes = 3 + ValueTag.byteLimit

    /// What ``write(to:table:fields:)`` writes at most.
    @inline(__always)
    var blockBytes: Int { Self.tableBytes &+ self.rest.count }

    /// Room for what depends on the table, if nothing is in it: changes of its size, the status, two fields and a name.
    private static let tableBytes = 256

    /// Writes the field block.
    /// - Parameters:
    ///   - writer: Has room for ``blockBytes``.
    ///   - table: The connection's.
    ///   - fields: The same as for ``compose(_:requestID:fields:)``.
    @inline(__always)
    func write(to writer: inout FieldBlockWriter, table: inout FieldTable, fields: RequestFields) {
        table.begin(&writer)
        writer.status(self.status)
        if let type = self.contentType { writer.constant(.contentType(type), table: &table) }
        if self.forbidsSniffing { writer.constant(.noSniff, table: &table) }
        writer.name(.requestID, valueBytes: self.identityBytes, table: &table)
        fields.withSpan { bytes in
            unsafe bytes.extracting(self.rest).withUnsafeBytes { unsafe writer.bytes($0) }
        }
    }

    /// Writes the field block of `100 (Continue)`.
    static func writeContinue(to writer: inout FieldBlockWriter, table: inout FieldTable) {
        table.begin(&writer)
        writer.status(100)
    }
}

extension FieldBlockWriter {
    @inline(__always)
    fileprivate mutating func status(_ status: UInt16) {
        if let index = StaticTable.index(status: status) { return self.indexed(index) }
        self.integer(StaticTable.status, bits: 4)
        self.byte(3)
        self.byte(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: status / 100 % 10))
        self.byte(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: status / 10 % 10))
        self.byte(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: status % 10))
    }

    @inline(__always)
    private mutating func indexed(_ index: Int) {
        self.integer(index, bits: 7, pattern: 0x80)
    }

    /// A field that is the same each time.
    @inline(__always)
    fileprivate mutating func constant(_ entry: FieldTable.Entry, table: inout FieldTable) {
        if let index = table.index(of: entry) { return self.indexed(index) }
        self.name(of: entry, valueBytes: entry.value.utf8CodeUnitCount, table: &table)
        self.string(entry.value)
    }

    /// The name of a field whose value is new each time, and follows.
    @inline(__always)
    fileprivate mutating func name(_ entry: FieldTable.Entry, valueBytes: Int, table: inout FieldTable) {
        if let index = table.index(of: entry) { return self.integer(index, bits: 4) }
        self.name(of: entry, valueBytes: valueBytes, table: &table)
    }

    /// The name of a field that comes into the table, if there is room.
    @inline(never)
    private mutating func name(of entry: FieldTable.Entry, valueBytes: Int, table: inout FieldTable) {
        if table.insert(entry, bytes: entry.name.utf8CodeUnitCount + valueBytes) {
            self.integer(entry.nameIndex ?? 0, bits: 6, pattern: 0x40)
        } else {
            self.integer(entry.nameIndex ?? 0, bits: 4)
        }
        if entry.nameIndex == nil { self.string(entry.name) }
    }
}

extension ResponseField {
    /// What ``write(to:)`` writes at most.
    fileprivate var blockBytes: Int {
        1 + 2 * FieldBlockWriter.integerBytes + self.name.value.utf8CodeUnitCount + self.value.utf8.count
    }

    /// Writes the field so that it stays out of the compression table.
    fileprivate func write(to writer: inout FieldBlockWriter) {
        if let index = StaticTable.index(of: self.name) {
            writer.integer(index, bits: 4)
        } else {
            writer.byte(0)
            writer.string(self.name.value)
        }
        var value = self.value
        value.withUTF8 { unsafe writer.string(UnsafeRawBufferPointer($0)) }
    }
}
