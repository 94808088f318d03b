// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import GatewayCore
import JSONCodec
import NIOCore
import RedisClient
import RedisCore

/// `/v1/info` and `/v1/topology`: what this process says of itself, beside what Redis does.
extension LoopContext {
    /// Asks Redis for its part of the answer.
    /// - Parameters:
    ///   - match: The request.
    ///   - section: The section of INFO; empty for those that Redis shows by default.
    ///   - record: The request's record.
    func describe(_ match: RouteMatch, section: ByteBuffer, for record: RequestRecord) {
        let own = match.route == .topology ? self.upstreamMembers : self.processObject
        self.submit(
            self.gateway.description(match, section: section, own: own), for: record,
            hasSoftDeadline: match.requestedTimeout == nil)
    }

    private var processObject: ByteBuffer {
        var json = JSONWriter()
        json.beginObject()
        json.name("version")
        json.string(self.configuration.redis.libraryVersion)
        json.name("uptime_s")
        json.integer((self.now - self.started).nanoseconds / 1_000_000_000)
        json.name("event_loops")
        json.integer(Int64(self.configuration.eventLoops))
        json.name("draining")
        json.bool(self.isDraining)
        json.endObject()
        return json.buffer
    }

    /// The first members of the one upstream. The connections are those of all event loops.
    private var upstreamMembers: ByteBuffer {
        let connections = self.maintenance.publication?.connections ?? .init()
        var json = JSONWriter()
        json.name("name")
        json.string(HandoffOrder.upstream)
        json.name("endpoint")
        json.string(self.configuration.redis.endpoint.description)
        json.name("mode")
        json.string("single")
        json.name("connections")
        json.beginObject()
        json.name("ready")
        json.integer(Int64(connections.ready))
        json.name("draining")
        json.integer(Int64(connections.draining))
        json.name("dialing")
        json.integer(Int64(connections.dialing))
        json.endObject()
        return json.buffer
    }
}
