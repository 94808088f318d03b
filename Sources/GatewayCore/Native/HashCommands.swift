// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

/// The commands of `/v1/hashes`.
enum HashCommands {
    @Sendable static func read(_ request: inout ResourceRequest) throws(Problem) {
        guard let fields = try request.parameters.list(.field, limit: request.argumentLimit) else {
            return request.keyed("HGETALL")
        }
        request.rendering = .namedFields
        request.keyed("HLEN")
        request.keyed("HMGET", arguments: fields.count)
        request.arguments(fields)
    }

    /// As PUT of a string, it replaces whatever is there, of any type, and its time to live.
    @Sendable static func replace(_ request: inout ResourceRequest) {
        request.isTransaction = true
        request.keyed("UNLINK")
        Self.set(&request)
    }

    @Sendable static func merge(_ request: inout ResourceRequest) {
        let removals = request.body.pairs.removals
        request.isTransaction = removals.count > 0 && request.body.pairs.values.count > 0
        if request.body.pairs.values.count > 0 { Self.set(&request) }
        if removals.count > 0 {
            request.keyed("HDEL", arguments: removals.count)
            request.arguments(removals)
        }
    }

    private static func set(_ request: inout ResourceRequest) {
        let values = request.body.pairs.values
        request.keyed("HSET", arguments: values.count)
        request.arguments(values)
    }

    @Sendable static func readField(_ request: inout ResourceRequest) {
        request.keyed("HGET", arguments: 1)
        request.argument(request.member)
    }

    @Sendable static func writeField(_ request: inout ResourceRequest) {
        request.keyed("HSET", arguments: 2)
        request.argument(request.member)
        request.argument(request.octets)
    }

    @Sendable static func deleteField(_ request: inout ResourceRequest) {
        request.keyed("HDEL", arguments: 1)
        request.argument(request.member)
    }

    @Sendable static func incrementField(_ request: inout ResourceRequest) {
        let by = request.body.number("by")
        request.keyed(by?.isFloat == true ? "HINCRBYFLOAT" : "HINCRBY", arguments: 2)
        request.argument(request.member)
        request.argument(by?.text ?? ByteBuffer(staticString: "1"))
    }
}
