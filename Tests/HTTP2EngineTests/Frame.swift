// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import NIOHPACK

/// One frame as the test's client writes or reads it (RFC 9113 section 4.1).
struct Frame: Equatable {
    enum Kind: UInt8 {
        case data = 0
        case headers = 1
        case priority = 2
        case resetStream = 3
        case settings = 4
        case pushPromise = 5
        case ping = 6
        case goAway = 7
        case windowUpdate = 8
        case continuation = 9
    }

    static let endStream: UInt8 = 0x1
    static let acknowledgement: UInt8 = 0x1
    static let endHeaders: UInt8 = 0x4
    static let padded: UInt8 = 0x8

    var type: UInt8
    var flags: UInt8 = 0
    var stream: Int32 = 0
    var payload = ByteBuffer()

    var kind: Kind? { Kind(rawValue: self.type) }
    var endsStream: Bool { self.flags & Frame.endStream != 0 }
    /// The error code of RST_STREAM, or the first word of any other payload.
    var word: UInt32 { self.payload.getInteger(at: self.payload.readerIndex) ?? .max }
    /// The error code of GOAWAY.
    var secondWord: UInt32 { self.payload.getInteger(at: self.payload.readerIndex + 4) ?? .max }

    var bytes: ByteBuffer {
        var buffer = ByteBuffer()
        let length = UInt32(self.payload.readableBytes)
        buffer.writeInteger(UInt8(truncatingIfNeeded: length >> 16))
        buffer.writeInteger(UInt16(truncatingIfNeeded: length))
        buffer.writeInteger(self.type)
        buffer.writeInteger(self.flags)
        buffer.writeInteger(self.stream)
        buffer.writeImmutableBuffer(self.payload)
        return buffer
    }

    init(_ kind: Kind, flags: UInt8 = 0, stream: Int32 = 0, payload: ByteBuffer = ByteBuffer()) {
        self.type = kind.rawValue
        self.flags = flags
        self.stream = stream
        self.payload = payload
    }

    init(type: UInt8, flags: UInt8, stream: Int32, payload: ByteBuffer) {
        self.type = type
        self.flags = flags
        self.stream = stream
        self.payload = payload
    }

    /// Takes one whole frame from the front of `buffer`.
    init?(from buffer: inout ByteBuffer) {
        let start = buffer.readerIndex
        guard let high: UInt8 = buffer.getInteger(at: start), let low: UInt16 = buffer.getInteger(at: start + 1),
            buffer.readableBytes >= 9 + Int(high) << 16 + Int(low)
        else { return nil }
        buffer.moveReaderIndex(forwardBy: 3)
        guard let type: UInt8 = buffer.readInteger(), let flags: UInt8 = buffer.readInteger(),
            let stream: Int32 = buffer.readInteger(), let payload = buffer.readSlice(length: Int(high) << 16 + Int(low))
        else { return nil }
        self.init(type: type, flags: flags, stream: stream & 0x7FFF_FFFF, payload: payload)
    }
}

extension Frame {
    static let preface = ByteBuffer(string: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")

    static func settings(_ values: [(UInt16, UInt32)] = []) -> Frame {
        var payload = ByteBuffer()
        for (name, value) in values {
            payload.writeInteger(name)
            payload.writeInteger(value)
        }
        return Frame(.settings, payload: payload)
    }

    static let settingsAcknowledgement = Frame(.settings, flags: Frame.acknowledgement)

    static func ping(_ number: UInt64 = 7) -> Frame {
        Frame(.ping, payload: ByteBuffer(integer: number))
    }

    static func reset(_ stream: Int32, code: UInt32 = 8) -> Frame {
        Frame(.resetStream, stream: stream, payload: ByteBuffer(integer: code))
    }

    static func windowUpdate(_ stream: Int32, by bytes: UInt32) -> Frame {
        Frame(.windowUpdate, stream: stream, payload: ByteBuffer(integer: bytes))
    }

    static func priority(_ stream: Int32) -> Frame {
        var payload = ByteBuffer()
        payload.writeInteger(UInt32(0))
        payload.writeInteger(UInt8(15))
        return Frame(.priority, stream: stream, payload: payload)
    }

    static func data(_ stream: Int32, _ bytes: ByteBuffer, end: Bool = false, padding: UInt8? = nil) -> Frame {
        var payload = ByteBuffer()
        if let padding { payload.writeInteger(padding) }
        payload.writeImmutableBuffer(bytes)
        payload.writeRepeatingByte(0, count: Int(padding ?? 0))
        let flags = (end ? Frame.endStream : 0) | (padding == nil ? 0 : Frame.padded)
        return Frame(.data, flags: flags, stream: stream, payload: payload)
    }

    static func headers(_ stream: Int32, block: ByteBuffer, end: Bool) -> Frame {
        Frame(.headers, flags: Frame.endHeaders | (end ? Frame.endStream : 0), stream: stream, payload: block)
    }

    /// A header block cut into a HEADERS frame and `continuations` CONTINUATION frames of about the same size.
    static func headers(_ stream: Int32, block: ByteBuffer, end: Bool, continuations: Int) -> [Frame] {
        var rest = block
        let size = max(1, block.readableBytes / (continuations + 1))
        var frames: [Frame] = []
        for index in 0...continuations {
            let isLast = index == continuations
            let payload = rest.readSlice(length: isLast ? rest.readableBytes : min(size, rest.readableBytes))
            var frame = Frame(index == 0 ? .headers : .continuation, stream: stream, payload: payload ?? ByteBuffer())
            if index == 0, end { frame.flags |= Frame.endStream }
            if isLast { frame.flags |= Frame.endHeaders }
            frames.append(frame)
        }
        return frames
    }

    /// A header block of literals that are not indexed, in plain octets: whatever is put in gets on the wire.
    static func literalBlock(_ fields: [(String, String)]) -> ByteBuffer {
        var block = ByteBuffer()
        for (name, value) in fields {
            block.writeInteger(UInt8(0))
            Frame.writeLiteral(Array(name.utf8), to: &block)
            Frame.writeLiteral(Array(value.utf8), to: &block)
        }
        return block
    }

    /// An HPACK string literal without Huffman coding (RFC 7541 section 5.2).
    static func writeLiteral(_ octets: [UInt8], to block: inout ByteBuffer) {
        if octets.count < 127 {
            block.writeInteger(UInt8(octets.count))
        } else {
            block.writeInteger(UInt8(127))
            var rest = octets.count - 127
            while rest >= 128 {
                block.writeInteger(UInt8(rest & 127 | 128))
                rest >>= 7
            }
            block.writeInteger(UInt8(rest))
        }
        block.writeBytes(octets)
    }
}
