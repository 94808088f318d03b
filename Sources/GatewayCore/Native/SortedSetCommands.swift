// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

/// The commands of `/v1/sorted-sets`.
enum SortedSetCommands {
    /// The words of the end from which members are popped.
    static let ends: [StaticString] = ["min", "max"]
    private static let orders: [StaticString] = ["rank", "score", "lex"]

    @Sendable static func read(_ request: inout ResourceRequest) throws(Problem) {
        let order = try request.parameters.word(.by, Self.orders) ?? 0
        let isReversed = try request.parameters.flag(.reversed)
        let offset = try request.parameters.integer(.offset, 0 ... .max)
        let limit = try request.parameters.integer(.limit, 1 ... .max)
        request.keyed("ZCARD")
        guard order > 0 else { return try Self.readByRank(&request, isReversed, offset, limit) }
        let isByScore = order == 1
        let least = try request.parameters.bytes(.min) ?? ByteBuffer(staticString: isByScore ? "-inf" : "-")
        let most = try request.parameters.bytes(.max) ?? ByteBuffer(staticString: isByScore ? "inf" : "+")
        let isPart = offset != nil || limit != nil
        request.keyed("ZRANGE", arguments: 3 + (isReversed ? 1 : 0) + (isPart ? 3 : 0) + (isByScore ? 1 : 0))
        request.argument(isReversed ? most : least)
        request.argument(isReversed ? least : most)
        request.argument(isByScore ? "BYSCORE" : "BYLEX")
        if isReversed { request.argument("REV") }
        if isPart {
            request.argument("LIMIT")
            request.argument(offset ?? 0)
            request.argument(limit ?? -1)
        }
        if isByScore {
            request.argument("WITHSCORES")
        } else {
            request.rendering = .rankedMembers
        }
    }

    /// Ranks have no LIMIT in Redis; where `offset` and `limit` are given, they are the bounds.
    private static func readByRank(
        _ request: inout ResourceRequest, _ isReversed: Bool, _ offset: Int64?, _ limit: Int64?
    ) throws(Problem) {
        var first = try request.parameters.integer(.min) ?? 0
        var last = try request.parameters.integer(.max) ?? -1
        if offset != nil || limit != nil {
            guard first == 0, last == -1 else {
                throw Parameters.problem("offset", "and limit cannot be used with the ranks min and max")
            }
            first = offset ?? 0
            let (sum, overflow) = first.addingReportingOverflow((limit ?? 0) - 1)
            last = limit == nil || overflow ? -1 : sum
        }
        request.keyed("ZRANGE", arguments: isReversed ? 4 : 3)
        request.argument(first)
        request.argument(last)
        if isReversed { request.argument("REV") }
        request.argument("WITHSCORES")
    }

    @Sendable static func add(_ request: inout ResourceRequest) {
        guard let members = request.body.list("members") else { return }
        let condition = request.body.word("when").map(Self.condition)
        request.keyed("ZADD", arguments: members.count + (condition == nil ? 1 : 2))
        if let condition { request.argument(condition) }
        request.argument("CH")
        request.arguments(members)
    }

    private static func condition(_ index: Int) -> StaticString {
        switch index {
        case 0: "NX"
        case 1: "XX"
        case 2: "GT"
        default: "LT"
        }
    }

    @Sendable static func remove(_ request: inout ResourceRequest) {
        guard let members = request.body.list("members") else { return }
        request.keyed("ZREM", arguments: members.count)
        request.arguments(members)
    }

    @Sendable static func pop(_ request: inout ResourceRequest) {
        let isMax = request.body.word("side") == 1
        let count = request.body.integer("count") ?? 1
        guard let wait = request.body.integer("wait_ms"), wait > 0 else {
            request.keyed(isMax ? "ZPOPMAX" : "ZPOPMIN", arguments: 1)
            return request.argument(count)
        }
        request.blocks(wait)
        request.rendering = .awaitedScores
        request.command("BZMPOP", arguments: 6)
        request.waitSeconds()
        request.argument("1")
        request.argument(request.key)
        request.argument(isMax ? "MAX" : "MIN")
        request.argument("COUNT")
        request.argument(count)
    }

    @Sendable static func readMember(_ request: inout ResourceRequest) {
        request.keyed("ZSCORE", arguments: 1)
        request.argument(request.member)
        request.keyed("ZRANK", arguments: 1)
        request.argument(request.member)
    }

    /// Under a condition the old score is read in the same transaction: ZADD's 0 does not say whether the member was
    /// there.
    @Sendable static func writeMember(_ request: inout ResourceRequest) {
        guard let (score, _) = request.body.number("score") else { return }
        guard let condition = request.body.word("when") else {
            request.keyed("ZADD", arguments: 2)
            request.argument(score)
            return request.argument(request.member)
        }
        let isPresence = condition == 1
        request.rendering = isPresence ? .presentScore : .changedScore
        request.retryClass = isPresence ? .idempotent : .unsafe
        request.isTransaction = true
        request.keyed("ZSCORE", arguments: 1)
        request.argument(request.member)
        request.keyed("ZADD", arguments: 4)
        request.argument(Self.condition(condition))
        request.argument("CH")
        request.argument(score)
        request.argument(request.member)
    }

    @Sendable static func removeMember(_ request: inout ResourceRequest) {
        request.keyed("ZREM", arguments: 1)
        request.argument(request.member)
    }

    @Sendable static func incrementMember(_ request: inout ResourceRequest) {
        request.keyed("ZINCRBY", arguments: 2)
        request.argument(request.body.number("by")?.text ?? ByteBuffer(staticString: "1"))
        request.argument(request.member)
    }
}
