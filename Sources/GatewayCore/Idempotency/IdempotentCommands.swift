// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Crypto
import HTTPCore
import NIOCore
import RESP

/// The commands of a request with `Idempotency-Key`, as one EVAL of ``IdempotencyScript``.
struct IdempotentCommands {
    /// Most words of one command: Lua's stack holds no more.
    static let wordLimit = 4_000

    /// Reads whose replies a script can hold. Of those with a number behind `*` the array is as long as the command has words beyond
    /// so many: nulls at its end would be lost.
    private static let reads: [CommandName: Int] = Self.names(
        "BITCOUNT BITPOS ECHO EXISTS EXPIRETIME GET GETBIT GETRANGE HEXISTS HGET HGETALL HKEYS HLEN HMGET*2 HSTRLEN HVALS LINDEX "
            + "LLEN LRANGE MGET*1 PEXPIRETIME PFCOUNT PING PTTL SCARD SDIFF SINTER SINTERCARD SISMEMBER SMEMBERS SMISMEMBER "
            + "SRANDMEMBER STRLEN SUBSTR SUNION TIME TTL TYPE XLEN XRANGE XREVRANGE ZCARD ZCOUNT ZLEXCOUNT ZMSCORE*2 ZRANGE "
            + "ZRANGEBYLEX ZRANGEBYSCORE ZRANK ZREVRANGE ZREVRANK ZSCORE")
    /// Commands that change data and do not fit: their replies hold numbers beyond 2^53, or nulls at any place.
    private static let unfit: [CommandName: Int] = Self.names(
        "BITFIELD SORT GEORADIUS GEORADIUSBYMEMBER HGETDEL HGETEX XREADGROUP INCREX VADD VREM VSETATTR")

    private var arguments = RESPEncoder()
    private var count = 0
    private var hash = SHA256()
    /// The first Redis key; empty if there is none.
    private var key = ByteBuffer()

    /// Takes the commands of a plan.
    /// - Parameter plan: Whose replies are to be kept.
    /// - Throws: ``Problem`` if a command cannot run in a script, or its reply cannot be kept.
    init(_ plan: borrowing RedisPlan) throws(Problem) {
        guard !plan.needsLease, !plan.mayContinue else {
            throw Self.problem("a request that waits or has conditions", nil)
        }
        var encoder = RESPEncoder()
        plan.encode(into: &encoder)
        let commands = encoder.buffer
        let bytes = commands.readableBytesUInt8Span
        var offset = 0
        var ordinal = 0
        while offset < bytes.count, var cursor = CommandCursor(bytes, at: offset) {
            let isBracket = plan.isTransaction && (ordinal == 0 || ordinal == plan.replyCount - 1)
            var words: [ByteBuffer] = []
            while let word = cursor.next(bytes) {
                words.append(commands.getSlice(at: word.content.lowerBound, length: word.content.count) ?? ByteBuffer())
            }
            if !isBracket { try self.append(words) }
            offset = cursor.offset
            ordinal += 1
        }
        self.hash.update(data: Array(commands.readableBytesView))
    }

    private mutating func append(_ words: [ByteBuffer]) throws(Problem) {
        let name = words.first ?? ByteBuffer()
        guard let length = Self.arrayLength(words) else {
            throw Self.problem(CommandPolicy.text(name.readableBytesUInt8Span), self.count)
        }
        if self.count == 0 { self.key = Self.firstKey(words) }
        self.arguments.bulk(Int64(length))
        self.arguments.bulk(Int64(words.count))
        for word in words { self.arguments.bulk(word) }
        self.count += 1
        self.argumentCount += words.count + 2
    }

    /// How many arguments the script has.
    private var argumentCount = 4

    /// How long the array of a command's reply is, 0 if that needs not be said; nil if the command does not fit.
    private static func arrayLength(_ words: [ByteBuffer]) -> Int? {
        guard words.count <= Self.wordLimit else { return nil }
        let first = words.first ?? ByteBuffer()
        guard let name = CommandName(first.readableBytesUInt8Span) else { return nil }
        if let skipped = Self.reads[name] { return skipped == 0 ? 0 : max(0, words.count - skipped) }
        guard Self.unfit[name] == nil else { return nil }
        switch CommandCatalog.rule(for: name) {
        case .allow(let effect): return effect == .read ? nil : 0
        case .set, .expire, .getEx, .copy, .publish: return 0
        case .container: return CommandName(catalog: "XGROUP") == name ? 0 : nil
        default: return nil
        }
    }

    private static func firstKey(_ words: [ByteBuffer]) -> ByteBuffer {
        let first = words.first ?? ByteBuffer()
        let name = CommandName(first.readableBytesUInt8Span)
        let isSecond = name == CommandName(catalog: "XGROUP") || name == CommandName(catalog: "BITOP")
        let place = isSecond ? 2 : 1
        return words.indices.contains(place) ? words[place] : ByteBuffer()
    }

    /// The EVAL.
    /// - Parameters:
    ///   - key: The caller's key.
    ///   - caller: The request's credentials; empty without them.
    ///   - purpose: What makes a request another one beside its commands: its method, route and form of answer.
    ///   - isTransaction: Whether nothing runs if a command could not be queued.
    ///   - time: How long the replies are kept.
    /// - Returns: One command in its wire form.
    func eval(
        _ key: IdempotencyKey, caller: ByteBuffer, purpose: String, isTransaction: Bool, keptFor time: TimeAmount
    ) -> ByteBuffer {
        var hash = self.hash
        hash.update(data: Array(purpose.utf8))
        var encoder = RESPEncoder()
        encoder.array(count: 4 + self.argumentCount)
        encoder.bulk("EVAL")
        encoder.bulk(IdempotencyScript.text)
        encoder.bulk("1")
        encoder.bulk(key.recordName(caller: caller, besides: self.key))
        encoder.bulk(ByteBuffer(bytes: hash.finalize()))
        encoder.bulk(max(1, time.nanoseconds / 1_000_000))
        encoder.bulk(isTransaction ? "1" : "0")
        encoder.bulk(Int64(self.count))
        encoder.raw(self.arguments.buffer)
        return encoder.buffer
    }

    private static func names(_ list: String) -> [CommandName: Int] {
        var names: [CommandName: Int] = [:]
        for word in list.split(separator: " ") {
            let parts = word.split(separator: "*")
            guard let name = CommandName(catalog: parts[0]) else { continue }
            names[name] = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        }
        return names
    }

    private static func problem(_ what: String, _ index: Int?) -> Problem {
        Problem(
            .idempotencyNotPossible, detail: "\(what) cannot be part of a request with Idempotency-Key.",
            commandIndex: index)
    }
}
