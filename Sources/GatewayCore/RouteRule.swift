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
        /// Safe methods need the read scope, all others the publish scope.
        case byPublish
        /// Safe methods need the read scope, all others the admin scope.
        case byAdmin
        /// All methods need the admin scope.
        case admin
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
        /// JSON of a part, or everything as server-sent events or JSON lines.
        case jsonOrEvents, jsonOrLines
    }

    let route: Route
    /// As OpenAPI writes it, with at most two `{...}` segments.
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
    /// The second captured segment; nil when there is none.
    let second: SecondSegment?
    /// Of a native resource what each method does; empty for the routes with code of their own.
    var operations: [Operation] { self.list.operations }
    private let list: OperationList
    /// The place of the next rule whose constant beginning differs.
    var next = 0

    /// Where a second `{...}` lies in a template.
    struct SecondSegment: Sendable {
        /// The place of its `{`, and the one behind its `}`.
        var start: Int
        var end: Int
        /// Whether `key_encoding` is for this segment too: it is a name, and neither a number nor an id.
        var isEncodable: Bool
    }

    init(
        _ route: Route, _ template: StaticString, _ methods: MethodSet, bodies: MethodSet = [], body: Body = .octets,
        answer: Answer = .fixed, access: Access = .byMethod, operations: [Operation] = []
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
            case .json, .jsonOrRESP, .jsonOrEvents, .jsonOrLines: .json
            }
        self.access = access
        self.list = OperationList(operations)
        // Safety: the buffer of a StaticString lives as long as the process.
        let bytes = unsafe UnsafeBufferPointer(start: template.utf8Start, count: template.utf8CodeUnitCount)
        self.prefixCount = unsafe bytes.firstIndex(of: UInt8(ascii: "{")) ?? bytes.count
        self.suffixStart = unsafe bytes.firstIndex(of: UInt8(ascii: "}")).map { $0 + 1 }
        if let first = self.suffixStart, let start = unsafe bytes[first...].firstIndex(of: UInt8(ascii: "{")),
            let end = unsafe bytes[start...].firstIndex(of: UInt8(ascii: "}"))
        {
            let name = unsafe String(decoding: bytes[start + 1..<end], as: UTF8.self)
            self.second = SecondSegment(
                start: start, end: end + 1, isEncodable: ["field", "member", "group"].contains(name))
        } else {
            self.second = nil
        }
    }

    /// A rule of a native resource.
    init(_ route: Route, _ template: StaticString, _ operations: [Operation]) {
        var methods = MethodSet()
        var bodies = MethodSet()
        for operation in operations {
            methods.formUnion(MethodSet(operation.method))
            if operation.method == .get { methods.formUnion(.head) }
            if operation.takesBody { bodies.formUnion(MethodSet(operation.method)) }
        }
        self.init(
            route, template, methods, bodies: bodies, body: operations.contains { $0.takesJSON } ? .json : .octets,
            answer: operations.first?.answer ?? .fixed, operations: operations)
    }

    /// What a method of a native resource does; nil for one that it does not have. HEAD is a GET whose body the engines
    /// drop.
    func operation(for method: Method) -> Operation? {
        self.operations.first { $0.method == method }
            ?? (method == .head ? self.operations.first { $0.method == .get } : nil)
    }

    /// What a method can answer with.
    func answer(for method: Method) -> Answer {
        self.operations.isEmpty ? self.answer : self.operation(for: method)?.answer ?? .fixed
    }

    /// The parameters that a method of a native resource takes.
    func parameters(of operation: Operation) -> ParameterSet {
        var parameters = operation.parameters
        if self.hasKey { parameters.insert(.keyEncoding) }
        return parameters
    }

    /// Whether the first captured segment is a key.
    private var hasKey: Bool {
        self.template.description.contains("{key}")
    }

    /// Whether two templates begin with the same constant.
    func hasBeginning(of other: RouteRule) -> Bool {
        self.template.description.prefix(self.prefixCount) == other.template.description.prefix(other.prefixCount)
    }

    /// Whether everybody may use the route.
    var isOpen: Bool {
        if case .open = self.access { true } else { false }
    }

    /// The scope that a method needs; none if that depends on the commands, or if everybody may use the route.
    func scope(isSafe: Bool) -> Scopes {
        switch self.access {
        case .open, .byCommand: []
        case .byMethod: isSafe ? .read : .write
        case .byPublish: isSafe ? .read : .publish
        case .byAdmin: isSafe ? .read : .admin
        case .admin: .admin
        }
    }

    /// What a request target (RFC 9112 section 3.2.1, origin form) is to a rule.
    enum Fit {
        /// Another path.
        case none
        /// Another path, which does not even begin as the template does.
        case elsewhere
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
        guard count >= prefixCount else { return .elsewhere }
        // Safety: the buffer of a StaticString lives as long as the process, and the indices stay below both counts.
        let template = unsafe self.template.utf8Start
        var index = 0
        while index &+ 8 <= prefixCount {
            let expected = unsafe UnsafeRawPointer(template).loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let found = unsafe target.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
            guard expected == found else { return .elsewhere }
            index &+= 8
        }
        while index < prefixCount {
            guard unsafe template[index] == target[unchecked: index] else { return .elsewhere }
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
        if let second = self.second {
            return self.captureSecond(
                target, behind: TargetPlace(segment: start..<end, query: 0..<0, isEscaped: isEscaped),
                middle: suffixStart..<second.start, second)
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

    /// Goes on behind the first segment of a template that has two.
    private func captureSecond(
        _ target: Span<UInt8>, behind first: TargetPlace, middle: Range<Int>, _ second: SecondSegment
    ) -> Fit {
        guard self.hasText(middle, target, at: first.segment.upperBound) else { return .none }
        let start = first.segment.upperBound + middle.count
        guard let end = Self.segmentEnd(target, from: start) else { return .invalid }
        let tail = second.end..<self.template.utf8CodeUnitCount
        guard self.hasText(tail, target, at: end) else { return .none }
        var place = first
        let pathEnd = end + tail.count
        if pathEnd < target.count {
            guard target[pathEnd] == UInt8(ascii: "?") else { return .none }
            place.query = pathEnd + 1..<target.count
        } else {
            place.query = pathEnd..<pathEnd
        }
        return .path(place)
    }

    /// Where the second captured segment of a target lies that the template fits.
    func secondSegment(of target: Span<UInt8>) -> Range<Int> {
        guard let suffixStart = self.suffixStart, let second = self.second,
            let end = Self.segmentEnd(target, from: self.prefixCount)
        else { return 0..<0 }
        let start = min(end + second.start - suffixStart, target.count)
        return start..<(Self.segmentEnd(target, from: start) ?? start)
    }

    /// Whether a part of the template stands at a place of the target.
    private func hasText(_ part: Range<Int>, _ target: Span<UInt8>, at offset: Int) -> Bool {
        guard part.count <= target.count - offset else { return false }
        // Safety: as in `match(_:)`; the part lies in the template.
        let template = unsafe self.template.utf8Start
        for index in 0..<part.count where unsafe template[part.lowerBound + index] != target[offset + index] {
            return false
        }
        return true
    }

    /// Where a segment ends; nil if it holds a byte that no target has.
    private static func segmentEnd(_ target: Span<UInt8>, from start: Int) -> Int? {
        var end = start
        while end < target.count {
            let byte = target[end]
            if byte == UInt8(ascii: "?") || byte == UInt8(ascii: "/") { break }
            if byte <= 0x20 || byte == UInt8(ascii: "#") || byte == 0x7F { return nil }
            end += 1
        }
        return end
    }
}
