// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore

/// Reads a chunked body (RFC 9112 section 7.1). Extensions and trailers are read and dropped.
struct ChunkedDecoder {
    /// What a step came to.
    enum Step {
        case needsMore
        /// Bytes of the body.
        case data(ByteBuffer)
        case complete
        case rejected(RequestRejection)
    }

    private enum State {
        /// At the line with the chunk's size.
        case size
        /// Inside a chunk, this many bytes before its end.
        case data(Int)
        /// At the CRLF behind a chunk.
        case dataEnd
        case trailers
    }

    private var state = State.size
    /// No LF lies in the input before here.
    private var scanned = 0
    private var bodyBytes = 0
    private var trailerBytes = 0

    mutating func next(_ input: inout ByteBuffer, limits: HTTP1Limits) -> Step {
        while true {
            switch self.state {
            case .size:
                guard let line = self.line(input, limit: limits.chunkHeaderBytes) else { return .needsMore }
                guard line >= 0 else { return .rejected(.malformed) }
                guard let size = Self.size(input.readableBytesUInt8Span.extracting(0..<line)) else {
                    return .rejected(.malformed)
                }
                input.moveReaderIndex(forwardBy: line + 2)
                guard size <= limits.bodyBytes - self.bodyBytes else { return .rejected(.bodyTooLarge) }
                self.bodyBytes += size
                self.state = size == 0 ? .trailers : .data(size)
            case .data(let rest):
                let count = min(rest, input.readableBytes)
                guard count > 0, let data = input.readSlice(length: count) else { return .needsMore }
                self.state = count == rest ? .dataEnd : .data(rest - count)
                return .data(data)
            case .dataEnd:
                guard input.readableBytes >= 2 else { return .needsMore }
                guard input.readInteger(as: UInt16.self) == 0x0D0A else { return .rejected(.malformed) }
                self.state = .size
            case .trailers:
                let room = limits.trailerBytes - self.trailerBytes
                guard let line = self.line(input, limit: room) else { return .needsMore }
                guard line >= 0 else {
                    return .rejected(line == Self.tooLong ? .headerFieldsTooLarge : .malformed)
                }
                let isField = Self.isField(input.readableBytesUInt8Span.extracting(0..<line))
                input.moveReaderIndex(forwardBy: line + 2)
                if line == 0 { return .complete }
                guard isField else { return .rejected(.malformed) }
                self.trailerBytes += line + 2
            }
        }
    }

    /// What ``line(_:limit:)`` says instead of a length.
    private static let malformed = -1
    private static let tooLong = -2

    /// The length of the line at the start of the input, without CRLF; nil if it is not complete, ``malformed``, or
    /// ``tooLong`` if it has more than `limit` bytes.
    private mutating func line(_ input: ByteBuffer, limit: Int) -> Int? {
        let bytes = input.readableBytesUInt8Span
        var index = self.scanned
        while index < bytes.count, bytes[index] != 0x0A {
            index += 1
        }
        guard index <= limit + 1 else { return Self.tooLong }
        guard index < bytes.count else {
            self.scanned = index
            return nil
        }
        self.scanned = 0
        guard index > 0, bytes[index - 1] == 0x0D else { return Self.malformed }
        return index - 1
    }

    /// `1*HEXDIG [ ";" extension ]`; nil for anything else.
    private static func size(_ line: Span<UInt8>) -> Int? {
        var size = 0
        var index = 0
        while index < line.count, let digit = Self.hexadecimal(line[index]) {
            guard size <= Int.max >> 5 else { return nil }
            size = size << 4 | Int(digit)
            index += 1
        }
        guard index > 0 else { return nil }
        if index == line.count { return size }
        guard line[index] == UInt8(ascii: ";") else { return nil }
        for position in index..<line.count where !HTTP1Character.isValue(line[position]) {
            return nil
        }
        return size
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// Whether a trailer line has the shape of a field.
    private static func isField(_ line: Span<UInt8>) -> Bool {
        var colon = 0
        while colon < line.count, HTTP1Character.isToken(line[colon]) {
            colon += 1
        }
        guard colon > 0, colon < line.count, line[colon] == UInt8(ascii: ":") else { return false }
        for index in colon + 1..<line.count where !HTTP1Character.isValue(line[index]) {
            return false
        }
        return true
    }
}
