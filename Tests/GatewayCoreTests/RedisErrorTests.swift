// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RedisCore
import Testing

@testable import GatewayCore

@Suite("Error replies of Redis")
struct RedisErrorTests {
    /// One row of the mapping.
    struct Row: Sendable {
        var text: String
        var status: Int
        var slug: String
        var outcome = Outcome.notExecuted
        var retryAfter: Int?
    }

    static let rows: [Row] = [
        Row(text: "WRONGTYPE Operation against a key holding the wrong kind of value", status: 409, slug: "wrong-type"),
        Row(text: "ERR unknown command 'FOO', with args beginning with: ", status: 400, slug: "unknown-command"),
        Row(text: "ERR unknown subcommand 'x'. Try OBJECT HELP.", status: 400, slug: "unknown-command"),
        Row(text: "ERR Unknown subcommand or wrong number of arguments for 'x'", status: 400, slug: "unknown-command"),
        Row(text: "ERR wrong number of arguments for 'get' command", status: 400, slug: "invalid-argument"),
        Row(text: "ERR syntax error", status: 400, slug: "invalid-argument"),
        Row(text: "ERR value is not an integer or out of range", status: 400, slug: "invalid-argument"),
        Row(text: "ERR value is not a valid float", status: 400, slug: "invalid-argument"),
        Row(text: "ERR invalid expire time in 'set' command", status: 400, slug: "invalid-argument"),
        Row(text: "ERR", status: 400, slug: "invalid-argument"),
        Row(text: "ERR hash value is not an integer", status: 409, slug: "not-a-number"),
        Row(text: "ERR hash value is not a float", status: 409, slug: "not-a-number"),
        Row(text: "ERR resulting score is not a number (NaN)", status: 409, slug: "not-a-number"),
        Row(text: "ERR increment or decrement would overflow", status: 409, slug: "limit-exceeded"),
        Row(text: "ERR increment would produce NaN or Infinity", status: 409, slug: "limit-exceeded"),
        Row(text: "ERR decrement would overflow", status: 409, slug: "limit-exceeded"),
        Row(text: "ERR string exceeds maximum allowed size (proto-max-bulk-len)", status: 409, slug: "limit-exceeded"),
        Row(text: "ERR no such key", status: 404, slug: "key-not-found"),
        Row(text: "ERR The XGROUP subcommand requires the key to exist.", status: 404, slug: "key-not-found"),
        Row(text: "ERR index out of range", status: 404, slug: "not-found"),
        Row(text: "ERR DB index is out of range", status: 404, slug: "not-found"),
        Row(text: "ERR max number of clients reached", status: 503, slug: "redis-unavailable", retryAfter: 1),
        Row(text: "ERR Protocol error: invalid bulk length", status: 502, slug: "backend-protocol", outcome: .unknown),
        Row(text: "MOVED 3999 10.0.0.1:6381", status: 503, slug: "redis-unavailable", retryAfter: 1),
        Row(text: "ASK 3999 10.0.0.1:6381", status: 503, slug: "redis-unavailable", retryAfter: 1),
        Row(text: "REDIRECT 10.0.0.1:6381", status: 503, slug: "redis-unavailable", retryAfter: 1),
        Row(text: "TRYAGAIN Multiple keys request", status: 503, slug: "redis-unavailable", retryAfter: 1),
        Row(text: "CLUSTERDOWN The cluster is down", status: 503, slug: "redis-unavailable", retryAfter: 1),
        Row(text: "CROSSSLOT Keys in request don't hash to the same slot", status: 422, slug: "cross-slot"),
        Row(
            text: "READONLY You can't write against a read only replica.", status: 503, slug: "redis-unavailable",
            retryAfter: 1),
        Row(
            text: "LOADING Redis is loading the dataset in memory", status: 503, slug: "redis-unavailable",
            retryAfter: 1),
        Row(text: "MASTERDOWN Link with MASTER is down", status: 503, slug: "redis-unavailable", retryAfter: 1),
        Row(text: "BUSY Redis is busy running a script.", status: 503, slug: "script-running", retryAfter: 1),
        Row(text: "OOM command not allowed when used memory > 'maxmemory'.", status: 507, slug: "out-of-memory"),
        Row(
            text: "MISCONF Redis is configured to save RDB snapshots", status: 503, slug: "writes-disabled",
            retryAfter: 30),
        Row(
            text: "NOREPLICAS Not enough good replicas to write.", status: 503, slug: "redis-unavailable", retryAfter: 1
        ),
        Row(text: "NOAUTH Authentication required.", status: 502, slug: "backend-auth"),
        Row(text: "WRONGPASS invalid username-password pair", status: 502, slug: "backend-auth"),
        Row(text: "NOPROTO unsupported protocol version", status: 502, slug: "backend-auth"),
        Row(text: "DENIED Redis is running in protected mode", status: 502, slug: "backend-auth"),
        Row(text: "NOPERM this user has no permissions", status: 403, slug: "permission-denied"),
        Row(text: "NOSCRIPT No matching script.", status: 404, slug: "no-script"),
        Row(
            text: "EXECABORT Transaction discarded because of previous errors.", status: 422,
            slug: "transaction-aborted"),
        Row(text: "BUSYKEY Target key name already exists.", status: 409, slug: "conflict"),
        Row(text: "BUSYGROUP Consumer Group name already exists", status: 409, slug: "conflict"),
        Row(text: "NOGROUP No such key 's' or consumer group 'g'", status: 404, slug: "no-group"),
        Row(text: "UNKILLABLE Sorry the script already executed write commands", status: 409, slug: "conflict"),
        Row(text: "NOTBUSY No scripts in execution right now.", status: 409, slug: "conflict"),
        Row(text: "INPROG Failover already in progress", status: 409, slug: "conflict"),
        Row(text: "NOGOODSLAVE No suitable replica", status: 409, slug: "conflict"),
        Row(text: "NOQUORUM 1 usable Sentinels", status: 409, slug: "conflict"),
        Row(
            text: "UNBLOCKED client unblocked via CLIENT UNBLOCK", status: 503, slug: "redis-unavailable", retryAfter: 0
        ),
        Row(text: "NOMASTERLINK Can't SYNC while not connected", status: 503, slug: "redis-unavailable", retryAfter: 1),
        Row(text: "IOERR error or timeout writing", status: 502, slug: "backend-io", outcome: .unknown),
        Row(text: "INVALIDOBJ Corrupted value", status: 409, slug: "corrupt-value"),
        Row(text: "MYCODE my own error", status: 422, slug: "script-error", outcome: .unknown),
        Row(
            text: "ERR user_script:1: Script attempted to access", status: 422, slug: "script-error", outcome: .unknown),
        Row(text: "", status: 422, slug: "script-error", outcome: .unknown),
        Row(text: "WRONGTYPES x", status: 422, slug: "script-error", outcome: .unknown),
    ]

