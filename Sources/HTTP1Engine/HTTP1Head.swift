// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore

/// Reads a complete request head (RFC 9112 sections 3 and 5) into ``RequestFields``, strictly: what two parsers could read in two
/// ways is refused.
struct HTTP1Head {
    /// How the end of the body is found (RFC 9112 section 6).
    enum Framing: Equatable {
        case none
        case length(Int)
        case chunked
    }

    private let limits: HTTP1Limits
    private(set) var framing = Framing.none
    private(set) var keepsAlive = true
    /// HTTP/1.0: the peer must be told that the connection stays open.
    private(set) var isVersion10 = false
    private var hasLength = false
    private var isChunked = false
    private var asksKeepAlive = false

    /// Reads `bytes`, which end with the empty line.
    /// - Returns: why the request is refused; nil if it is not.
    static func read(
        _ bytes: Span<UInt8>, into fields: RequestFields, limits: HTTP1Limits, head: inout HTTP1Head
    ) -> RequestRejection? {
        guard let lineEnd = Self.lineEnd(bytes, from: 0) else { return .malformed }
        if let rejection = head.readRequestLine(bytes.extracting(0..<lineEnd), into: fields) { return rejection }
        var start = lineEnd + 2
        var count = 0
        while start < bytes.count {
            guard let end = Self.lineEnd(bytes, from: start) else { return .malformed }
            if end == start { return head.finish(fields) }
            count += 1
            guard count <= limits.headerFields else { return .headerFieldsTooLarge }
            guard head.readField(bytes.extracting(start..<end), into: fields) else { return .malformed }
            start = end + 2
        }
        return .malformed
    }

    init(limits: HTTP1Limits) {
        self.limits = limits
    }

