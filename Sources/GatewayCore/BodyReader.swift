// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore

/// Reads a JSON request body; what is wrong with it becomes a ``Problem``.
struct BodyReader {
    /// An object with an array of arrays of `{"base64":...}`, and one to spare.
    private static let depthLimit = 5

    private var reader: JSONReader

    init(_ body: ByteBuffer) {
        self.reader = JSONReader(body, depthLimit: Self.depthLimit)
    }

    /// The next token.
    mutating func next() throws(Problem) -> JSONReader.Token {
        do {
            return try self.reader.next()
        } catch {
            throw Self.problem(error)
        }
    }

    /// Reads the rest of `{"base64":"..."}`, whose `{` has been read.
    /// - Returns: nil if it is anything else.
    mutating func base64() throws(Problem) -> ByteBuffer? {
        guard case .name(let name) = try self.next(), name.readableBytesUInt8Span.equals("base64"),
            case .string(let text) = try self.next(),
            let bytes = Base64.decode(text.readableBytesUInt8Span),
            try self.next() == .endObject
        else { return nil }
        return bytes
    }

    /// The bytes of a string, or of `{"base64":"..."}` whose `{` has been read.
    /// - Parameter token: The token that was read.
    /// - Returns: nil if it is anything else.
    /// - Throws: ``Problem`` with what is wrong with the JSON.
    mutating func bytes(_ token: JSONReader.Token) throws(Problem) -> ByteBuffer? {
        switch token {
        case .string(let bytes): bytes
        case .beginObject: try self.base64()
        default: nil
        }
    }

    /// Makes sure that nothing follows.
    mutating func finish() throws(Problem) {
        guard try self.next() == .end else { throw Problem(kind: .invalidJSON) }
    }

    private static func problem(_ error: JSONError) -> Problem {
        let what =
            switch error.reason {
            case .unexpectedByte: "There is an unexpected byte"
            case .unexpectedEnd: "The text ends too early"
            case .tooDeep: "The nesting is too deep"
            case .invalidUTF8: "A string is not UTF-8 (send bytes as {\"base64\":\"...\"})"
            case .invalidEscape: "A string holds an escape that is not one"
            case .loneSurrogate: "A string holds half of a surrogate pair"
            case .trailingBytes: "Something follows the value"
            case .byteOrderMark: "The text begins with a byte-order mark"
            case .invalidNumber: "A number is malformed"
            }
        return Problem(.invalidJSON, detail: "\(what) (byte \(error.offset)).")
    }
}
