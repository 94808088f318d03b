// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore

/// Reads the values of members; what is wrong is said by the member's name.
struct MemberReader {
    private var reader: BodyReader
    /// Most elements of one list.
    private let limit: Int

    init(_ body: ByteBuffer, limit: Int) {
        self.reader = BodyReader(body)
        self.limit = limit
    }

    /// The next token.
    mutating func next() throws(Problem) -> JSONReader.Token {
        try self.reader.next()
    }

    /// Makes sure that nothing follows.
    mutating func finish() throws(Problem) {
        try self.reader.finish()
    }

    /// Reads the value of a member whose name has been read.
    mutating func value(_ member: BodyMember) throws(Problem) -> BodyValues.Value {
        let token = try self.next()
        let name = member.name
        switch member.kind {
        case .text:
            guard case .string(let text) = token else { throw Self.problem("'\(name)' must be a string.") }
            return .bytes(text)
        case .bytes: return .bytes(try self.bytes(token, name))
        case .integer(let range): return .integer(try Self.integer(token, name, range))
        case .flag:
            guard case .bool(let flag) = token else { throw Self.problem("'\(name)' must be true or false.") }
            return .flag(flag)
        case .word(let words): return .word(try Self.word(token, name, words))
        case .list: return .list(try self.list(token, name, mayBeEmpty: false))
        case .optionalList: return .list(try self.list(token, name, mayBeEmpty: true))
        case .pairs:
            return .list(try self.pairs(token, name: name).values)
        case .number(let allowsInfinity):
            let (text, isFloat) = try Self.number(token, name, allowsInfinity: allowsInfinity)
            return .number(text, isFloat: isFloat)
        case .scores: return .list(try self.scores(token, name))
        }
    }

    /// A value as bytes.
    private mutating func bytes(_ token: JSONReader.Token, _ name: StaticString) throws(Problem) -> ByteBuffer {
        switch token {
        case .string(let bytes): return bytes
        case .number(let text): return text
        case .bool(let value): return ByteBuffer(staticString: value ? "true" : "false")
        case .beginObject:
            if let bytes = try self.reader.base64() { return bytes }
        default: break
        }
        throw Self.problem("'\(name)' must be a string, a number, a boolean or {\"base64\":\"...\"}.")
    }

    private static func integer(
        _ token: JSONReader.Token, _ name: StaticString, _ range: ClosedRange<Int64>
    ) throws(Problem) -> Int64 {
        guard case .number(let text) = token, let number = Decimal.int64(text.readableBytesUInt8Span),
            range.contains(number)
        else {
            let bounds = range == .min ... .max ? "" : " from \(range.lowerBound) to \(range.upperBound)"
            throw Self.problem("'\(name)' must be a whole number\(bounds).")
        }
        return number
    }

    private static func word(
        _ token: JSONReader.Token, _ name: StaticString, _ words: [StaticString]
    ) throws(Problem) -> Int {
        if case .string(let text) = token {
            for (index, word) in words.enumerated() where text.readableBytesUInt8Span.equals(word) {
                return index
            }
        }
        throw Self.problem("'\(name)' must be one of \(words.map(\.description).joined(separator: ", ")).")
    }

    private static func number(
        _ token: JSONReader.Token, _ name: StaticString, allowsInfinity: Bool
    ) throws(Problem) -> (ByteBuffer, Bool) {
        switch token {
        case .number(let text): return (text, Decimal.int64(text.readableBytesUInt8Span) == nil)
        case .string(let text):
            let bytes = text.readableBytesUInt8Span
            if JSONNumber.isNumber(bytes) { return (text, true) }
            if allowsInfinity, bytes.equals("inf") || bytes.equals("-inf") { return (text, true) }
        default: break
        }
        throw Self.problem("'\(name)' must be a number\(allowsInfinity ? ", \"inf\" or \"-inf\"" : "").")
    }

