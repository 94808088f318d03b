// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP
import RedisCore

/// A request to a native resource while its commands are written.
struct ResourceRequest {
    /// What the first captured segment names; empty where there is none.
    let key: ByteBuffer
    /// What the second captured segment names: a field, a member, an index, an entry; empty where there is none.
    let member: ByteBuffer
    let parameters: Parameters
    /// The members of a JSON body.
    let body: BodyValues
    /// The body as it came.
    let octets: ByteBuffer
    /// Most arguments of one command.
    let argumentLimit: Int
    /// The longest wait in milliseconds, 1...
    let waitLimit: Int64

    /// The commands so far, how many they are, and whether MULTI and EXEC go around them.
    private(set) var commands = RESPEncoder()
    private(set) var commandCount = 0
    var isTransaction = false
    var rendering: Rendering
    var retryClass: RetryClass
    /// How long the command blocks in milliseconds; 0 if it does not.
    private(set) var wait: Int64 = 0

    init(
        _ match: RouteMatch, _ operation: Operation, member: ByteBuffer, query: ByteBuffer, allowed: ParameterSet,
        octets: ByteBuffer, argumentLimit: Int, waitLimit: Int64
    ) throws(Problem) {
        self.parameters = try Parameters(query, allowed: allowed)
        self.body = try BodyValues(octets, operation.body, limit: argumentLimit)
        self.key = match.key
        self.member = member
        self.octets = octets
        self.argumentLimit = argumentLimit
        self.waitLimit = waitLimit
        self.rendering = operation.rendering
        self.retryClass = operation.retryClass
    }

    /// Begins a command; exactly so many arguments must follow.
    mutating func command(_ name: StaticString, arguments count: Int) {
        self.commands.array(count: count + 1)
        self.commands.bulk(name)
        self.commandCount += 1
    }

    /// Begins a command whose first argument is the key; exactly so many further arguments must follow.
    mutating func keyed(_ name: StaticString, arguments count: Int = 0) {
        self.command(name, arguments: count + 1)
        self.commands.bulk(self.key)
    }

    mutating func argument(_ word: StaticString) {
        self.commands.bulk(word)
    }

    mutating func argument(_ bytes: ByteBuffer) {
        self.commands.bulk(bytes)
    }

    mutating func argument(_ number: Int64) {
        self.commands.bulk(number)
    }

    mutating func arguments(_ list: ArgumentList) {
        self.commands.raw(list.encoder.buffer)
    }

    /// Notes that the command blocks.
    /// - Parameter milliseconds: As long as the caller wants, 1...; the limit is applied.
    mutating func blocks(_ milliseconds: Int64) {
        self.wait = max(1, min(milliseconds, self.waitLimit))
    }

    /// The time of a blocking command in seconds, as an argument.
    mutating func waitSeconds() {
        self.commands.bulk(Gateway.seconds(self.wait))
    }

    /// The second segment as a whole number.
    func index() throws(Problem) -> Int64 {
        guard let index = Decimal.int64(self.member.readableBytesUInt8Span) else {
            throw Problem(.invalidTarget, detail: "The index in the path must be a whole number.")
        }
        return index
    }
}
