// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore

/// The query of a request to a native resource. Values are looked for when they are asked for, and copied only if they
/// are encoded.
struct Parameters {
    /// The bytes behind `?`.
    private let query: ByteBuffer
    /// Whether keys, fields and members are base64url.
    let isBase64: Bool

    /// Reads and checks the names of a query.
    /// - Throws: ``Problem`` of kind `invalid-parameter`, which names the parameter that is unknown or given twice.
    init(_ query: ByteBuffer, allowed: ParameterSet) throws(Problem) {
        self.query = query
        var seen: ParameterSet = []
        var isBase64 = false
        var pairs = QueryPairs(query)
        while let pair = pairs.next() {
            guard let name = Self.decoded(pair.name) else { throw Self.escapeProblem }
            guard let parameter = Self.parameter(name, allowed: allowed) else {
                throw Self.problem(String(buffer: name), "is not known here")
            }
            guard parameter.isRepeatable || !seen.contains(parameter) else {
                throw Self.problem(parameter.name.description, "is given twice")
            }
            seen.insert(parameter)
            if parameter == .keyEncoding {
                guard pair.value.readableBytesUInt8Span.equals("base64url") else {
                    throw Self.problem("key_encoding", "must be base64url")
                }
                isBase64 = true
            }
        }
        self.isBase64 = isBase64
    }

    /// The bytes of a value; nil if the parameter is not given.
    func bytes(_ parameter: Parameter) throws(Problem) -> ByteBuffer? {
        var pairs = QueryPairs(self.query)
        return try self.next(parameter, &pairs)
    }

    /// A whole number; nil if the parameter is not given.
    func integer(_ parameter: Parameter, _ range: ClosedRange<Int64> = .min ... .max) throws(Problem) -> Int64? {
        guard let text = try self.bytes(parameter) else { return nil }
        guard let number = Decimal.int64(text.readableBytesUInt8Span), range.contains(number) else {
            let bounds = range == .min ... .max ? "" : " from \(range.lowerBound) to \(range.upperBound)"
            throw Self.problem(parameter.name.description, "must be a whole number\(bounds)")
        }
        return number
    }

    /// `true`, `false`, or nothing, which is false; the name alone is true.
    func flag(_ parameter: Parameter) throws(Problem) -> Bool {
        guard let text = try self.bytes(parameter) else { return false }
        let word = text.readableBytesUInt8Span
        if word.count == 0 || word.equals("true") { return true }
        guard word.equals("false") else { throw Self.problem(parameter.name.description, "must be true or false") }
        return false
    }

    /// The place of a value among words; nil if the parameter is not given.
    func word(_ parameter: Parameter, _ words: [StaticString]) throws(Problem) -> Int? {
        guard let text = try self.bytes(parameter) else { return nil }
        for (index, word) in words.enumerated() where text.readableBytesUInt8Span.equals(word) {
            return index
        }
        let names = words.map(\.description).joined(separator: ", ")
        throw Self.problem(parameter.name.description, "must be one of \(names)")
    }

    /// All values of a parameter that is a key or a field, in order, at most `limit`; nil if none is given.
    func list(_ parameter: Parameter, limit: Int) throws(Problem) -> ArgumentList? {
        var list = ArgumentList()
        var pairs = QueryPairs(self.query)
        while let value = try self.next(parameter, &pairs) {
            guard list.count < limit else {
                throw Self.problem(parameter.name.description, "is given more than \(limit) times")
            }
            guard self.isBase64 else {
                list.append(value)
                continue
            }
            guard let decoded = Base64.decode(value.readableBytesUInt8Span, isURL: true) else {
                throw Self.problem(parameter.name.description, "is not base64url, as key_encoding says")
            }
            list.append(decoded)
        }
        return list.count > 0 ? list : nil
    }

    private func next(_ parameter: Parameter, _ pairs: inout QueryPairs) throws(Problem) -> ByteBuffer? {
        while let pair = pairs.next() {
            guard let name = Self.decoded(pair.name) else { throw Self.escapeProblem }
            guard name.readableBytesUInt8Span.equals(parameter.name) else { continue }
            guard let value = Self.decoded(pair.value) else { throw Self.escapeProblem }
            return value
        }
        return nil
    }

    private static func parameter(_ name: ByteBuffer, allowed: ParameterSet) -> Parameter? {
        let name = name.readableBytesUInt8Span
        for parameter in Parameter.allCases where allowed.contains(parameter) && name.equals(parameter.name) {
            return parameter
        }
        return nil
    }

    /// Decodes percent escapes, if there are any.
    private static func decoded(_ text: ByteBuffer) -> ByteBuffer? {
        guard text.readableBytesView.contains(UInt8(ascii: "%")) else { return text }
        return PercentCoding.decode(text.readableBytesUInt8Span)
    }

    private static var escapeProblem: Problem {
        Problem(.invalidParameter, detail: "The query holds a percent escape that is not one.")
    }

    /// What is wrong with a parameter.
    static func problem(_ name: String, _ what: String) -> Problem {
        Problem(.invalidParameter, detail: "The query parameter '\(name.prefix(64))' \(what).")
    }
}
