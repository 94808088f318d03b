// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import CNGHTTP2
import HTTP2Engine
import HTTPCore
import NIOCore
import Testing

/// A client that reads the heads of responses with the decoder of libnghttp2, which insists on what RFC 7541 section 4.2 says of
/// changes of the table's size.
@safe final class HeadPeer {
    private let connection: Connection
    private let inflater: OpaquePointer
    private var nextStream: Int32 = 1
    /// The size of the last field block, and the number of frames that it came in.
    private(set) var blockBytes = 0
    private(set) var frameCount = 0

    init(tableBytes: UInt32? = nil) throws {
        self.connection = try Connection.established()
        var inflater: OpaquePointer?
        try #require(unsafe nghttp2_hd_inflate_new(&inflater) == 0)
        unsafe self.inflater = try #require(inflater)
        if let tableBytes { try self.limitTable([tableBytes]) }
    }

    deinit {
        unsafe nghttp2_hd_inflate_del(self.inflater)
    }

    /// Entries of the dynamic table.
    var tableEntries: Int { unsafe nghttp2_hd_inflate_get_num_table_entries(self.inflater) - 61 }

    /// Sends one SETTINGS frame that changes the size of the table, more than once maybe.
    func limitTable(_ sizes: [UInt32]) throws {
        try self.connection.send(.settings(sizes.map { (1, $0) }))
        #expect(try self.connection.frames().map(\.flags) == [Frame.acknowledgement])
        // What it was told last, and the least, as the decoder of a session is told.
        for size in [sizes.min() ?? 0, sizes.last ?? 0] {
            #expect(unsafe nghttp2_hd_inflate_change_table_size(self.inflater, Int(size)) == 0)
        }
    }

    /// Asks, is answered, and reads the answer's head.
    func head(of response: Response, isBrowser: Bool = false) throws -> [String] {
        let id = self.nextStream
        self.nextStream += 2
        try self.connection.request(id, "GET", "/", isBrowser ? [("origin", "null")] : [])
        try self.connection.respond(id, response)
        var frames = try self.connection.frames().filter { $0.kind == .headers || $0.kind == .continuation }
        #expect(frames.first?.kind == .headers && frames.dropFirst().allSatisfy { $0.kind == .continuation })
        #expect(frames.dropLast().allSatisfy { $0.flags & Frame.endHeaders == 0 && $0.payload.readableBytes == 16_384 })
        #expect(frames.last.map { $0.flags & Frame.endHeaders } == Frame.endHeaders)
        #expect(frames.dropFirst().allSatisfy { $0.flags & ~Frame.endHeaders == 0 && $0.stream == id })
        var block = ByteBuffer()
        for index in frames.indices { block.writeBuffer(&frames[index].payload) }
        self.blockBytes = block.readableBytes
        self.frameCount = frames.count
        return try self.inflate(block)
    }

    private func inflate(_ block: ByteBuffer) throws -> [String] {
        var bytes = Array(buffer: block)
        var fields: [String] = []
        var position = 0
        while true {
            var field = unsafe nghttp2_nv()
            var flags: Int32 = 0
            let count = unsafe bytes.withUnsafeMutableBufferPointer { bytes in
                unsafe nghttp2_hd_inflate_hd2(
                    self.inflater, &field, &flags, bytes.baseAddress.map { unsafe $0 + position },
                    bytes.count - position, 1)
            }
            try #require(count >= 0, "libnghttp2 says \(count)")
            position += count
            if flags & Int32(NGHTTP2_HD_INFLATE_EMIT.rawValue) != 0 {
                let name = unsafe UnsafeBufferPointer(start: field.name, count: field.namelen)
                let value = unsafe UnsafeBufferPointer(start: field.value, count: field.valuelen)
                fields.append(
                    unsafe "\(String(decoding: name, as: UTF8.self)): \(String(decoding: value, as: UTF8.self))")
            }
            if flags & Int32(NGHTTP2_HD_INFLATE_FINAL.rawValue) != 0 { break }
        }
        unsafe nghttp2_hd_inflate_end_headers(self.inflater)
        #expect(position == bytes.count)
        return fields
    }
}
