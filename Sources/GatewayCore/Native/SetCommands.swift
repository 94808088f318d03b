// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

/// The commands of `/v1/sets` and `/v1/set-operations`.
enum SetCommands {
    @Sendable static func read(_ request: inout ResourceRequest) {
        request.keyed("SMEMBERS")
    }

    @Sendable static func add(_ request: inout ResourceRequest) {
        Self.members("SADD", &request)
    }

    @Sendable static func remove(_ request: inout ResourceRequest) {
        Self.members("SREM", &request)
    }

    private static func members(_ name: StaticString, _ request: inout ResourceRequest) {
        guard let members = request.body.list("members") else { return }
        request.keyed(name, arguments: members.count)
        request.arguments(members)
    }

    @Sendable static func pop(_ request: inout ResourceRequest) {
        request.keyed("SPOP", arguments: 1)
        request.argument(request.body.integer("count") ?? 1)
    }

    @Sendable static func hasMember(_ request: inout ResourceRequest) {
        request.keyed("SISMEMBER", arguments: 1)
        request.argument(request.member)
    }

    @Sendable static func addMember(_ request: inout ResourceRequest) {
        request.keyed("SADD", arguments: 1)
        request.argument(request.member)
    }

    @Sendable static func removeMember(_ request: inout ResourceRequest) {
        request.keyed("SREM", arguments: 1)
        request.argument(request.member)
    }

    @Sendable static func union(_ request: inout ResourceRequest) throws(Problem) {
        try Self.combine("SUNION", &request)
    }

    @Sendable static func intersection(_ request: inout ResourceRequest) throws(Problem) {
        try Self.combine("SINTER", &request)
    }

    @Sendable static func difference(_ request: inout ResourceRequest) throws(Problem) {
        try Self.combine("SDIFF", &request)
    }

    private static func combine(_ name: StaticString, _ request: inout ResourceRequest) throws(Problem) {
        guard let keys = try request.parameters.list(.key, limit: request.argumentLimit) else {
            throw Parameters.problem("key", "is needed")
        }
        request.command(name, arguments: keys.count)
        request.arguments(keys)
    }
}
