// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import RedisCore

/// What one method of a native resource does, as data: what it takes, the commands it becomes, and how their replies
/// become its answer.
struct Operation: Sendable {
    /// What the request's body must be.
    enum Body: Sendable {
        /// Whatever comes is dropped.
        case none
        /// The bytes are the value.
        case octets
        /// A JSON object with these members.
        case object([BodyMember])
        /// A JSON object, or array of pairs, that is a map itself.
        case pairs(allowsNull: Bool)
    }

    let method: Method
    let parameters: ParameterSet
    let body: Body
    /// What the answer can be; `fixed` if it has no content that could be negotiated.
    let answer: RouteRule.Answer
    /// How the replies become the answer; the translation may choose another.
    let rendering: Rendering
    /// What a second run would do; the translation may choose another. A second PUT may answer 204 for 201.
    let retryClass: RetryClass
    /// Writes the commands of a request.
    let translate: @Sendable (inout ResourceRequest) throws(Problem) -> Void

    /// Without `retry` the method's own class holds: GET and QUERY read, PUT and PATCH can be repeated, all others cannot.
    init(
        _ method: Method, _ rendering: Rendering, parameters: ParameterSet = [], body: Body = .none,
        answer: RouteRule.Answer = .fixed, retry: RetryClass? = nil,
        _ translate: @escaping @Sendable (inout ResourceRequest) throws(Problem) -> Void
    ) {
        self.method = method
        self.rendering = rendering
        self.parameters = parameters
        self.body = body
        self.answer = answer
        self.translate = translate
        switch method {
        case .get, .query: self.retryClass = retry ?? .readOnly
        case .put, .patch: self.retryClass = retry ?? .idempotent
        default: self.retryClass = retry ?? .unsafe
        }
    }

    /// Whether the method takes a body.
    var takesBody: Bool {
        if case .none = self.body { false } else { true }
    }

    /// Whether that body is JSON.
    var takesJSON: Bool {
        switch self.body {
        case .object, .pairs: true
        case .none, .octets: false
        }
    }
}
