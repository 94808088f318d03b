// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import CNGHTTP2
import HTTPCore
import NIOCore

/// Writes the fields of a response for libnghttp2: constants by reference, everything else into scratch memory on the stack,
/// from where libnghttp2 copies it.
struct ResponseHead {
    private let response: Response
    private let requestID: RequestID
    private let request: RequestFields
    private let length: Int?

    init(_ response: Response, requestID: RequestID, request: RequestFields) {
        self.response = response
        self.requestID = requestID
        self.request = request
        self.length = response.isBodiless ? nil : max(0, response.contentLength ?? response.body.readableBytes)
    }

    /// Calls `body` with the fields, which are valid during the call only.
    func withFields(_ body: (UnsafeMutableBufferPointer<nghttp2_nv>) -> Int32) -> Int32 {
        unsafe withUnsafeTemporaryAllocation(of: nghttp2_nv.self, capacity: self.response.fields.count + 4) { fields in
            unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: self.textBytes) { text in
                var writer = unsafe Writer(fields: fields, text: text)
                self.write(to: &writer)
                return unsafe body(UnsafeMutableBufferPointer(rebasing: fields.prefix(writer.fieldCount)))
            }
        }
    }

    /// The status, `content-length`, the request's identity, and the values of the further fields.
    private var textBytes: Int {
        var bytes = 3 + 20 + max(16, self.request.range(.requestID).count)
        for field in self.response.fields {
            bytes += field.value.utf8.count
        }
        return bytes
    }

    private func write(to writer: inout Writer) {
        writer.append(":status", decimal: self.response.status)
        if let contentType = self.response.contentType {
            writer.append("content-type", constant: contentType.value)
        }
        if let length = self.length {
            writer.append("content-length", decimal: length)
        }
        switch self.requestID {
        case .made(let number):
            writer.append("x-request-id", hexadecimal: number)
        case .taken:
            if let value = self.request.slice(.requestID) {
                writer.append("x-request-id", copying: value)
            }
        }
        for field in self.response.fields {
            writer.append(field.name.value, copying: field.value, isVolatile: field.name.isVolatile)
        }
    }
}

extension ResponseField.Name {
    /// Whether the value changes with each response, so that it is kept out of the header compression table.
    fileprivate var isVolatile: Bool {
        switch self {
        case .contentRange, .etag, .lastEventID, .link, .location, .redisTTL, .serverTiming: true
        case .acceptRanges, .allow, .cacheControl, .idempotencyReplayed, .preferenceApplied, .retryAfter, .vary,
            .wwwAuthenticate:
            false
        }
    }
}

extension ResponseHead {
    /// Fills the two pieces of memory. Neither can overflow: what does not fit is left out.
    @safe private struct Writer {
        private let fields: UnsafeMutableBufferPointer<nghttp2_nv>
        private let text: UnsafeMutableBufferPointer<UInt8>
        private(set) var fieldCount = 0
        private var textCount = 0

        init(fields: UnsafeMutableBufferPointer<nghttp2_nv>, text: UnsafeMutableBufferPointer<UInt8>) {
            unsafe self.fields = fields
            unsafe self.text = text
        }

        mutating func append(_ name: StaticString, constant value: StaticString) {
            unsafe self.append(nghttp2_nv(name, constant: value))
        }

        /// Appends a number that is not negative.
        mutating func append(_ name: StaticString, decimal number: Int) {
            var digits = 1
            var rest = number / 10
            while rest > 0 {
                digits += 1
                rest /= 10
            }
            let start = self.textCount
            guard unsafe self.text.count - start >= digits else { return }
            rest = number
            for index in stride(from: start + digits - 1, through: start, by: -1) {
                unsafe self.text[index] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            self.textCount += digits
            self.appendText(name, from: start, flags: NGHTTP2.Field.copied)
        }

        /// Appends 16 hexadecimal digits.
        mutating func append(_ name: StaticString, hexadecimal number: UInt64) {
            let start = self.textCount
            guard unsafe self.text.count - start >= 16 else { return }
            for index in 0..<16 {
                let digit = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * index)) & 0xF
                unsafe self.text[start + index] = digit &+ (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
            }
            self.textCount += 16
            self.appendText(name, from: start, flags: NGHTTP2.Field.volatile)
        }

        mutating func append(_ name: StaticString, copying value: ByteBuffer) {
            let start = self.textCount
            unsafe value.withUnsafeReadableBytes { bytes in
                unsafe self.copy(bytes)
            }
            self.appendText(name, from: start, flags: NGHTTP2.Field.volatile)
        }

        mutating func append(_ name: StaticString, copying value: String, isVolatile: Bool) {
            let start = self.textCount
            var value = value
            value.withUTF8 { bytes in
                unsafe self.copy(UnsafeRawBufferPointer(bytes))
            }
            self.appendText(name, from: start, flags: isVolatile ? NGHTTP2.Field.volatile : NGHTTP2.Field.copied)
        }

        private mutating func copy(_ bytes: UnsafeRawBufferPointer) {
            guard let from = bytes.baseAddress, let to = unsafe self.text.baseAddress else { return }
            let room = unsafe self.text.count - self.textCount
            guard room >= bytes.count else { return }
            // Safety: the room was checked just now.
            unsafe UnsafeMutableRawPointer(to + self.textCount).copyMemory(from: from, byteCount: bytes.count)
            self.textCount += bytes.count
        }

        private mutating func appendText(_ name: StaticString, from start: Int, flags: UInt8) {
            let value = unsafe self.text.baseAddress.map { unsafe $0 + start }
            unsafe self.append(nghttp2_nv(name, value: value, valueLength: self.textCount - start, flags: flags))
        }

        private mutating func append(_ field: nghttp2_nv) {
            guard unsafe self.fieldCount < self.fields.count else { return }
            unsafe self.fields.initializeElement(at: self.fieldCount, to: field)
            self.fieldCount += 1
        }
    }
}

extension nghttp2_nv {
    /// A field whose name is a constant.
    init(_ name: StaticString, value: UnsafeMutablePointer<UInt8>?, valueLength: Int, flags: UInt8) {
        // Safety: libnghttp2 reads through the pointers only; a StaticString lives as long as the process.
        unsafe self.init(
            name: UnsafeMutablePointer(mutating: name.utf8Start), value: value,
            namelen: name.utf8CodeUnitCount, valuelen: valueLength, flags: flags)
    }

    /// A field that is constant altogether.
    init(_ name: StaticString, constant value: StaticString) {
        unsafe self.init(
            name, value: UnsafeMutablePointer(mutating: value.utf8Start), valueLength: value.utf8CodeUnitCount,
            flags: NGHTTP2.Field.constant)
    }
}
