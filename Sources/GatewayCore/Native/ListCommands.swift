// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

/// The commands of `/v1/lists`.
enum ListCommands {
    /// The words of a side, in the order of ``side(_:)``.
    static let sides: [StaticString] = ["left", "right"]

    private static func side(_ index: Int) -> StaticString {
        index == 0 ? "LEFT" : "RIGHT"
    }

    @Sendable static func read(_ request: inout ResourceRequest) throws(Problem) {
        let start = try request.parameters.integer(.start) ?? 0
        let stop = try request.parameters.integer(.stop) ?? -1
        request.keyed("LLEN")
        request.keyed("LRANGE", arguments: 2)
        request.argument(start)
        request.argument(stop)
    }

    @Sendable static func push(_ request: inout ResourceRequest) {
        guard let values = request.body.list("values") else { return }
        let isLeft = request.body.word("side") == 0
        if request.body.flag("if_exists") {
            request.rendering = .pushedExisting
            request.keyed(isLeft ? "LPUSHX" : "RPUSHX", arguments: values.count)
        } else {
            request.keyed(isLeft ? "LPUSH" : "RPUSH", arguments: values.count)
        }
        request.arguments(values)
    }

    @Sendable static func pop(_ request: inout ResourceRequest) {
        let side = request.body.word("side") ?? 0
        let count = request.body.integer("count") ?? 1
        guard let wait = request.body.integer("wait_ms"), wait > 0 else {
            request.keyed(side == 0 ? "LPOP" : "RPOP", arguments: 1)
            return request.argument(count)
        }
        request.blocks(wait)
        request.rendering = .awaitedValues
        request.command("BLMPOP", arguments: 6)
        request.waitSeconds()
        request.argument("1")
        request.argument(request.key)
        request.argument(Self.side(side))
        request.argument("COUNT")
        request.argument(count)
    }

    @Sendable static func readItem(_ request: inout ResourceRequest) throws(Problem) {
        let index = try request.index()
        request.keyed("LINDEX", arguments: 1)
        request.argument(index)
    }

    @Sendable static func writeItem(_ request: inout ResourceRequest) throws(Problem) {
        let index = try request.index()
        request.keyed("LSET", arguments: 2)
        request.argument(index)
        request.argument(request.octets)
    }

    @Sendable static func move(_ request: inout ResourceRequest) {
        let wait = request.body.integer("wait_ms") ?? 0
        request.keyed(wait > 0 ? "BLMOVE" : "LMOVE", arguments: wait > 0 ? 4 : 3)
        request.argument(request.body.bytes("to") ?? ByteBuffer())
        request.argument(Self.side(request.body.word("from_side") ?? 0))
        request.argument(Self.side(request.body.word("to_side") ?? 1))
        guard wait > 0 else { return }
        request.blocks(wait)
        request.waitSeconds()
    }

    @Sendable static func trim(_ request: inout ResourceRequest) {
        request.keyed("LTRIM", arguments: 2)
        request.argument(request.body.integer("start") ?? 0)
        request.argument(request.body.integer("stop") ?? -1)
    }

    @Sendable static func insert(_ request: inout ResourceRequest) throws(Problem) {
        let before = request.body.bytes("before")
        let after = request.body.bytes("after")
        guard (before == nil) != (after == nil), let pivot = before ?? after else {
            throw MemberReader.problem("One of 'before' and 'after' is needed.")
        }
        request.keyed("LINSERT", arguments: 3)
        request.argument(before == nil ? "AFTER" : "BEFORE")
        request.argument(pivot)
        request.argument(request.body.bytes("value") ?? ByteBuffer())
    }
}
