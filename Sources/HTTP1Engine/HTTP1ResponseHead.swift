// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore

/// Writes a status line and the fields of a response (RFC 9112 section 4).
struct HTTP1ResponseHead {
    /// What is said about the connection (RFC 9112 section 9.3).
    enum Connection {
        case unsaid
        case close
        case keepAlive
    }

    let response: Response
    let requestID: RequestID
    let connection: Connection
    /// Whether the body is chunked, because its length is not known.
    let isChunked: Bool

    /// - Parameters:
    ///   - output: Gets the head and the empty line behind it.
    ///   - request: Holds the request's own identity, if it had one.
    func write(to output: inout ByteBuffer, request: RequestFields) {
        self.writeStatusLine(to: &output)
        if let contentType = self.response.contentType {
            output.writeStaticString("content-type: ")
            output.writeStaticString(contentType.value)
            output.writeStaticString("\r\nx-content-type-options: nosniff\r\n")
        }
        if self.isChunked {
            output.writeStaticString("transfer-encoding: chunked\r\n")
        } else if !self.response.isBodiless, !self.response.isStreamed {
            output.writeStaticString("content-length: ")
            Self.writeDecimal(self.response.contentLength ?? self.response.body.readableBytes, to: &output)
            output.writeStaticString("\r\n")
        }
        self.writeRequestID(to: &output, request: request)
        if let tag = self.response.tag {
            output.writeStaticString("etag: \"")
            Self.writeHexadecimal(tag.digest, to: &output)
            output.writeStaticString(tag.ending)
            output.writeStaticString("\r\n")
        }
        for field in self.response.fields {
            output.writeStaticString(field.name.value)
            output.writeStaticString(": ")
            output.writeString(field.value)
            output.writeStaticString("\r\n")
        }
        switch self.connection {
        case .unsaid: output.writeStaticString("\r\n")
        case .close: output.writeStaticString("connection: close\r\n\r\n")
        case .keepAlive: output.writeStaticString("connection: keep-alive\r\n\r\n")
        }
    }

    private func writeStatusLine(to output: inout ByteBuffer) {
        if self.response.status == 200 { return _ = output.writeStaticString("HTTP/1.1 200 OK\r\n") }
        output.writeStaticString("HTTP/1.1 ")
        Self.writeDecimal(self.response.status, to: &output)
        output.writeStaticString(" ")
        output.writeStaticString(Self.reason(self.response.status))
        output.writeStaticString("\r\n")
    }

    private func writeRequestID(to output: inout ByteBuffer, request: RequestFields) {
        output.writeStaticString("x-request-id: ")
        switch self.requestID {
        case .made(let number): Self.writeHexadecimal(number, to: &output)
        case .taken:
            // Safety: bytes have no padding, so all of them are initialised.
            request.withValue(of: .requestID) { _ = unsafe output.writeBytes($0.bytes) }
        }
        output.writeStaticString("\r\n")
    }

    private static func writeHexadecimal(_ number: UInt64, to output: inout ByteBuffer) {
        output.writeInteger(Self.digits(UInt32(truncatingIfNeeded: number >> 32)))
        output.writeInteger(Self.digits(UInt32(truncatingIfNeeded: number)))
    }

    /// Eight hexadecimal digits as eight bytes: the nibbles are spread, then letters are told from digits all at once.
    private static func digits(_ number: UInt32) -> UInt64 {
        var spread = UInt64(number)
        spread = (spread << 16 | spread) & 0x0000_FFFF_0000_FFFF
        spread = (spread << 8 | spread) & 0x00FF_00FF_00FF_00FF
        spread = (spread << 4 | spread) & 0x0F0F_0F0F_0F0F_0F0F
        let letters = (spread &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return spread &+ 0x3030_3030_3030_3030 &+ letters &* 0x27
    }

    private static func writeDecimal(_ number: Int, to output: inout ByteBuffer) {
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var rest = number.magnitude
        var position = 20
        repeat {
            position -= 1
            digits[position] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        // Safety: an array of bytes has no padding.
        unsafe output.writeBytes(digits.span.extracting(position..<20).bytes)
    }

    /// The reason phrase (RFC 9110 section 15).
    static func reason(_ status: Int) -> StaticString {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 206: "Partial Content"
        case 304: "Not Modified"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 416: "Range Not Satisfiable"
        case 421: "Misdirected Request"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 507: "Insufficient Storage"
        default: "Status"
        }
    }
}
