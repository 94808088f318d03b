// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

/// The commands of `/v1/streams/{key}/entries`.
enum StreamCommands {
    @Sendable static func add(_ request: inout ResourceRequest) throws(Problem) {
        guard let fields = request.body.list("fields") else { return }
        let isCareful = request.body.flag("if_exists")
        let trim = try Trim(request.body, mayBeAbsent: true)
        request.keyed("XADD", arguments: (isCareful ? 1 : 0) + (trim?.count ?? 0) + 1 + fields.count)
        if isCareful { request.argument("NOMKSTREAM") }
        trim?.write(to: &request)
        request.argument(request.body.bytes("id") ?? ByteBuffer(staticString: "*"))
        request.arguments(fields)
    }

    @Sendable static func read(_ request: inout ResourceRequest) throws(Problem) {
        let isReversed = try request.parameters.flag(.reversed)
        let start = try request.parameters.bytes(.start) ?? ByteBuffer(staticString: "-")
        let end = try request.parameters.bytes(.end) ?? ByteBuffer(staticString: "+")
        let count = try request.parameters.integer(.count, 1...1_000_000)
        request.keyed("EXISTS")
        request.keyed(isReversed ? "XREVRANGE" : "XRANGE", arguments: count == nil ? 2 : 4)
        request.argument(isReversed ? end : start)
        request.argument(isReversed ? start : end)
        if let count {
            request.argument("COUNT")
            request.argument(count)
        }
    }

    @Sendable static func readEntry(_ request: inout ResourceRequest) {
        request.keyed("XRANGE", arguments: 2)
        request.argument(request.member)
        request.argument(request.member)
    }

    @Sendable static func deleteEntry(_ request: inout ResourceRequest) {
        request.keyed("XDEL", arguments: 1)
        request.argument(request.member)
    }

    @Sendable static func trim(_ request: inout ResourceRequest) throws(Problem) {
        guard let trim = try Trim(request.body, mayBeAbsent: false) else { return }
        request.keyed("XTRIM", arguments: trim.count)
        trim.write(to: &request)
    }

    /// `max_length` or `min_id`, with `approximate` if wanted.
    private struct Trim {
        private let length: Int64?
        private let id: ByteBuffer?
        private let isApproximate: Bool

        /// - Returns: nil if the body has neither and need not have one.
        init?(_ body: BodyValues, mayBeAbsent: Bool) throws(Problem) {
            self.length = body.integer("max_length")
            self.id = body.bytes("min_id")
            self.isApproximate = body.flag("approximate")
            if self.length == nil, self.id == nil, mayBeAbsent { return nil }
            guard (self.length == nil) != (self.id == nil) else {
                throw MemberReader.problem("One of 'max_length' and 'min_id' is needed.")
            }
        }

        /// How many arguments it has.
        var count: Int { self.isApproximate ? 3 : 2 }

        func write(to request: inout ResourceRequest) {
            request.argument(self.length == nil ? "MINID" : "MAXLEN")
            if self.isApproximate { request.argument("~") }
            if let length = self.length {
                request.argument(length)
            } else {
                request.argument(self.id ?? ByteBuffer())
            }
        }
    }
}
