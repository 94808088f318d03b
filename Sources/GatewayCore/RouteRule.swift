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
        self.access = access
        // Safety: the buffer of a StaticString lives as long as the process.
        let bytes = unsafe UnsafeBufferPointer(start: template.utf8Start, count: template.utf8CodeUnitCount)
        self.prefixCount = unsafe bytes.firstIndex(of: UInt8(ascii: "{")) ?? bytes.count
        self.suffixStart = unsafe bytes.firstIndex(of: UInt8(ascii: "}")).map { $0 + 1 }
    }

    /// The `Allow` field's value.
    var allow: String {
        self.methods.union(.options).text
    }

    /// Matches a path without its query.
    /// - Returns: where the captured segment lies (empty at the path's end if nothing is captured), or nil.
    func match(_ path: Span<UInt8>) -> Range<Int>? {
        let prefixCount = self.prefixCount
        guard path.count >= prefixCount else { return nil }
        // Safety: `prefixCount` is at most the number of the template's bytes.
        let bytes = unsafe UnsafeBufferPointer(start: self.template.utf8Start, count: self.template.utf8CodeUnitCount)
        for index in 0..<prefixCount where unsafe bytes[index] != path[index] {
            return nil
        }
        guard let suffixStart = self.suffixStart else {
            return path.count == prefixCount ? prefixCount..<prefixCount : nil
        }
        var end = prefixCount
        while end < path.count, path[end] != UInt8(ascii: "/") {
            end &+= 1
        }
        let suffixCount = bytes.count &- suffixStart
        guard path.count &- end == suffixCount else { return nil }
        for index in 0..<suffixCount where unsafe bytes[suffixStart &+ index] != path[end &+ index] {
            return nil
        }
        return prefixCount..<end
    }
}
