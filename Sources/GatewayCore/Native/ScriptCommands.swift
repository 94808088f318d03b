// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

/// The commands of `/v1/scripts` and `/v1/functions`.
enum ScriptCommands {
    @Sendable static func load(_ request: inout ResourceRequest) throws(Problem) {
        guard request.octets.readableBytes > 0 else { throw MemberReader.problem("The body must be the script.") }
        request.command("SCRIPT", arguments: 2)
        request.argument("LOAD")
        request.argument(request.octets)
    }

    @Sendable static func invoke(_ request: inout ResourceRequest) {
        Self.call("EVALSHA", "EVALSHA_RO", &request)
    }

    @Sendable static func invokeFunction(_ request: inout ResourceRequest) {
        Self.call("FCALL", "FCALL_RO", &request)
    }

    private static func call(_ name: StaticString, _ readingName: StaticString, _ request: inout ResourceRequest) {
        let onlyReads = request.body.flag("read_only")
        if onlyReads {
            request.retryClass = .readOnly
            request.rendering = .readResult
        }
        let keys = request.body.list("keys") ?? ArgumentList()
        let arguments = request.body.list("arguments") ?? ArgumentList()
        request.keyed(onlyReads ? readingName : name, arguments: 1 + keys.count + arguments.count)
        request.argument(Int64(keys.count))
        request.arguments(keys)
        request.arguments(arguments)
    }
}
