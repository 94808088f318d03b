// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
package import NIOCore
package import RedisCore

/// A move that an operator asks for: the body of `POST /v1/maintenance/handoffs`.
package struct HandoffOrder: Sendable, Equatable {
    /// Where to; nil: the configured endpoint anew.
    package var target: MovingTarget?
    /// How long the old connections may take, 1...120 s.
    package var grace: TimeAmount

    /// The one upstream that there is.
    package static let upstream: StaticString = "main"

    private static let form = Operation.Body.object([
        .required("upstream", .text), .optional("target", .text), .optional("grace_ms", .integer(1_000...120_000)),
    ])

    /// - Throws: ``Problem`` that says what is wrong with the body.
    init(_ body: ByteBuffer) throws(Problem) {
        let values = try BodyValues(body, Self.form, limit: 1)
        guard let upstream = values.bytes("upstream"), upstream.readableBytesUInt8Span.equals(Self.upstream) else {
            throw MemberReader.problem("'upstream' must be \"\(Self.upstream)\": there is no other.")
        }
        if let text = values.bytes("target") {
            guard let target = MovingTarget(String(buffer: text)) else {
                throw MemberReader.problem("'target' must be a host and a port, as in 10.0.0.7:6379 or [::1]:6379.")
            }
            self.target = target
        }
        self.grace = .milliseconds(values.integer("grace_ms") ?? 15_000)
    }
}