    private mutating func list(
        _ token: JSONReader.Token, _ name: StaticString, mayBeEmpty: Bool
    ) throws(Problem) -> ArgumentList {
        guard token == .beginArray else { throw Self.problem("'\(name)' must be an array.") }
        var list = ArgumentList()
        while true {
            let token = try self.next()
            if token == .endArray { break }
            try self.check(list.count, name)
            list.append(try self.bytes(token, name))
        }
        guard mayBeEmpty || list.count > 0 else { throw Self.problem("'\(name)' is empty.") }
        return list
    }

    private mutating func scores(_ token: JSONReader.Token, _ name: StaticString) throws(Problem) -> ArgumentList {
        guard token == .beginArray else { throw Self.problem("'\(name)' must be an array.") }
        var list = ArgumentList()
        while true {
            let token = try self.next()
            if token == .endArray { break }
            try self.check(list.count, name)
            guard token == .beginObject else {
                throw Self.problem("'\(name)' must hold objects with member and score.")
            }
            let (member, score) = try self.scoredMember()
            list.append(score)
            list.append(member)
        }
        guard list.count > 0 else { throw Self.problem("'\(name)' is empty.") }
        return list
    }

    private mutating func scoredMember() throws(Problem) -> (ByteBuffer, ByteBuffer) {
        var member: ByteBuffer?
        var score: ByteBuffer?
        while case .name(let name) = try self.next() {
            let token = try self.next()
            if name.readableBytesUInt8Span.equals("member"), member == nil {
                member = try self.bytes(token, "member")
            } else if name.readableBytesUInt8Span.equals("score"), score == nil {
                score = try Self.number(token, "score", allowsInfinity: true).0
            } else {
                throw Self.problem(
                    "The member '\(String(buffer: name).prefix(64))' is not known here, or given twice.")
            }
        }
        guard let member, let score else { throw Self.problem("'member' and 'score' are both needed.") }
        return (member, score)
    }

    private func check(_ count: Int, _ name: StaticString?) throws(Problem) {
        guard count < self.limit else {
            throw Self.problem("\(Self.subject(name)) has more than \(self.limit) elements.")
        }
    }

    private static func subject(_ name: StaticString?) -> String {
        name.map { "'\($0)'" } ?? "The body"
    }

    /// What is wrong with a body.
    static func problem(_ detail: String) -> Problem {
        Problem(.invalidArgument, detail: detail)
    }
}

extension MemberReader {
    /// Reads a map: an object, or an array of pairs, which can name any bytes. Names must be distinct.
    ///
    /// `name` is the member that holds the map; nil if it is the body itself. With `allowsNull` a value may be null.
    mutating func pairs(
        _ token: JSONReader.Token, name: StaticString?, allowsNull: Bool = false
    ) throws(Problem) -> PairList {
        var list = PairList()
        switch token {
        case .beginObject:
            while case .name(let field) = try self.next() {
                try self.pair(field, name, allowsNull, &list)
            }
        case .beginArray:
            while true {
                let token = try self.next()
                if token == .endArray { break }
                guard token == .beginArray else { throw Self.pairProblem(name) }
                let field = try self.bytes(self.next(), "name")
                try self.pair(field, name, allowsNull, &list)
                guard try self.next() == .endArray else { throw Self.pairProblem(name) }
            }
        default: throw Self.pairProblem(name)
        }
        guard list.count > 0 else { throw Self.problem("\(Self.subject(name)) is empty.") }
        return list
    }

    private mutating func pair(
        _ field: ByteBuffer, _ name: StaticString?, _ allowsNull: Bool, _ list: inout PairList
    ) throws(Problem) {
        try self.check(list.count * 2, name)
        let token = try self.next()
        let value: ByteBuffer?
        if token == .null, allowsNull {
            value = nil
        } else {
            value = try self.bytes(token, "value")
        }
        guard list.append(field, value) else {
            let shown = String(decoding: field.readableBytesView.prefix(64), as: UTF8.self)
            throw Self.problem("The name '\(shown)' is given twice.")
        }
    }

    private static func pairProblem(_ name: StaticString?) -> Problem {
        Self.problem("\(Self.subject(name)) must be an object, or an array of pairs.")
    }
}
