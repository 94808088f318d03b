// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// A RESP2 reply in its wire form.
struct RESP2WireSink: RESP2Sink {
    var buffer: ByteBuffer

    mutating func integer(_ digits: ByteBuffer) {
        self.line(":", digits)
    }

    mutating func flag(_ value: Bool) {
        self.buffer.writeStaticString(value ? ":1\r\n" : ":0\r\n")
    }

    mutating func status(_ text: ByteBuffer, isWhole: Bool) {
        self.line("+", text)
    }

    mutating func bulk(_ bytes: ByteBuffer) {
        self.head("$", bytes.readableBytes)
        self.buffer.writeImmutableBuffer(bytes)
        self.buffer.writeStaticString("\r\n")
    }

    mutating func error(_ text: ByteBuffer) {
        self.line("-", text)
    }

    mutating func null(isArray: Bool) {
        self.buffer.writeStaticString(isArray ? "*-1\r\n" : "$-1\r\n")
    }

    mutating func beginArray(count: Int) {
        self.head("*", count)
    }

    mutating func endArray() {}

    private mutating func line(_ mark: StaticString, _ text: ByteBuffer) {
        self.buffer.writeStaticString(mark)
        self.buffer.writeImmutableBuffer(text)
        self.buffer.writeStaticString("\r\n")
    }

    private mutating func head(_ mark: StaticString, _ count: Int) {
        self.buffer.writeStaticString(mark)
        self.buffer.writeString(String(count))
        self.buffer.writeStaticString("\r\n")
    }
}