    @Test("every error reply has its status, its kind and an honest outcome", arguments: Self.rows)
    func mapping(row: Row) {
        let problem = Problem(redisError: ByteBuffer(string: row.text), CommandContext(name: "X", retryClass: .unsafe))
        #expect(problem.status == row.status)
        #expect(problem.kind.slug.description == row.slug)
        #expect(problem.details.outcome == row.outcome)
        #expect(problem.details.retryAfter == row.retryAfter)
        #expect(problem.details.isRetryable == (row.retryAfter != nil))
        #expect(problem.details.command == "X")
        let isRedirection = row.text.contains("10.0.0.1")
        #expect(problem.details.redisError == (isRedirection ? nil : row.text))
    }

    @Test("every rule has a row")
    func complete() {
        for rule in RedisErrorRule.table {
            let prefix = rule.prefix.description
            let hasRow = Self.rows.contains { row in
                RedisErrorRule.rule(for: Array(row.text.utf8).span).prefix.description == prefix
            }
            #expect(
                hasRow
                    || [
                        "ERR invalid DB index", "ERR The ID specified in XADD", "ERR The XADD ID specified",
                        "ERR user_function", "ERR Error running script",
                    ].contains(prefix), "\(prefix)")
        }
    }

    @Test("a command that the route chose and the server does not know is 501")
    func typedRoute() {
        let context = CommandContext(retryClass: .readOnly, isTyped: true)
        let problem = Problem(redisError: ByteBuffer(string: "ERR unknown command 'GETEX'"), context)
        #expect(problem.status == 501)
        #expect(problem.kind == .unsupportedByServer)
    }

    @Test("the stored value is told from the argument where that is possible")
    func storedNumber() {
        var context = CommandContext(retryClass: .unsafe)
        let text = ByteBuffer(string: "ERR value is not an integer or out of range")
        #expect(Problem(redisError: text, context).status == 400)
        context.meansStoredNumber = true
        #expect(Problem(redisError: text, context).kind == .notANumber)
        #expect(Problem(redisError: ByteBuffer(string: "ERR syntax error"), context).status == 400)
    }

    @Test("a script that may write may have written, whatever the error")
    func writeScript() {
        let context = CommandContext(retryClass: .unsafe, isWriteScript: true)
        for text in ["WRONGTYPE x", "OOM x", "ERR syntax error", "LOADING x"] {
            let problem = Problem(redisError: ByteBuffer(string: text), context)
            #expect(problem.details.outcome == .unknown)
            #expect(problem.details.isRetryable == false)
        }
    }

    @Test("a long error text is cut")
    func longText() {
        let text = "ERR " + String(repeating: "x", count: 10_000)
        let problem = Problem(redisError: ByteBuffer(string: text), CommandContext(retryClass: .unsafe))
        #expect(problem.details.redisError?.utf8.count == 512)
    }
}
