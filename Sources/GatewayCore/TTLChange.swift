// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore

/// The body of `PUT /v1/keys/{key}/ttl`: `{"ttl_ms":n}` or `{"expire_at_ms":n}`, with `"when":"nx|xx|gt|lt"` if wanted.
struct TTLChange {
    private(set) var modifier = Modifier.none
    private(set) var condition = TTLCondition.always

    /// - Throws: ``Problem`` if the body is anything else.
    init(_ body: ByteBuffer) throws(Problem) {
        var reader = BodyReader(body)
        guard try reader.next() == .beginObject else {
            throw Self.problem("The body must be an object with ttl_ms or expire_at_ms.")
        }
        var hasCondition = false
        while case .name(let name) = try reader.next() {
            let name = name.readableBytesUInt8Span
            if name.equals("when"), !hasCondition {
                hasCondition = true
                self.condition = try Self.condition(reader.next())
            } else if name.equals("ttl_ms"), self.modifier == .none {
                self.modifier = .ttl(milliseconds: try Self.milliseconds(reader.next()))
            } else if name.equals("expire_at_ms"), self.modifier == .none {
                self.modifier = .expireAt(milliseconds: try Self.milliseconds(reader.next()))
            } else {
                throw Self.problem("A member is unknown, given twice, or in conflict with another.")
            }
        }
        try reader.finish()
        guard self.modifier != .none else { throw Self.problem("One of ttl_ms and expire_at_ms is needed.") }
    }

    private static func milliseconds(_ token: JSONReader.Token) throws(Problem) -> Int64 {
        guard case .number(let text) = token, let number = Decimal.int64(text.readableBytesUInt8Span), number > 0 else {
            throw Self.problem("ttl_ms and expire_at_ms must be whole numbers greater than 0.")
        }
        return number
    }

    private static func condition(_ token: JSONReader.Token) throws(Problem) -> TTLCondition {
        if case .string(let text) = token {
            let word = text.readableBytesUInt8Span
            if word.equals("nx") { return .nx }
            if word.equals("xx") { return .xx }
            if word.equals("gt") { return .gt }
            if word.equals("lt") { return .lt }
        }
        throw Self.problem("when must be nx, xx, gt or lt.")
    }

    private static func problem(_ detail: String) -> Problem {
        Problem(.invalidArgument, detail: detail)
    }
}
