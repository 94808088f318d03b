// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// The dynamic table (RFC 7541 section 2.3.2) of a connection's responses. Only what stays the same from one response to the next
/// goes into it, once, and nothing is ever evicted: it has room for all of that, unless the peer wants it smaller.
///
/// It must be asked in the order in which the frames go out, because the peer's table follows that.
struct FieldTable {
    /// What the table may hold, each at most once.
    enum Entry {
        /// A `content-type` field.
        case contentType(ContentType)
        /// `x-content-type-options: nosniff`.
        case noSniff
        /// The name `x-request-id`, with the value that came with it first.
        case requestID

        var name: StaticString {
            switch self {
            case .contentType: "content-type"
            case .noSniff: "x-content-type-options"
            case .requestID: "x-request-id"
            }
        }

        /// The index of the name in the static table; nil: it is not there.
        var nameIndex: Int? {
            if case .contentType = self { StaticTable.contentType } else { nil }
        }

        /// The value; empty when it is new each time.
        var value: StaticString {
            switch self {
            case .contentType(let type): type.value
            case .noSniff: "nosniff"
            case .requestID: ""
            }
        }

        fileprivate var ordinal: Int {
            switch self {
            case .requestID: 0
            case .noSniff: 1
            case .contentType(let type): 2 &+ Int(type.rawValue)
            }
        }
    }

    /// For each entry, how many there were when it had come in; 0: it has not.
    private var places = InlineArray<16, UInt8>(repeating: 0)
    private var count: UInt8 = 0
    /// The size of all entries (RFC 7541 section 4.1), and how large it may become.
    private var size = 0
    private var capacity = Self.defaultCapacity
    /// Whether the next field block has to empty the peer's table, and to say how large it may become (RFC 7541 section 4.2).
    private var mustUpdate = false

    /// The size that both sides start with (RFC 9113 section 6.5.2). More is of no use.
    private static let defaultCapacity = 4096
    /// What an entry costs beyond its name and value (RFC 7541 section 4.1).
    private static let overheadBytes = 32

    /// The peer has changed the size of the table that it keeps (SETTINGS_HEADER_TABLE_SIZE).
    /// - Parameters:
    ///   - smallest: Of the values that it has sent since the last call.
    ///   - last: Of these.
    mutating func limit(smallest: UInt32, last: UInt32) {
        let capacity = Int(min(last, UInt32(Self.defaultCapacity)))
        guard smallest < UInt32(self.capacity) || capacity != self.capacity else { return }
        self.capacity = capacity
        self.mustUpdate = true
        self.places = InlineArray(repeating: 0)
        self.count = 0
        self.size = 0
    }

    /// Writes what has to stand at the beginning of a field block.
    mutating func begin(_ writer: inout FieldBlockWriter) {
        guard self.mustUpdate else { return }
        self.mustUpdate = false
        writer.integer(0, bits: 5, pattern: 0x20)
        if self.capacity > 0 { writer.integer(self.capacity, bits: 5, pattern: 0x20) }
    }

    /// The index of an entry; nil when it is not in the table.
    @inline(__always)
    func index(of entry: Entry) -> Int? {
        let place = self.places[entry.ordinal]
        return place == 0 ? nil : StaticTable.count &+ 1 &+ Int(self.count &- place)
    }

    /// An entry is about to be sent in full.
    /// - Parameters:
    ///   - entry: It is not in the table yet.
    ///   - bytes: Of its name and value.
    /// - Returns: Whether it comes into the table: it is to be sent with incremental indexing (RFC 7541 section 6.2.1).
    mutating func insert(_ entry: Entry, bytes: Int) -> Bool {
        let size = bytes + Self.overheadBytes
        guard self.size + size <= self.capacity else { return false }
        self.size += size
        self.count &+= 1
        self.places[entry.ordinal] = self.count
        return true
    }
}
