// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTP2Engine
import HTTPCore
import NIOCore
import Testing

@Suite("Input in pieces")
struct SplitTests {
    /// A connection's input with something of everything.
    private static func script() throws -> ByteBuffer {
        let client = try Connection()
        var frames: [Frame] = [.settings([(4, 1000)])]
        frames += Frame.headers(
            1, block: try client.block(Connection.fields("GET", "/v1/strings/a", [("accept", "text/plain")])),
            end: true, continuations: 1)
        frames.append(
            .headers(
                3, block: try client.block(Connection.fields("PUT", "/v1/strings/b", [("content-length", "8")])),
                end: false))
        frames.append(.ping())
        frames.append(.data(3, ByteBuffer(string: "abcd"), padding: 5))
        frames.append(.headers(5, block: try client.block(Connection.fields("POST", "/v1/commands")), end: false))
        frames.append(.data(3, ByteBuffer(string: "efgh"), end: true))
        frames.append(.windowUpdate(0, by: 1000))
        frames.append(.data(5, ByteBuffer(string: "[]")))
        frames.append(.headers(5, block: try client.block([("x-checksum", "1")]), end: true))
        frames.append(.headers(7, block: Frame.literalBlock([("Upper", "1")]), end: true))
        frames.append(.headers(9, block: try client.block(Connection.fields("GET", "/cut")), end: true))
        frames.append(.reset(9))
        frames.append(.priority(11))
        var bytes = Frame.preface
        for frame in frames { bytes.writeImmutableBuffer(frame.bytes) }
        return bytes
    }

    /// What the owner sees of the input in the given pieces: events, with adjoining data reports joined, and bodies.
    private static func outcome(_ pieces: [ByteBuffer]) throws -> [String] {
        var lines: [String] = []
        let connection = try Connection { _, event in
            if case .requestReceived(let stream) = event {
                lines.append("\(stream.id) \(stream.fields.string(.path) ?? "") \(String(buffer: stream.body))")
            }
        }
        for piece in pieces { try connection.receive(piece) }
        var data: [Int32: Int] = [:]
        for seen in connection.seen {
            if case .data(let stream, let bytes) = seen {
                data[stream, default: 0] += bytes
            } else {
                lines.append("\(seen)")
            }
        }
        return lines + data.sorted { $0.key < $1.key }.map { "\($0)" }
    }

    @Test("Cut in two at any byte, or into single bytes, the input gives the same events")
    func everySplit() throws {
        let input = try Self.script()
        let whole = try Self.outcome([input])
        #expect(whole.count == 4 + 7 + 2)
        for index in 1..<input.readableBytes {
            var rest = input
            let first = rest.readSlice(length: index) ?? ByteBuffer()
            let cut = try Self.outcome([first, rest])
            #expect(cut == whole, "cut at \(index)")
        }
        let bytes = input.readableBytesView.map { ByteBuffer(integer: $0) }
        #expect(try Self.outcome(bytes) == whole)
    }

    @Test("Cut off at any byte, the input leaves a session that closes in order")
    func everyTruncation() throws {
        let input = try Self.script()
        for length in 0..<input.readableBytes {
            let connection = try Connection()
            try connection.receive(input.getSlice(at: input.readerIndex, length: length) ?? ByteBuffer())
            connection.session.close()
            try connection.takeEvents()
            #expect(connection.session.openStreams == 0)
            #expect(connection.streams.isEmpty)
        }
    }
}
