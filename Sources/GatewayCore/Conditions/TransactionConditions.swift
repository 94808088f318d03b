// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import JSONCodec
import NIOCore
import RESP
import RedisCore

/// `if_match` and `if_none_match` of a transaction.
///
/// The keys are watched on a connection of their own and then read. If everything is as expected, the transaction runs on the
/// same connection; a change in between makes Redis discard it (https://redis.io/docs/latest/develop/interact/transactions/).
struct TransactionConditions {
    /// How many there are.
    private(set) var count = 0
    /// The arguments of WATCH.
    private var keys = RESPEncoder()
    /// A command for each condition.
    private var checks = RESPEncoder()
    /// What each condition says, as an array: the key, and behind it a list of tags, or nothing if there must be no such key.
    private var entries = RESPEncoder()
    private let limit: Int
    private var members: Set<String> = []

    /// - Parameter limit: How many conditions there may be, 1...
    init(limit: Int) {
        self.limit = limit
    }

    /// Reads the value of a member if it holds conditions.
    /// - Parameters:
    ///   - reader: The member's name has been read.
    ///   - name: That name.
    /// - Returns: false if the member is another one; nothing was read then.
    /// - Throws: ``Problem`` with what is wrong.
    mutating func read(_ reader: inout BodyReader, member name: Span<UInt8>) throws(Problem) -> Bool {
        if name.equals("if_match") {
            try self.begin("if_match")
            try self.readTags(&reader)
        } else if name.equals("if_none_match") {
            try self.begin("if_none_match")
            try self.readAbsentKeys(&reader)
        } else {
            return false
        }
        return true
    }

    private mutating func begin(_ name: String) throws(Problem) {
        guard self.members.insert(name).inserted else { throw Self.problem("'\(name)' is given twice.") }
    }

    /// An object, or an array of pairs, whose keys can be any bytes.
    private mutating func readTags(_ reader: inout BodyReader) throws(Problem) {
        let shape = "'if_match' must be an object of keys and entity tags, or an array of such pairs."
        switch try reader.next() {
        case .beginObject:
            while case .name(let key) = try reader.next() {
                guard case .string(let tags) = try reader.next() else { throw Self.problem(shape) }
                try self.append(key, tags)
            }
        case .beginArray:
            while true {
                let token = try reader.next()
                if token == .endArray { break }
                guard token == .beginArray, let key = try reader.bytes(reader.next()),
                    case .string(let tags) = try reader.next(), try reader.next() == .endArray
                else { throw Self.problem(shape) }
                try self.append(key, tags)
            }
        default: throw Self.problem(shape)
        }
    }

    private mutating func readAbsentKeys(_ reader: inout BodyReader) throws(Problem) {
        let shape = "'if_none_match' must be an array of keys."
        guard try reader.next() == .beginArray else { throw Self.problem(shape) }
        while true {
            let token = try reader.next()
            if token == .endArray { return }
            guard let key = try reader.bytes(token) else { throw Self.problem(shape) }
            try self.append(key, nil)
        }
    }

    private mutating func append(_ key: ByteBuffer, _ tags: ByteBuffer?) throws(Problem) {
        guard self.count < self.limit else {
            throw Self.problem("There are more than \(self.limit) conditions.")
        }
        if let tags, !EntityTag.isList(tags.readableBytesUInt8Span) {
            throw Self.problem(
                "A value of 'if_match' must be * or a list of entity tags, such as \"\\\"0123456789abcdef\\\"\".")
        }
        self.count += 1
        self.keys.bulk(key)
        self.checks.array(count: 2)
        self.checks.bulk(tags.map { !EntityTag.isAny($0.readableBytesUInt8Span) } == true ? "GET" : "EXISTS")
        self.checks.bulk(key)
        self.entries.array(count: tags == nil ? 1 : 2)
        self.entries.bulk(key)
        if let tags { self.entries.bulk(tags) }
    }

    /// What is to be done first; ``RedisPlan/checkedTransaction`` follows.
    /// - Parameters:
    ///   - commands: The commands of the transaction, in their wire form.
    ///   - timeout: How long the request may take.
    /// - Returns: The plan.
    func plan(of commands: ByteBuffer, timeout: TimeAmount) -> RedisPlan {
        var encoder = RESPEncoder()
        encoder.array(count: self.count + 1)
        encoder.bulk("WATCH")
        encoder.raw(self.keys.buffer)
        encoder.raw(self.checks.buffer)
        var rest = self.entries.buffer
        rest.writeImmutableBuffer(commands)
        return RedisPlan(
            .checkTransaction, commands: encoder.buffer, count: self.count + 1, retryClass: .readOnly, needsLease: true,
            timeout: timeout, value: rest)
    }

    private static func problem(_ detail: String) -> Problem {
        Problem(.invalidCommand, detail: detail)
    }
}

extension RedisPlan {
    /// The transaction whose conditions hold.
    var checkedTransaction: RedisPlan {
        let all = self.value ?? ByteBuffer()
        let bytes = all.readableBytesUInt8Span
        var batch = BatchCursor()
        let start = batch.offset(of: self.replyCount - 1, in: bytes)
        var count = 0
        var offset = start
        while offset < bytes.count, var cursor = CommandCursor(bytes, at: offset) {
            while cursor.next(bytes) != nil {}
            offset = cursor.offset
            count += 1
        }
        let commands = all.getSlice(at: all.readerIndex + start, length: bytes.count - start) ?? ByteBuffer()
        return RedisPlan(
            .transaction, commands: commands, count: count, retryClass: .bound, needsLease: true, timeout: self.timeout)
    }
}

extension ReplyRenderer {
    /// The reply of WATCH, or to a condition.
    mutating func takeCheck(_ reply: RESPValue, ordinal: Int) {
        guard self.problem == nil else { return }
        guard ordinal > 0 else {
            if reply.isError { self.fail(reply.payload, "WATCH") }
            return
        }
        let (key, tags) = self.condition(ordinal - 1)
        switch reply.kind {
        case .simpleError, .bulkError: return self.fail(reply.payload, "GET")
        case .integer:
            guard (reply.integer == 0) != (tags == nil) else { return }
        case .bulkString:
            let tag = ValueTag(of: reply.payload)
            if let tags, Precondition.names(tags.readableBytesUInt8Span, tag, isStrong: true) { return }
        case .null: break
        default: return self.mistype("GET")
        }
        let name = String(decoding: key.readableBytesView.prefix(64), as: UTF8.self)
        let what = tags == nil ? "exists, against if_none_match" : "is not as if_match says"
        self.problem = Problem(.preconditionFailed, detail: "The key '\(name)' \(what); nothing ran.")
    }

    /// The key and the tags of a condition.
    private mutating func condition(_ index: Int) -> (ByteBuffer, ByteBuffer?) {
        let all = self.subject
        let bytes = all.readableBytesUInt8Span
        guard var cursor = CommandCursor(bytes, at: self.cursor.offset(of: index, in: bytes)) else {
            return (ByteBuffer(), nil)
        }
        let parts = [cursor.next(bytes), cursor.next(bytes)].map { part in
            part.flatMap { all.getSlice(at: all.readerIndex + $0.content.lowerBound, length: $0.content.count) }
        }
        return (parts[0] ?? ByteBuffer(), parts[1])
    }
}
