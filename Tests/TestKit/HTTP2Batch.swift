// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import NIOHPACK

/// An HTTP/2 connection whose frames are made by hand, so that many requests leave in one write.
package final class HTTP2Batch {
    private let connection: RawConnection
    private var decoder = HPACKDecoder(allocator: ByteBufferAllocator())
    private var received = ByteBuffer()
    /// The connection's window is opened wide: no more is said of it.
    private var output: [UInt8] =
        HTTP2Bytes.preface + HTTP2Bytes.settings + HTTP2Bytes.frame(8, 0, 0, HTTP2Bytes.bytes(1 << 30))
    private var nextStream: UInt32 = 1
    /// What has come of each response so far.
    private var answers: [UInt32: TestResponse] = [:]
    private var complete: Set<UInt32> = []

    package init?(port: Int) {
        guard let connection = RawConnection(port: port) else { return nil }
        self.connection = connection
    }

    /// Adds a request to the batch.
    /// - Returns: The stream's identifier.
    @discardableResult
    package func add(_ method: String, _ path: String, body: [UInt8]? = nil, isComplete: Bool = true) -> UInt32 {
        let stream = self.nextStream
        self.nextStream += 2
        // Literals that are not indexed, of names in the static table: `:method`, `:path`, `:authority`.
        let block =
            [0x02, UInt8(method.utf8.count)] + Array(method.utf8) + [0x86, 0x04, UInt8(path.utf8.count)]
            + Array(path.utf8) + [0x01, 0x09] + Array("localhost".utf8)
        self.output += HTTP2Bytes.frame(1, body == nil ? 5 : 4, stream, block)
        if let body { self.output += HTTP2Bytes.frame(0, isComplete ? 1 : 0, stream, body) }
        return stream
    }

    /// Adds the rest of a request's body.
    package func add(_ body: [UInt8], to stream: UInt32) {
        self.output += HTTP2Bytes.frame(0, 1, stream, body)
    }

    /// Adds RST_STREAM (CANCEL).
    package func reset(_ stream: UInt32) {
        self.output += HTTP2Bytes.frame(3, 0, stream, HTTP2Bytes.bytes(8))
    }

    /// Sends what was added, in one write.
    package func send() {
        self.connection.send(self.output)
        self.output = []
    }

    /// The complete response of a stream; nil if it does not come in time.
    package func answer(_ stream: UInt32, seconds: Double = 10) -> TestResponse? {
        let end = Wait.now() + seconds
        while !self.complete.contains(stream) {
            guard Wait.now() < end, let bytes = self.connection.receive(seconds: end - Wait.now()), !bytes.isEmpty
            else { return nil }
            self.received.writeBytes(bytes)
            while self.takeFrame() {}
        }
        self.complete.remove(stream)
        return self.answers.removeValue(forKey: stream)
    }

    private func takeFrame() -> Bool {
        let start = self.received.readerIndex
        guard let head = self.received.getInteger(at: start, as: UInt32.self),
            self.received.readableBytes >= 9 + Int(head >> 8),
            let flags: UInt8 = self.received.getInteger(at: start + 4),
            let stream: UInt32 = self.received.getInteger(at: start + 5)
        else { return false }
        self.received.moveReaderIndex(forwardBy: 9)
        guard var payload = self.received.readSlice(length: Int(head >> 8)) else { return false }
        switch head & 0xFF {
        case 0: self.answers[stream]?.body += Array(buffer: payload)
        case 1: self.answers[stream] = self.response(&payload)
        default: return true
        }
        if flags & 1 != 0 { self.complete.insert(stream) }
        return true
    }

    private func response(_ block: inout ByteBuffer) -> TestResponse {
        let headers = try? self.decoder.decodeHeaders(from: &block)
        var fields: [String: String] = [:]
        for field in headers ?? [:] { fields[field.name] = field.value }
        return TestResponse(status: Int(fields[":status"] ?? "") ?? 0, fields: fields, body: [])
    }
}
