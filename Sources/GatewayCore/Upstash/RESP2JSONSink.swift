// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore

/// A RESP2 reply as JSON: strings as they are, with U+FFFD for what is not UTF-8, or in base64. Of statuses a plain OK that is a
/// whole reply stays as it is in base64, too; one inside of an array does not.
struct RESP2JSONSink: RESP2Sink {
    var writer: JSONWriter
    let isBase64: Bool

    mutating func integer(_ digits: ByteBuffer) {
        // `:+5` is an integer of RESP, and none of JSON.
        if digits.readableBytesUInt8Span.starts(with: "+") {
            self.writer.number(
                text: digits.getSlice(at: digits.readerIndex + 1, length: digits.readableBytes - 1) ?? digits)
        } else {
            self.writer.number(text: digits)
        }
    }

    mutating func flag(_ value: Bool) {
        self.writer.integer(value ? 1 : 0)
    }

    mutating func status(_ text: ByteBuffer, isWhole: Bool) {
        if isWhole, text.readableBytesUInt8Span.equals("OK") {
            self.writer.string("OK" as StaticString)
        } else {
            self.bulk(text)
        }
    }

    mutating func bulk(_ bytes: ByteBuffer) {
        if self.isBase64 { self.writer.base64(bytes) } else { self.writer.string(replacing: bytes) }
    }

    mutating func error(_ text: ByteBuffer) {
        self.bulk(text)
    }

    mutating func null(isArray: Bool) {
        self.writer.null()
    }

    mutating func beginArray(count: Int) {
        self.writer.beginArray()
    }

    mutating func endArray() {
        self.writer.endArray()
    }
}
