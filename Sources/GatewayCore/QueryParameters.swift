// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore

/// The query parameters of one request, read by the rules of its route.
struct QueryParameters {
    /// A parameter that some route takes.
    private enum Name: UInt8 {
        case keyEncoding, ttl, expireAt, keepTTL, verbose, section
    }

    /// Whether the captured segment is base64url.
    private(set) var isKeyBase64 = false
    /// What the expiry parameters ask for.
    private(set) var modifier = Modifier.none
    /// `?verbose` of the health routes.
    private(set) var isVerbose = false
    private var seen: UInt8 = 0

    /// Reads a query.
    /// - Throws: ``Problem`` of kind `invalid-parameter`, which names the parameter that is unknown on this route,
    ///   given
    ///   twice, in conflict with another, or has a wrong value.
    init(_ query: Span<UInt8>, rule: RouteRule, method: Method) throws(Problem) {
        var start = 0
        while start < query.count {
            var end = start
            while end < query.count, query[end] != UInt8(ascii: "&") {
                end += 1
            }
            if end > start {
                try self.take(query.extracting(start..<end), rule: rule, method: method)
            }
            start = end + 1
        }
    }

    private mutating func take(_ pair: Span<UInt8>, rule: RouteRule, method: Method) throws(Problem) {
        var split = 0
        while split < pair.count, pair[split] != UInt8(ascii: "=") {
            split += 1
        }
        let rawValue = pair.extracting(min(split + 1, pair.count)..<pair.count)
        guard let name = PercentCoding.decode(pair.extracting(0..<split)), let value = PercentCoding.decode(rawValue)
        else {
            throw Problem(.invalidParameter, detail: "The query holds a percent escape that is not one.")
        }
        guard let known = Self.name(name.readableBytesUInt8Span, rule: rule, method: method) else {
            throw Self.problem(name, "is not known here")
        }
        guard self.seen & (1 << known.rawValue) == 0 else { throw Self.problem(name, "is given twice") }
        self.seen |= 1 << known.rawValue
        guard self.apply(known, value.readableBytesUInt8Span) else {
            throw Self.problem(name, Self.expectation(known))
        }
    }

    /// Which parameters a route takes.
    private static func name(_ name: Span<UInt8>, rule: RouteRule, method: Method) -> Name? {
        if rule.suffixStart != nil, name.equals("key_encoding") { return .keyEncoding }
        if case .string = rule.route, case .put = method {
            if name.equals("ttl_ms") { return .ttl }
            if name.equals("expire_at_ms") { return .expireAt }
            if name.equals("keep_ttl") { return .keepTTL }
        }
        if case .info = rule.route, name.equals("section") { return .section }
        if rule.isOpen, name.equals("verbose") { return .verbose }
        return nil
    }

    /// - Returns: false if the value is wrong.
    private mutating func apply(_ name: Name, _ value: Span<UInt8>) -> Bool {
        switch name {
        case .keyEncoding:
            self.isKeyBase64 = value.equals("base64url")
            return self.isKeyBase64
        case .ttl:
            guard self.modifier == .none, let number = Decimal.int64(value), number > 0 else { return false }
            self.modifier = .ttl(milliseconds: number)
        case .expireAt:
            guard self.modifier == .none, let number = Decimal.int64(value), number > 0 else { return false }
            self.modifier = .expireAt(milliseconds: number)
        case .keepTTL:
            if value.equals("false") { return true }
            guard self.modifier == .none, value.equals("true") else { return false }
            self.modifier = .keepTTL
        case .verbose:
            self.isVerbose = true
        case .section: return InfoText.isSection(value)
        }
        return true
    }

    private static func expectation(_ name: Name) -> String {
        switch name {
        case .keyEncoding: "must be base64url"
        case .ttl, .expireAt: "must be a whole number of milliseconds greater than 0, and the only expiry parameter"
        case .keepTTL: "must be true or false, and the only expiry parameter"
        case .verbose: "takes no value"
        case .section: "must be a name of letters, digits, _ and -"
        }
    }

    private static func problem(_ name: ByteBuffer, _ what: String) -> Problem {
        let shown = String(decoding: name.readableBytesView.prefix(64), as: UTF8.self)
        return Problem(.invalidParameter, detail: "The query parameter '\(shown)' \(what).")
    }
}
