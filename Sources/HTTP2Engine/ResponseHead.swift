// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import CNGHTTP2
import HTTPCore
import NIOCore

/// Writes the fields of a response for libnghttp2: constants by reference, everything else into scratch memory, from where
/// libnghttp2 copies it. The memory is used again for the next response; it belongs to an event loop's sessions.
@safe final class ResponseHead {
    /// One response in so many puts the name `x-request-id` into the header compression table, so that the others need
    /// not spell it out. Its value is new each time, and would only drive useful entries out of the table.
    static let identityIndexMask = 1023
    /// Fields of a response beyond those of its ``Response/fields``: status, type, `nosniff`, length, identity, tag.
    private static let basicFields = 6

    /// Safety: memory for as many fields and bytes as the two capacities say, freed in `deinit`.
    private var fields: UnsafeMutablePointer<nghttp2_nv>
    private var text: UnsafeMutablePointer<UInt8>
    private var fieldCapacity = 16
    private var textCapacity = 1024

    private let plain = PlainResponseHead()

    init() {
        unsafe self.fields = .allocate(capacity: self.fieldCapacity)
        unsafe self.text = .allocate(capacity: self.textCapacity)
    }

    deinit {
        self.plain.deallocate()
        unsafe self.fields.deallocate()
        unsafe self.text.deallocate()
    }

    /// Writes the fields, which are valid until the next call.
    /// - Parameters:
    ///   - response: The response.
    ///   - requestID: The request's identity.
    ///   - request: Holds that, if the caller gave it; and tells a browser.
    ///   - indexesID: Whether the identity's name is to go into the header compression table.
    /// - Returns: The fields.
    func write(
        _ response: Response, requestID: RequestID, request: RequestFields, indexesID: Bool
    ) -> UnsafeMutableBufferPointer<nghttp2_nv> {
        if case .made(let id) = requestID, let tag = response.tag, !tag.isJSON {
            if PlainResponseHead.fits(response, request: request) {
                return unsafe self.plain.write(
                    length: response.body.readableBytes, id: id, digest: tag.digest, indexesID: indexesID)
            }
            if PlainResponseHead.fitsShort(response) {
                return unsafe self.plain.writeShort(id: id, digest: tag.digest, indexesID: indexesID)
            }
        }
        self.reserve(
            fields: Self.basicFields + response.fields.count, text: Self.textBytes(response, request: request))
        var writer = unsafe Writer(
            fields: UnsafeMutableBufferPointer(start: self.fields, count: self.fieldCapacity),
            text: UnsafeMutableBufferPointer(start: self.text, count: self.textCapacity))
        writer.append(":status", decimal: response.status)
        if let contentType = response.contentType {
            writer.append("content-type", constant: contentType.value)
            // One more field costs libnghttp2 565 instructions, of less than 13 000 that a request takes: only browsers sniff.
            if request.isOfBrowser { writer.append("x-content-type-options", constant: "nosniff") }
        }
        if !response.isBodiless, !response.isStreamed {
            let length = max(0, response.contentLength ?? response.body.readableBytes)
            writer.append("content-length", decimal: length)
        }
        let flags = indexesID ? NGHTTP2.Field.copied : NGHTTP2.Field.volatile
        switch requestID {
        case .made(let number):
            writer.append("x-request-id", hexadecimal: number, flags: flags)
        case .taken:
            request.withValue(of: .requestID) { writer.append("x-request-id", copying: $0, flags: flags) }
        }
        if let tag = response.tag { writer.append("etag", tag) }
        // By index: an iterator would count a reference to the array, and most responses have no further field.
        for index in response.fields.indices {
            let name = response.fields[index].name
            writer.append(name.value, copying: response.fields[index].value, isVolatile: name.isVolatile)
        }
        return unsafe UnsafeMutableBufferPointer(start: self.fields, count: writer.fieldCount)
    }

    private func reserve(fields: Int, text: Int) {
        if fields > self.fieldCapacity {
            unsafe self.fields.deallocate()
            self.fieldCapacity = fields
            unsafe self.fields = .allocate(capacity: fields)
        }
        if text > self.textCapacity {
            unsafe self.text.deallocate()
            self.textCapacity = text
            unsafe self.text = .allocate(capacity: text)
        }
    }

    /// Room for two numbers, the request's identity, the tag, and the values of the further fields.
    private static func textBytes(_ response: Response, request: RequestFields) -> Int {
        var bytes = ValueTag.byteLimit + 2 * Writer.decimalBytes
        bytes += max(Hexadecimal.byteCount, request.range(.requestID).count)
        for index in response.fields.indices {
            bytes += response.fields[index].value.utf8.count
        }
        return bytes
    }
}

extension ResponseField.Name {
    /// Whether the value changes with each response, so that it is kept out of the header compression table.
    fileprivate var isVolatile: Bool {
        switch self {
        case .contentRange, .etag, .lastEventID, .link, .location, .redisTTL, .serverTiming, .upstashSyncToken:
            true
        case .acceptQuery, .acceptRanges, .accessControlAllowHeaders, .accessControlAllowMethods,
            .accessControlAllowOrigin,
            .accessControlExposeHeaders, .accessControlMaxAge, .allow, .cacheControl, .idempotencyReplayed,
            .preferenceApplied, .retryAfter, .vary,
            .wwwAuthenticate:
            false
        }
    }
}

extension ResponseHead {
    /// Fills the two pieces of memory. Neither can overflow: what does not fit is left out.
    @safe private struct Writer {
        static let decimalBytes = 20

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
            let end = self.textCount + Writer.decimalBytes
            guard unsafe self.text.count >= end else { return }
            var start = end
            var rest = UInt(bitPattern: number)
            repeat {
                start &-= 1
                unsafe self.text[start] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0 && start > self.textCount
            self.textCount = end
            self.appendText(name, from: start, flags: NGHTTP2.Field.copied)
        }

        /// Appends 16 hexadecimal digits.
        mutating func append(_ name: StaticString, hexadecimal number: UInt64, flags: UInt8) {
            let start = self.textCount
            guard unsafe self.text.count - start >= Hexadecimal.byteCount, let text = unsafe self.text.baseAddress
            else {
                return
            }
            unsafe Hexadecimal.write(number, to: text + start)
            self.textCount += Hexadecimal.byteCount
            self.appendText(name, from: start, flags: flags)
        }

        /// Appends an entity tag. Each value has its own: it is kept out of the header compression table.
        mutating func append(_ name: StaticString, _ tag: ValueTag) {
            let start = self.textCount
            guard unsafe self.text.count - start >= ValueTag.byteLimit, let text = unsafe self.text.baseAddress else {
                return
            }
            unsafe text[start] = UInt8(ascii: "\"")
            unsafe Hexadecimal.write(tag.digest, to: text + start + 1)
            let ending = tag.ending
            unsafe (text + start + 17).update(from: ending.utf8Start, count: ending.utf8CodeUnitCount)
            self.textCount += 17 + ending.utf8CodeUnitCount
            self.appendText(name, from: start, flags: NGHTTP2.Field.volatile)
        }

        mutating func append(_ name: StaticString, copying value: Span<UInt8>, flags: UInt8) {
            let start = self.textCount
            unsafe value.withUnsafeBytes { bytes in
                unsafe self.copy(bytes)
            }
            self.appendText(name, from: start, flags: flags)
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
