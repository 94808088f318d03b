// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

/// The commands of `/v1/keys`, and those that every kind of key has.
enum KeyCommands {
    @Sendable static func delete(_ request: inout ResourceRequest) {
        request.keyed("UNLINK")
    }

    @Sendable static func rename(_ request: inout ResourceRequest) {
        let isCareful = request.body.flag("if_absent")
        request.keyed(isCareful ? "RENAMENX" : "RENAME", arguments: 1)
        request.argument(request.body.bytes("to") ?? ByteBuffer())
        request.rendering = isCareful ? .renamedIfAbsent : .done
    }

    /// The source and the target are looked at in the same transaction: COPY's 0 alone does not say which of them is the
    /// reason.
    @Sendable static func copy(_ request: inout ResourceRequest) {
        let target = request.body.bytes("to") ?? ByteBuffer()
        let replaces = request.body.flag("replace")
        request.isTransaction = true
        request.keyed("EXISTS")
        request.command("EXISTS", arguments: 1)
        request.argument(target)
        request.keyed("COPY", arguments: replaces ? 2 : 1)
        request.argument(target)
        if replaces { request.argument("REPLACE") }
    }

    @Sendable static func scan(_ request: inout ResourceRequest) throws(Problem) {
        let cursor = try request.parameters.bytes(.cursor) ?? ByteBuffer(staticString: "0")
        guard UInt64(String(buffer: cursor)) != nil else {
            throw Parameters.problem("cursor", "must be one that an answer named")
        }
        let match = try request.parameters.bytes(.match)
        let type = try request.parameters.bytes(.type)
        let count = try request.parameters.integer(.count, 1...100_000)
        let options = (match == nil ? 0 : 2) + (type == nil ? 0 : 2) + (count == nil ? 0 : 2)
        request.command("SCAN", arguments: 1 + options)
        request.argument(cursor)
        if let match {
            request.argument("MATCH")
            request.argument(match)
        }
        if let count {
            request.argument("COUNT")
            request.argument(count)
        }
        if let type {
            request.argument("TYPE")
            request.argument(type)
        }
    }
}
