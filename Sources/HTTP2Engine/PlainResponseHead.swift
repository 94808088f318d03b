// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import CNGHTTP2
import HTTPCore

/// The heads of the answers that most requests get: 200, octets, their number, an identity that the gateway has made, a tag; and 204
/// with the last two. They are composed once, and only their digits change. ``ResponseHead`` writes the same.
@safe struct PlainResponseHead {
    private static let lengthBytes = 20
    private static let identityStart = 24
    private static let tagStart = 40
    private static let textBytes = 64

    /// Safety: five initialised fields, which point into the text; both are freed by ``deallocate()``. Those of
    /// 204 share it.
    private let fields: UnsafeMutableBufferPointer<nghttp2_nv>
    private let shortFields: UnsafeMutableBufferPointer<nghttp2_nv>
    private let text: UnsafeMutablePointer<UInt8>

    init() {
        let text = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.textBytes)
        unsafe text.initialize(repeating: UInt8(ascii: "\""), count: Self.textBytes)
        unsafe self.text = text
        let fields = UnsafeMutableBufferPointer<nghttp2_nv>.allocate(capacity: 5)
        unsafe fields.initializeElement(at: 0, to: nghttp2_nv(":status", constant: "200"))
        unsafe fields.initializeElement(
            at: 1, to: nghttp2_nv("content-type", constant: ContentType.octetStream.value))
        unsafe fields.initializeElement(
            at: 2, to: nghttp2_nv("content-length", value: text, valueLength: 0, flags: NGHTTP2.Field.copied))
        unsafe fields.initializeElement(
            at: 3,
            to: nghttp2_nv(
                "x-request-id", value: text + Self.identityStart, valueLength: 16, flags: NGHTTP2.Field.volatile))
        unsafe fields.initializeElement(
            at: 4,
            to: nghttp2_nv("etag", value: text + Self.tagStart, valueLength: 18, flags: NGHTTP2.Field.volatile))
        unsafe self.fields = fields
        let short = UnsafeMutableBufferPointer<nghttp2_nv>.allocate(capacity: 3)
        unsafe short.initializeElement(at: 0, to: nghttp2_nv(":status", constant: "204"))
        unsafe short.initializeElement(at: 1, to: fields[3])
        unsafe short.initializeElement(at: 2, to: fields[4])
        unsafe self.shortFields = short
    }

    func deallocate() {
        unsafe self.fields.deallocate()
        unsafe self.shortFields.deallocate()
        unsafe self.text.deallocate()
    }

    /// Whether a response is one of these.
    @inline(__always)
    static func fits(_ response: borrowing Response, request: RequestFields) -> Bool {
        guard response.status == 200, response.contentLength == nil, !response.isStreamed, response.fields.isEmpty,
            case .octetStream? = response.contentType
        else { return false }
        return !request.isOfBrowser
    }

    /// Whether a response is 204, and says no more.
    @inline(__always)
    static func fitsShort(_ response: borrowing Response) -> Bool {
        response.status == 204 && response.contentType == nil && response.fields.isEmpty
    }

    /// Writes the digits of 204.
    /// - Parameters:
    ///   - id: The request's identity.
    ///   - digest: Of the entity tag.
    ///   - indexesID: Whether the identity's name is to go into the header compression table.
    /// - Returns: The fields, valid until the next call.
    func writeShort(id: UInt64, digest: UInt64, indexesID: Bool) -> UnsafeMutableBufferPointer<nghttp2_nv> {
        unsafe self.shortFields[1].flags = indexesID ? NGHTTP2.Field.copied : NGHTTP2.Field.volatile
        self.write(id: id, digest: digest)
        return unsafe self.shortFields
    }

    @inline(__always)
    private func write(id: UInt64, digest: UInt64) {
        unsafe Hexadecimal.write(id, to: self.text + Self.identityStart)
        // The quotes around it are there already.
        unsafe Hexadecimal.write(digest, to: self.text + Self.tagStart + 1)
    }

    /// Writes the digits of 200.
    /// - Parameters:
    ///   - length: Of the body, in bytes.
    ///   - id: The request's identity.
    ///   - digest: Of the entity tag.
    ///   - indexesID: Whether the identity's name is to go into the header compression table.
    /// - Returns: The fields, valid until the next call.
    func write(length: Int, id: UInt64, digest: UInt64, indexesID: Bool) -> UnsafeMutableBufferPointer<nghttp2_nv> {
        var start = Self.lengthBytes
        var rest = UInt(bitPattern: max(0, length))
        repeat {
            start &-= 1
            unsafe self.text[start] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0 && start > 0
        unsafe self.fields[2].value = self.text + start
        unsafe self.fields[2].valuelen = Self.lengthBytes &- start
        unsafe self.fields[3].flags = indexesID ? NGHTTP2.Field.copied : NGHTTP2.Field.volatile
        self.write(id: id, digest: digest)
        return unsafe self.fields
    }
}
