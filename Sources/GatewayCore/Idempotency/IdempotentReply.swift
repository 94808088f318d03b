// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
package import RESP
import RedisCore

/// What ``IdempotencyScript`` has answered.
package enum IdempotentReply {
    /// The replies of the commands, from now or from the first time.
    case replies([RESPValue], isReplayed: Bool)
    case problem(Problem)

    /// Reads the script's answer.
    /// - Parameters:
    ///   - reply: What Redis has sent.
    ///   - count: How many replies the plan has.
    package init(_ reply: RESPValue, count: Int) {
        if reply.isError {
            let problem = Problem(redisError: reply.payload, CommandContext(name: "EVAL", retryClass: .idempotent))
            self = .problem(problem)
            return
        }
        var bytes = reply.payload
        let letter = reply.isString ? bytes.readInteger(as: UInt8.self) : nil
        if letter == UInt8(ascii: "X") {
            self = .problem(Problem(kind: .idempotencyKeyReused))
        } else if let replies = Self.decode(bytes, count: count) {
            self = .replies(replies, isReplayed: letter == UInt8(ascii: "R"))
        } else {
            let problem = Problem(.backendProtocol, detail: "The record of the Idempotency-Key cannot be read.")
            self = .problem(problem.with { $0.outcome = .unknown })
        }
    }

    private static func decode(_ bytes: ByteBuffer, count: Int) -> [RESPValue]? {
        var decoder = RESPDecoder()
        decoder.feed(bytes)
        var replies: [RESPValue] = []
        while let reply = try? decoder.next() { replies.append(reply) }
        return replies.count == count ? replies : nil
    }
}
