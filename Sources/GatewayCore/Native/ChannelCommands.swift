// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore

/// The commands of `/v1/channels` and `/v1/shard-channels`.
enum ChannelCommands {
    @Sendable static func publish(_ request: inout ResourceRequest) {
        request.keyed("PUBLISH", arguments: 1)
        request.argument(request.octets)
    }

    @Sendable static func publishToShard(_ request: inout ResourceRequest) {
        request.keyed("SPUBLISH", arguments: 1)
        request.argument(request.octets)
    }
}
