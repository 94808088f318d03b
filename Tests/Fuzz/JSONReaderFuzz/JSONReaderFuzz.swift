// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import JSONCodec
import NIOCore

/// Reads bytes as JSON, writes what was read, and reads that again: the tokens must be the same. The same bytes go through
/// the writer's strings and through base64.
///
/// The first byte chooses the depth limit. An invariant that does not hold traps.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSONReader(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    guard let first = input.first else { return 0 }
    let text = ByteBuffer(bytes: input.dropFirst())
    let depthLimit = Int(first & 63) + 1
    let reading = Reading(text, depthLimit: depthLimit)
    checkPlace(text, reading, depthLimit: depthLimit)
    checkSkipping(text, reading, depthLimit: depthLimit)
    if reading.error == nil {
        let again = Reading(reading.written, depthLimit: depthLimit)
        precondition(again.error == nil, "what was written cannot be read")
        precondition(again.tokens == reading.tokens, "what was written is something else")
    }
    checkWriter(text)
    checkBase64(text)
    return 0
}

private struct Reading {
    var tokens: [JSONReader.Token] = []
    var error: JSONError?

    init(_ text: ByteBuffer, depthLimit: Int) {
        var reader = JSONReader(text, depthLimit: depthLimit)
        var depth = 0
        do throws(JSONError) {
            while self.tokens.last != .end {
                let token = try reader.next()
                self.tokens.append(token)
                switch token {
                case .beginObject, .beginArray: depth += 1
                case .endObject, .endArray: depth -= 1
                case .name(let bytes), .string(let bytes):
                    precondition(JSONWriter.isUTF8(bytes.readableBytesUInt8Span), "a string is not UTF-8")
                case .number(let bytes):
                    precondition(JSONNumber.isNumber(bytes.readableBytesUInt8Span), "a number is none")
                case .bool, .null, .end: break
                }
                precondition(0...depthLimit ~= depth, "deeper than allowed")
                precondition(self.tokens.count <= text.readableBytes + 1, "more tokens than bytes")
            }
            precondition(depth == 0, "something is still open")
            let after = try reader.next()
            precondition(after == .end, "there is something after the end")
        } catch {
            self.error = error
            precondition(0...text.readableBytes ~= error.offset, "an error lies outside of the text")
        }
    }

    /// The tokens as text.
    var written: ByteBuffer {
        var writer = JSONWriter()
        for token in self.tokens {
            switch token {
            case .beginObject: writer.beginObject()
            case .endObject: writer.endObject()
            case .beginArray: writer.beginArray()
            case .endArray: writer.endArray()
            case .name(let name): writer.name(utf8: name)
            case .string(let string): writer.string(replacing: string)
            case .number(let text): writer.number(text: text)
            case .bool(let value): writer.bool(value)
            case .null: writer.null()
            case .end: break
            }
        }
        return writer.buffer
    }
}

/// A text that lies inside a larger buffer reads the same.
private func checkPlace(_ text: ByteBuffer, _ reading: Reading, depthLimit: Int) {
    var larger = ByteBuffer(string: "[[\"")
    larger.writeImmutableBuffer(text)
    larger.writeString("\"]1")
    guard let slice = larger.getSlice(at: 3, length: text.readableBytes) else { return }
    larger.moveReaderIndex(to: 3)
    larger.moveWriterIndex(to: 3 + text.readableBytes)
    for place in [slice, larger] {
        let other = Reading(place, depthLimit: depthLimit)
        precondition(other.tokens == reading.tokens && other.error == reading.error, "the place in the buffer matters")
    }
}

/// Skipping a value finds the same faults as reading it.
private func checkSkipping(_ text: ByteBuffer, _ reading: Reading, depthLimit: Int) {
    var reader = JSONReader(text, depthLimit: depthLimit)
    do throws(JSONError) {
        try reader.skipValue()
        let after = try reader.next()
        precondition(after == .end, "a part of the value was not skipped")
        precondition(reading.error == nil, "skipping missed a fault")
    } catch {
        precondition(reading.error == error, "skipping found another fault")
    }
}

/// Any bytes can be written, and come back.
private func checkWriter(_ bytes: ByteBuffer) {
    var writer = JSONWriter()
    writer.beginArray()
    writer.bytes(bytes)
    writer.string(replacing: bytes)
    writer.base64(bytes)
    writer.endArray()
    let reading = Reading(writer.buffer, depthLimit: 2)
    precondition(reading.error == nil, "the writer wrote no JSON")
    let replaced = JSONReader.Token.string(ByteBuffer(string: String(buffer: bytes)))
    var base64 = ByteBuffer()
    Base64.encode(bytes.readableBytesUInt8Span, into: &base64)
    var expected: [JSONReader.Token] = [.beginArray]
    if JSONWriter.isUTF8(bytes.readableBytesUInt8Span) {
        expected.append(.string(bytes))
    } else {
        expected += [.beginObject, .name(ByteBuffer(string: "base64")), .string(base64), .endObject]
    }
    expected += [replaced, .string(base64), .endArray, .end]
    precondition(reading.tokens == expected, "the writer wrote something else")
}

/// Encoding and decoding are inverse, and no two texts stand for the same bytes, padding aside.
private func checkBase64(_ bytes: ByteBuffer) {
    var encoded = ByteBuffer()
    Base64.encode(bytes.readableBytesUInt8Span, into: &encoded)
    precondition(Base64.decode(encoded.readableBytesUInt8Span) == bytes, "base64 does not come back")
    for isURL in [false, true] {
        guard let decoded = Base64.decode(bytes.readableBytesUInt8Span, isURL: isURL) else { continue }
        var again = ByteBuffer()
        Base64.encode(decoded.readableBytesUInt8Span, into: &again)
        let text = Array(bytes.readableBytesView).map(standardLetter).filter { $0 != UInt8(ascii: "=") }
        precondition(Array(again.readableBytesView).filter { $0 != UInt8(ascii: "=") } == text, "base64 is ambiguous")
    }
}

private func standardLetter(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "-"): UInt8(ascii: "+")
    case UInt8(ascii: "_"): UInt8(ascii: "/")
    default: letter
    }
}
