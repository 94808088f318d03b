// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore

/// What the router knows of one template.
struct RouteRule: Sendable {
    /// Who may use a route.
    enum Access: Sendable {
        /// Everybody: the health routes.
        case open
        /// Safe methods need the read scope, all others the write scope.
        case byMethod
        /// A valid token; the scopes are checked against each command of the body.
        case byCommand
    }

    /// What a request body must be.
    enum Body: Sendable {
        /// The bytes are the value, whatever they are: octets, text or JSON.
        case octets
        case json
    }

    /// What the methods of a route can answer with, the preferred type first.
    enum Answer: Sendable {
        /// Nothing is negotiated.
        case fixed
        case octetsOrJSON
        case json
        case jsonOrRESP
    }

    let route: Route
    /// As OpenAPI writes it, with at most one `{...}` segment.
    let template: StaticString
    /// Without OPTIONS, which every route has.
    let methods: MethodSet
    /// Those of ``methods`` that take a body.
    let bodies: MethodSet
    let body: Body
    let answer: Answer
    /// The form of ``answer`` for who has no wish.
    let preferredAnswer: ContentType
    let access: Access
    /// The number of template bytes before `{`; all of them when nothing is captured.
    let prefixCount: Int
    /// Where the template goes on behind `}`; nil when nothing is captured.
    let suffixStart: Int?

    init(
        _ route: Route, _ template: StaticString, _ methods: MethodSet, bodies: MethodSet = [], body: Body = .octets,
        answer: Answer = .fixed, access: Access = .byMethod
    ) {
        self.route = route
        self.template = template
        self.methods = methods
        self.bodies = bodies
        self.body = body
        self.answer = answer
        self.preferredAnswer =
            switch answer {
            case .fixed, .octetsOrJSON: .octetStream
            case .json, .jsonOrRESP: .json
            }
        self.access = access
        // Safety: the buffer of a StaticString lives as long as the process.
        let bytes = unsafe UnsafeBufferPointer(start: template.utf8Start, count: template.utf8CodeUnitCount)
        self.prefixCount = unsafe bytes.firstIndex(of: UInt8(ascii: "{")) ?? bytes.count
        self.suffixStart = unsafe bytes.firstIndex(of: UInt8(ascii: "}")).map { $0 + 1 }
    }

    /// Whether everybody may use the route.
    var isOpen: Bool {
        if case .open = self.access { true } else { false }
    }

    /// Whether the method alone says which scope is needed.
    var isScopedByMethod: Bool {
        if case .byMethod = self.access { true } else { false }
    }

    /// What a request target (RFC 9112 section 3.2.1, origin form) is to a rule.
    enum Fit {
        /// Another path.
        case none
        /// The captured segment holds a byte that no target has: a control, a space, DEL or `#`. Bytes from 0x80 on are
        /// let through as data, since clients send them raw.
        case invalid
        case path(TargetPlace)
    }

    /// Matches a target. Only the bytes behind the template's constant beginning are looked at one by one.
    @inline(__always)
    func match(_ target: Span<UInt8>) -> Fit {
        let prefixCount = self.prefixCount
        let count = target.count
        guard count >= prefixCount else { return .none }
        // Safety: the buffer of a StaticString lives as long as the process, and the indices stay below both counts.
        let template = unsafe self.template.utf8Start
        var index = 0
        while index &+ 8 <= prefixCount {
            let expected = unsafe UnsafeRawPointer(template).loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let found = unsafe target.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            guard expected == found else { return .none }
            index &+= 8
        }
        while index < prefixCount {
            guard unsafe template[index] == target[unchecked: index] else { return .none }
            index &+= 1
        }
        guard let suffixStart = self.suffixStart else {
            if count == prefixCount { return .path(TargetPlace(segment: count..<count, query: count..<count)) }
            guard target[prefixCount] == UInt8(ascii: "?") else { return .none }
            return .path(TargetPlace(segment: prefixCount..<prefixCount, query: prefixCount &+ 1..<count))
        }
        return self.capture(target, from: prefixCount, suffixStart: suffixStart)
    }

    private func capture(_ target: Span<UInt8>, from start: Int, suffixStart: Int) -> Fit {
        let count = target.count
        var end = start
        var isEscaped = false
        scan: while end < count {
            // Safety: `end` is smaller than `count`.
            let byte = unsafe target[unchecked: end]
            // All that means anything lies at or below `?`, but for DEL; letters lie above.
            if byte > UInt8(ascii: "?") {
                if byte == 0x7F { return .invalid }
            } else if byte <= UInt8(ascii: "%") {
                if byte <= 0x20 || byte == UInt8(ascii: "#") { return .invalid }
                if byte == UInt8(ascii: "%") { isEscaped = true }
            } else if byte == UInt8(ascii: "?") || byte == UInt8(ascii: "/") {
                break scan
            }
            end &+= 1
        }
        let suffixCount = self.template.utf8CodeUnitCount &- suffixStart
        let pathEnd = end &+ suffixCount
        guard pathEnd <= count else { return .none }
        // Safety: as in `match(_:)`.
        let template = unsafe self.template.utf8Start
        for index in 0..<suffixCount
        where unsafe template[suffixStart &+ index] != target[unchecked: end &+ index] {
            return .none
        }
        if pathEnd == count {
            return .path(TargetPlace(segment: start..<end, query: count..<count, isEscaped: isEscaped))
        }
        guard target[pathEnd] == UInt8(ascii: "?") else { return .none }
        return .path(TargetPlace(segment: start..<end, query: pathEnd &+ 1..<count, isEscaped: isEscaped))
    }
}
