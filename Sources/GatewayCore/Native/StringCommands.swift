// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

/// The commands of `/v1/strings`, beyond those of one plain value.
enum StringCommands {
    @Sendable static func increment(_ request: inout ResourceRequest) {
        if let (by, isFloat) = request.body.number("by") {
            request.keyed(isFloat ? "INCRBYFLOAT" : "INCRBY", arguments: 1)
            request.argument(by)
        } else {
            request.keyed("INCR")
        }
    }

    @Sendable static func append(_ request: inout ResourceRequest) {
        request.keyed("APPEND", arguments: 1)
        request.argument(request.octets)
    }

    @Sendable static func read(_ request: inout ResourceRequest) throws(Problem) {
        guard let keys = try request.parameters.list(.key, limit: request.argumentLimit) else {
            throw Parameters.problem("key", "is needed")
        }
        request.command("MGET", arguments: keys.count)
        request.arguments(keys)
    }

    /// As ``read(_:)``, of keys that may be many or any bytes.
    @Sendable static func query(_ request: inout ResourceRequest) {
        guard let keys = request.body.list("keys") else { return }
        request.command("MGET", arguments: keys.count)
        request.arguments(keys)
    }

    @Sendable static func write(_ request: inout ResourceRequest) {
        let values = request.body.pairs.values
        request.command("MSET", arguments: values.count)
        request.arguments(values)
    }
}
