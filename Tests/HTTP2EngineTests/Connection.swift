// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine
import HTTPCore
import NIOCore
import NIOHPACK

/// What a session's owner saw.
enum Seen: Equatable {
    case headers(Int32)
    case data(Int32, Int)
    case request(Int32)
    case rejected(Int32, RequestRejection)
    case closed(Int32)
}

/// A session, its owner, and a client of its own HPACK and framing, in one process and without time.
final class Connection {
    let session: HTTP2Session
    var now = NIODeadline.uptimeNanoseconds(1_000_000_000)
    /// Everything the owner saw so far, in order.
    var seen: [Seen] = []
    /// Streams that were announced and are not closed.
    var streams: [Int32: HTTP2Stream] = [:]
    /// Called for each event after it was recorded.
    var onEvent: ((Connection, HTTP2Event) throws -> Void)?
    private var encoder = HPACKEncoder(allocator: ByteBufferAllocator())
    private var decoder = HPACKDecoder(allocator: ByteBufferAllocator())
    private var unread = ByteBuffer()
    /// How much DATA the session has allowed the client to send: by the connection, and by each stream.
    private(set) var connectionCredit = 65_535
    private var streamCredit: [Int32: Int] = [:]
    private let initialCredit: Int

    init(
        limits: HTTP2Limits = HTTP2Limits(), pool: HTTP2StreamPool = HTTP2StreamPool(),
        onEvent: ((Connection, HTTP2Event) throws -> Void)? = nil
    ) throws {
        self.session = try HTTP2Session(limits: limits, pool: pool)
        self.initialCredit = limits.streamWindow
        self.onEvent = onEvent
    }

    /// A connection whose prefaces and SETTINGS are exchanged, with nothing left to read.
    static func established(
        limits: HTTP2Limits = HTTP2Limits(), pool: HTTP2StreamPool = HTTP2StreamPool(),
        settings: [(UInt16, UInt32)] = [], onEvent: ((Connection, HTTP2Event) throws -> Void)? = nil
    ) throws -> Connection {
        let connection = try Connection(limits: limits, pool: pool, onEvent: onEvent)
        try connection.receive(Frame.preface)
        try connection.send(.settings(settings), .settingsAcknowledgement)
        _ = try connection.frames()
        return connection
    }

    // The client's side.

    func send(_ frames: Frame...) throws { try self.send(frames) }

    func send(_ frames: [Frame]) throws {
        var bytes = ByteBuffer()
        for frame in frames {
            bytes.writeImmutableBuffer(frame.bytes)
            guard frame.kind == .data else { continue }
            self.connectionCredit -= frame.payload.readableBytes
            self.streamCredit[frame.stream, default: self.initialCredit] -= frame.payload.readableBytes
        }
        try self.receive(bytes)
    }

    /// Encodes a header block with the client's dynamic table.
    func block(_ fields: [(String, String)]) throws -> ByteBuffer {
        try self.encoder.beginEncoding(allocator: ByteBufferAllocator())
        for (name, value) in fields { try self.encoder.append(header: name, value: value) }
        return try self.encoder.endEncoding()
    }

    static func fields(
        _ method: String = "GET", _ path: String = "/v1/strings/a", _ further: [(String, String)] = []
    ) -> [(String, String)] {
        [(":method", method), (":scheme", "http"), (":path", path), (":authority", "localhost")] + further
    }

    func request(
        _ stream: Int32, _ method: String = "GET", _ path: String = "/v1/strings/a",
        _ further: [(String, String)] = [], end: Bool = true
    ) throws {
        try self.send(.headers(stream, block: self.block(Connection.fields(method, path, further)), end: end))
    }

    /// Whether bodies are drained apart from frames.
    var leavesParts = false

    /// What the session has to say, as it goes to the peer.
    func drain(limit: Int) throws -> ByteBuffer {
        var output = ByteBuffer()
        guard self.leavesParts else {
            try self.session.drain(into: &output, limit: limit)
            return output
        }
        var parts: ContiguousArray<BodyPart> = []
        try self.session.drain(into: &output, parts: &parts, limit: limit)
        var joined = ByteBuffer()
        var position = 0
        for part in parts {
            joined.writeImmutableBuffer(output.getSlice(at: position, length: part.offset - position) ?? ByteBuffer())
            joined.writeImmutableBuffer(part.bytes)
            position = part.offset
        }
        joined.writeImmutableBuffer(
            output.getSlice(at: position, length: output.writerIndex - position) ?? ByteBuffer())
        return joined
    }

    /// Drains the session and reads what came, in order.
    func frames(limit: Int = .max) throws -> [Frame] {
        self.unread.writeImmutableBuffer(try self.drain(limit: limit))
        try self.takeEvents()
        var frames: [Frame] = []
        while let frame = Frame(from: &self.unread) {
            frames.append(frame)
            guard frame.kind == .windowUpdate else { continue }
            if frame.stream == 0 {
                self.connectionCredit += Int(frame.word)
            } else {
                self.streamCredit[frame.stream, default: self.initialCredit] += Int(frame.word)
            }
        }
        return frames
    }

    /// What the client may send on a stream now.
    func credit(_ stream: Int32) -> Int {
        min(self.connectionCredit, self.streamCredit[stream, default: self.initialCredit])
    }

    func decode(_ frame: Frame) throws -> [String: String] {
        var block = frame.payload
        var fields: [String: String] = [:]
        for field in try self.decoder.decodeHeaders(from: &block) { fields[field.name] = field.value }
        return fields
    }

    // The owner's side.

    func receive(_ bytes: ByteBuffer) throws {
        defer { try? self.takeEvents() }
        try self.session.receive(bytes, now: self.now)
    }

    func takeEvents() throws {
        while let event = self.session.nextEvent() {
            self.record(event)
            try self.onEvent?(self, event)
        }
    }

    func respond(
        _ stream: Int32,
        _ response: Response = Response(status: 200, contentType: .text, body: ByteBuffer(string: "ok"))
    ) throws {
        guard let stream = self.streams[stream] else { return }
        try self.session.respond(to: stream, with: response, requestID: .made(0x0123_4567_89ab_cdef))
    }

    private func record(_ event: HTTP2Event) {
        switch event {
        case .headersReceived(let stream):
            self.streams[stream.id] = stream
            self.seen.append(.headers(stream.id))
        case .dataReceived(let stream, let bytes):
            self.seen.append(.data(stream.id, bytes))
        case .requestReceived(let stream):
            self.streams[stream.id] = stream
            self.seen.append(.request(stream.id))
        case .requestRejected(let stream, let rejection):
            self.streams[stream.id] = stream
            self.seen.append(.rejected(stream.id, rejection))
        case .streamClosed(let stream):
            self.streams[stream.id] = nil
            self.seen.append(.closed(stream.id))
        }
    }
}