    /// The offset of the CR that ends the line; nil if a CR or LF stands alone.
    static func lineEnd(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x0D {
                return index + 1 < bytes.count && bytes[index + 1] == 0x0A ? index : nil
            }
            if byte == 0x0A { return nil }
            index += 1
        }
        return nil
    }

    // MARK: Request line

    /// `method SP target SP HTTP/1.x`.
    private mutating func readRequestLine(_ line: Span<UInt8>, into fields: RequestFields) -> RequestRejection? {
        var space = 0
        while space < line.count, HTTP1Character.isToken(line[space]) {
            space += 1
        }
        guard space > 0, space < line.count, line[space] == 0x20 else { return .malformed }
        let targetStart = space + 1
        var targetEnd = targetStart
        while targetEnd < line.count, HTTP1Character.isTarget(line[targetEnd]) {
            targetEnd += 1
        }
        guard targetEnd > targetStart, targetEnd < line.count, line[targetEnd] == 0x20 else { return .malformed }
        let version = line.extracting(targetEnd + 1..<line.count)
        if version.equals("HTTP/1.0") {
            self.isVersion10 = true
            self.keepsAlive = false
        } else if !version.equals("HTTP/1.1") {
            return .malformed
        }
        guard targetEnd - targetStart <= self.limits.targetBytes else { return .targetTooLong }
        let method = line.extracting(0..<space)
        fields.set(.method, value: method)
        fields.fieldCount = 2
        return self.readTarget(line.extracting(targetStart..<targetEnd), method: method, into: fields)
    }

    /// Origin form; absolute form, whose authority wins over `Host`; or `*` for OPTIONS (RFC 9112 section 3.2).
    private func readTarget(_ target: Span<UInt8>, method: Span<UInt8>, into fields: RequestFields) -> RequestRejection?
    {
        if target[0] == UInt8(ascii: "/") {
            fields.set(.path, value: target)
            return nil
        }
        if target.equals("*") {
            guard method.equals("OPTIONS") else { return .malformed }
            fields.set(.path, value: target)
            return nil
        }
        let scheme = target.starts(with: "http://") ? 7 : target.starts(with: "https://") ? 8 : 0
        guard scheme > 0 else { return .malformed }
        var end = scheme
        while end < target.count, target[end] != UInt8(ascii: "/"), target[end] != UInt8(ascii: "?") {
            end += 1
        }
        guard end > scheme, end < target.count, target[end] == UInt8(ascii: "/") else { return .malformed }
        fields.set(.authority, value: target.extracting(scheme..<end))
        fields.set(.path, value: target.extracting(end..<target.count))
        return nil
    }

    // MARK: Fields

    /// `name ":" OWS value OWS`.
    private mutating func readField(_ line: Span<UInt8>, into fields: RequestFields) -> Bool {
        var colon = 0
        var name = InlineArray<32, UInt8>(repeating: 0)
        while colon < line.count, HTTP1Character.isToken(line[colon]) {
            if colon < 32 { name[colon] = Self.lowercase(line[colon]) }
            colon += 1
        }
        // A space before the colon, a folded line and an empty name all end here.
        guard colon > 0, colon < line.count, line[colon] == UInt8(ascii: ":") else { return false }
        var start = colon + 1
        var end = line.count
        while start < end, Self.isBlank(line[start]) {
            start += 1
        }
        while end > start, Self.isBlank(line[end - 1]) {
            end -= 1
        }
        let value = line.extracting(start..<end)
        for index in 0..<value.count where !HTTP1Character.isValue(value[index]) {
            return false
        }
        fields.fieldCount &+= 1
        fields.decodedBytes &+= colon &+ value.count &+ 32
        guard colon <= 32 else { return true }
        return self.store(name.span.extracting(0..<colon), value, into: fields)
    }

    private mutating func store(_ name: Span<UInt8>, _ value: Span<UInt8>, into fields: RequestFields) -> Bool {
        if name.equals("connection") {
            self.readConnection(value)
            return true
        }
        if name.equals("transfer-encoding") {
            // Exactly one coding, and exactly one field: anything else hides a body from somebody (RFC 9112 section 6.1).
            guard !self.isChunked, value.equalsIgnoringCase("chunked") else { return false }
            self.isChunked = true
            return true
        }
        guard let known = FieldName(lowercased: name) else { return true }
        switch known {
        case .authority:
            return self.storeHost(value, into: fields)
        case .contentLength:
            guard !self.hasLength, let length = Self.decimal(value) else { return false }
            self.hasLength = true
            self.framing = .length(length)
        default:
            break
        }
        return fields.append(known, value: value)
    }

    private var hasHost = false

    private mutating func storeHost(_ value: Span<UInt8>, into fields: RequestFields) -> Bool {
        guard !self.hasHost else { return false }
        self.hasHost = true
        // The authority of an absolute target is there already, and wins.
        if !fields.contains(.authority) { fields.set(.authority, value: value) }
        return true
    }

    /// A list of tokens, of which `close` and `keep-alive` matter.
    private mutating func readConnection(_ value: Span<UInt8>) {
        var start = 0
        for index in 0...value.count where index == value.count || value[index] == UInt8(ascii: ",") {
            var first = start
            var last = index
            while first < last, Self.isBlank(value[first]) {
                first += 1
            }
            while last > first, Self.isBlank(value[last - 1]) {
                last -= 1
            }
            let option = value.extracting(first..<last)
            if option.equalsIgnoringCase("close") {
                self.keepsAlive = false
                self.asksKeepAlive = false
            } else if self.isVersion10, option.equalsIgnoringCase("keep-alive") {
                self.asksKeepAlive = true
            }
            start = index + 1
        }
    }

    private mutating func finish(_ fields: RequestFields) -> RequestRejection? {
        guard self.isVersion10 || self.hasHost else { return .malformed }
        if self.asksKeepAlive { self.keepsAlive = true }
        if self.isChunked {
            guard !self.hasLength, !self.isVersion10 else { return .malformed }
            self.framing = .chunked
        }
        if case .length(let length) = self.framing {
            guard length <= self.limits.bodyBytes else { return .bodyTooLarge }
            if length == 0 { self.framing = .none }
        }
        return nil
    }

    /// Digits only; nil for anything else. A number beyond Int becomes the largest.
    private static func decimal(_ digits: Span<UInt8>) -> Int? {
        guard !digits.isEmpty else { return nil }
        var number = 0
        for index in 0..<digits.count {
            let digit = digits[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number < Int.max / 10 - 1 ? number * 10 + Int(digit) : .max
        }
        return number
    }

    @inline(__always)
    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09
    }

    @inline(__always)
    private static func lowercase(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }
}
