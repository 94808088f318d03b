// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

/// The commands of `/v1/streams/{key}/groups/{group}`.
enum GroupCommands {
    /// BUSYGROUP is 409: the group that is there may stand at another entry.
    @Sendable static func create(_ request: inout ResourceRequest) {
        let makesStream = request.body.flag("create_stream")
        request.command("XGROUP", arguments: makesStream ? 5 : 4)
        request.argument("CREATE")
        request.argument(request.key)
        request.argument(request.member)
        request.argument(request.body.bytes("start") ?? ByteBuffer(staticString: "$"))
        if makesStream { request.argument("MKSTREAM") }
    }

    @Sendable static func destroy(_ request: inout ResourceRequest) {
        request.command("XGROUP", arguments: 3)
        request.argument("DESTROY")
        request.argument(request.key)
        request.argument(request.member)
    }

    @Sendable static func describe(_ request: inout ResourceRequest) {
        request.keyed("XPENDING", arguments: 1)
        request.argument(request.member)
    }

    @Sendable static func read(_ request: inout ResourceRequest) {
        let count = request.body.integer("count")
        let wait = request.body.integer("wait_ms") ?? 0
        let isAcknowledged = request.body.flag("no_ack")
        if wait > 0 { request.blocks(wait) }
        let options = (count == nil ? 0 : 2) + (wait > 0 ? 2 : 0) + (isAcknowledged ? 1 : 0)
        request.command("XREADGROUP", arguments: 6 + options)
        request.argument("GROUP")
        request.argument(request.member)
        request.argument(request.body.bytes("consumer") ?? ByteBuffer())
        if let count {
            request.argument("COUNT")
            request.argument(count)
        }
        if wait > 0 {
            request.argument("BLOCK")
            request.argument(request.wait)
        }
        if isAcknowledged { request.argument("NOACK") }
        request.argument("STREAMS")
        request.argument(request.key)
        request.argument(request.body.bytes("start") ?? ByteBuffer(staticString: ">"))
    }

    @Sendable static func acknowledge(_ request: inout ResourceRequest) {
        guard let ids = request.body.list("ids") else { return }
        request.keyed("XACK", arguments: 1 + ids.count)
        request.argument(request.member)
        request.arguments(ids)
    }

    @Sendable static func claim(_ request: inout ResourceRequest) throws(Problem) {
        let idle = request.body.integer("min_idle_ms") ?? 0
        let consumer = request.body.bytes("consumer") ?? ByteBuffer()
        let start = request.body.bytes("start")
        let count = request.body.integer("count")
        if let ids = request.body.list("ids") {
            guard start == nil, count == nil else {
                throw MemberReader.problem("'ids' goes with neither 'start' nor 'count'.")
            }
            request.keyed("XCLAIM", arguments: 3 + ids.count)
            request.argument(request.member)
            request.argument(consumer)
            request.argument(idle)
            return request.arguments(ids)
        }
        request.rendering = .autoClaimed
        request.keyed("XAUTOCLAIM", arguments: 4 + (count == nil ? 0 : 2))
        request.argument(request.member)
        request.argument(consumer)
        request.argument(idle)
        request.argument(start ?? ByteBuffer(staticString: "0-0"))
        if let count {
            request.argument("COUNT")
            request.argument(count)
        }
    }

    @Sendable static func pending(_ request: inout ResourceRequest) throws(Problem) {
        let idle = try request.parameters.integer(.minIdle, 0 ... .max)
        let start = try request.parameters.bytes(.start) ?? ByteBuffer(staticString: "-")
        let end = try request.parameters.bytes(.end) ?? ByteBuffer(staticString: "+")
        let count = try request.parameters.integer(.count, 1...1_000_000) ?? 100
        let consumer = try request.parameters.bytes(.consumer)
        request.keyed("XPENDING", arguments: 4 + (idle == nil ? 0 : 2) + (consumer == nil ? 0 : 1))
        request.argument(request.member)
        if let idle {
            request.argument("IDLE")
            request.argument(idle)
        }
        request.argument(start)
        request.argument(end)
        request.argument(count)
        if let consumer { request.argument(consumer) }
    }
}
