// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP
import RedisCore
import Testing

@testable import GatewayCore

@Suite("Command policy")
struct CommandPolicyTests {
    let policy = CommandPolicy(GatewayConfiguration())

    /// What the policy says, in words.
    private func decide(_ words: [String], _ policy: CommandPolicy? = nil) -> String {
        var encoder = RESPEncoder()
        encoder.array(count: words.count)
        for word in words {
            encoder.bulk(ByteBuffer(string: word))
        }
        switch (policy ?? self.policy).decide(encoder.buffer.readableBytesUInt8Span, at: 0) {
        case .allow(let effect, let scope): return "\(effect) \(scope == .read ? "r" : "w")"
        case .lease(let time, let scope): return "lease \(time.milliseconds) \(scope == .read ? "r" : "w")"
        case .answer: return "answer"
        case .refuse(let reason): return "refuse \(reason)"
        case .invalid: return "invalid"
        }
    }

    private func decide(_ line: String) -> String {
        self.decide(line.split(separator: " ").map(String.init))
    }

    @Test("every name of the catalog fits, and stands there once")
    func catalog() {
        let names = CommandCatalog.groups.flatMap { $0.names.split(separator: " ") }
        #expect(CommandCatalog.entries.count == names.count, "a name is too long")
        #expect(Set(names).count == names.count)
        for (left, right) in zip(CommandCatalog.entries, CommandCatalog.entries.dropFirst()) {
            #expect(left.name < right.name)
        }
        for name in names {
            #expect(name == name.uppercased())
            let parts = name.split(separator: "|")
            let lower = parts.map { $0.lowercased() }
            let packed =
                parts.count == 1
                ? CommandName(Array(lower[0].utf8).span)
                : CommandName(Array(lower[0].utf8).span, subcommand: Array(lower[1].utf8).span)
            #expect(packed.flatMap { CommandCatalog.rule(for: $0) } != nil, "\(name)")
        }
    }

    @Test("every command of Redis 7.0 is in the catalog")
    func redis7() {
        let commands = """
            acl append asking auth bgrewriteaof bgsave bitcount bitfield bitfield_ro bitop bitpos blmove blmpop blpop brpop \
            brpoplpush bzmpop bzpopmax bzpopmin client cluster command config copy dbsize debug decr decrby del discard dump \
            echo eval eval_ro evalsha evalsha_ro exec exists expire expireat expiretime failover fcall fcall_ro flushall \
            flushdb function geoadd geodist geohash geopos georadius georadius_ro georadiusbymember georadiusbymember_ro \
            geosearch geosearchstore get getbit getdel getex getrange getset hdel hello hexists hget hgetall hincrby \
            hincrbyfloat hkeys hlen hmget hmset hrandfield hscan hset hsetnx hstrlen hvals incr incrby incrbyfloat info keys \
            lastsave latency lcs lindex linsert llen lmove lmpop lolwut lpop lpos lpush lpushx lrange lrem lset ltrim memory \
            mget migrate module monitor move mset msetnx multi object persist pexpire pexpireat pexpiretime pfadd pfcount \
            pfdebug pfmerge pfselftest ping psetex psubscribe psync pttl publish pubsub punsubscribe quit randomkey readonly \
            readwrite rename renamenx replconf replicaof reset restore restore-asking role rpop rpoplpush rpush rpushx sadd \
            save scan scard script sdiff sdiffstore select set setbit setex setnx setrange shutdown sinter sintercard \
            sinterstore sismember slaveof slowlog smembers smismember smove sort sort_ro spop spublish srandmember srem \
            sscan ssubscribe strlen subscribe substr sunion sunionstore sunsubscribe swapdb sync time touch ttl type unlink \
            unsubscribe unwatch wait watch xack xadd xautoclaim xclaim xdel xgroup xinfo xlen xpending xrange xread \
            xreadgroup xrevrange xsetid xtrim zadd zcard zcount zdiff zdiffstore zincrby zinter zintercard zinterstore \
            zlexcount zmpop zmscore zpopmax zpopmin zrandmember zrange zrangebylex zrangebyscore zrangestore zrank zrem \
            zremrangebylex zremrangebyrank zremrangebyscore zrevrange zrevrangebylex zrevrangebyscore zrevrank zscan zscore \
            zunion zunionstore
            """
        for command in commands.split(separator: " ") {
            let name = CommandName(Array(command.utf8).span)
            #expect(name.flatMap { CommandCatalog.rule(for: $0) } != nil, "\(command)")
        }
    }

    /// Reference: each would do harm to a connection that others use.
    static let poison = [
        "HELLO 3", "HELLO 2 AUTH x y", "AUTH x", "RESET", "SELECT 9", "SELECT 99", "SELECT", "SELECT 0 0", "SELECT +0",
        "CLIENT REPLY OFF", "CLIENT REPLY SKIP", "CLIENT TRACKING ON", "CLIENT CACHING YES", "CLIENT TRACKINGINFO",
        "CLIENT GETREDIR", "CLIENT NO-EVICT ON", "CLIENT NO-TOUCH ON", "CLIENT CAPA redirect",
        "CLIENT IMPORT-SOURCE ON",
        "CLIENT MAINT_NOTIFICATIONS ON", "CLIENT PAUSE 5000", "CLIENT UNPAUSE", "CLIENT KILL TYPE normal",
        "CLIENT UNBLOCK 1", "CLIENT ID", "CLIENT INFO", "CLIENT GETNAME", "CLIENT LIST", "CLIENT", "CLIENT NEWTHING",
        "SUBSCRIBE c", "PSUBSCRIBE *", "SSUBSCRIBE c", "UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE", "MONITOR",
        "MULTI",
        "WATCH k", "UNWATCH", "EXEC", "DISCARD", "SYNC", "PSYNC ? -1", "REPLCONF listening-port 1", "READONLY",
        "READWRITE",
        "ASKING", "RESTORE-ASKING k 0 x", "WAIT 5 0", "WAITAOF 1 0 0", "DEBUG SLEEP 2", "SCRIPT DEBUG YES",
        "SCRIPT KILL",
        "HIMPORT PREPARE u a b", "PFDEBUG GETREG k", "PFSELFTEST", "ACL WHOAMI", "ACL SETUSER x", "CONFIG GET *",
        "CONFIG SET dir /", "MODULE LOAD x", "REPLICAOF h 1", "SLAVEOF NO ONE", "BGSAVE", "BGREWRITEAOF", "SAVE",
        "BACKUP x", "LATENCY DOCTOR", "SLOWLOG GET", "HOTKEYS START", "MEMORY PURGE", "MEMORY DOCTOR",
        "SENTINEL MASTERS",
        "MIGRATE h 1 k 0 1", "RESTORE k 0 x", "DUMP k", "SWAPDB 0 1", "MOVE k 1", "COPY a b DB 1",
        "COPY a b REPLACE db 1",
        "SHUTDOWN", "FAILOVER", "FUNCTION RESTORE x", "FUNCTION DUMP", "FUNCTION KILL", "CLUSTER MEET h 1",
        "CLUSTER RESET", "CLUSTER FAILOVER", "CLUSTER NODES", "CLUSTER NEWTHING", "BLMOVEM a b", "NOPE", "JSON.GET k",
        "OBJECT", "OBJECT|ENCODING k", "XGROUP", "SCRIPT", "FUNCTION", "GET|X k", "1",
    ]

    @Test("each poison is refused on each surface, in any case of letters", arguments: Self.poison)
    func poisoned(line: String) {
        let gateway = openGateway()
        let words = line.split(separator: " ").map(String.init)
        for form in [words, words.map { $0.lowercased() }, words.map(Self.mixed)] {
            #expect(self.decide(form).hasPrefix("refuse"), "\(form)")
            let json = "[" + form.map { "\"\($0)\"" }.joined(separator: ",") + "]"
            for (path, body, index) in [
                ("/v1/commands", json, nil), ("/v1/pipelines", "[[\"GET\",\"k\"],\(json)]", 1),
                ("/v1/transactions", "{\"commands\":[\(json),[\"GET\",\"k\"]]}", 0),
            ] as [(String, String, Int?)] {
                let came = gateway.take(fields("POST", path), body)
                #expect(came.refusal == "403 command-not-allowed", "\(path) \(body)")
                #expect(came.problem?.details.commandIndex == index)
                #expect(came.problem?.details.command == words[0].uppercased())
            }
        }
    }

    private static func mixed(_ word: String) -> String {
        String(
            word.enumerated().map { index, letter in
                index % 2 == 0 ? Character(letter.uppercased()) : Character(letter.lowercased())
            })
    }

    @Test(
        "a name is compared as it is: spaces, NUL and other bytes make it unknown",
        arguments: [
            " GET", "GET ", "\tGET", "GET\n", "GET\u{0}", "\u{0}GET", "G\u{0}ET", "", "GET\u{A0}", "ＧＥＴ", "GET\r\n",
            "GE T",
        ])
    func exactNames(name: String) {
        #expect(self.decide([name, "k"]) == "refuse unknown")
        #expect(self.decide(["CLIENT", " SETNAME", "x"]) == "refuse unknown")
        #expect(self.decide(["CLIENT", "SETNAME\u{0}", "x"]) == "refuse unknown")
    }

    @Test("a name of 32 bytes is compared whole, and a longer one is unknown")
    func longNames() {
        #expect(self.decide([String(repeating: "A", count: 32)]) == "refuse unknown")
        #expect(self.decide([String(repeating: "A", count: 33)]) == "refuse unknown")
        #expect(self.decide(["GET" + String(repeating: "X", count: 100_000)]) == "refuse unknown")
    }

    @Test(
        "effects and scopes",
        arguments: [
            ("GET k", "read r"), ("get k", "read r"), ("GeT", "read r"), ("MGET a b", "read r"), ("KEYS *", "read r"),
            ("FLUSHALL", "unsafe w"), ("DEL k", "unsafe w"), ("INCR k", "unsafe w"), ("HSET h f v", "unsafe w"),
            ("SETBIT k 1 1", "unsafe w"), ("PFADD k a", "unsafe w"), ("LTRIM k 0 1", "unsafe w"),
            ("PUBLISH c m", "unsafe w"),
            ("MSET a 1", "overwrite w"), ("SETEX k 1 v", "overwrite w"), ("PSETEX k 1 v", "overwrite w"),
            ("SETRANGE k 0 v", "repeatable w"), ("LSET l 0 v", "repeatable w"),
            ("SET k v", "overwrite w"), ("SET k v EX 5", "overwrite w"), ("set k v px 5", "overwrite w"),
            ("SET k v EXAT 5", "overwrite w"), ("SET k v PXAT 5", "overwrite w"), ("SET k v KEEPTTL", "overwrite w"),
            ("SET k v XX", "repeatable w"), ("SET k v NX", "unsafe w"), ("SET k v GET", "unsafe w"),
            ("SET k v EX 5 NX", "unsafe w"), ("SET k v IFEQ x", "unsafe w"), ("SET k NX", "overwrite w"),
            ("SET k v EX NX", "overwrite w"),
            ("EXPIRE k 5", "repeatable w"), ("PEXPIREAT k 5 xx", "repeatable w"), ("EXPIRE k 5 NX", "unsafe w"),
            ("EXPIRE k 5 GT", "unsafe w"), ("GETEX k", "read r"), ("GETEX k PERSIST", "repeatable w"),
            ("SORT k", "read r"), ("SORT k BY p GET x", "read r"), ("SORT k STORE d", "unsafe w"),
            ("sort store", "read r"), ("sort k store d", "unsafe w"), ("GEORADIUS k 1 2 3 m STOREDIST d", "unsafe w"),
            ("GEORADIUS k 1 2 3 m", "read r"), ("SORT_RO k", "read r"), ("COPY a b", "unsafe w"),
            ("COPY db db REPLACE", "unsafe w"),
            ("EVAL x 0", "unsafe w"), ("EVALSHA x 0", "unsafe w"), ("FCALL f 0", "unsafe w"), ("EVAL_RO x 0", "read r"),
            ("FCALL_RO f 0", "read r"), ("SCRIPT LOAD x", "repeatable w"), ("SCRIPT EXISTS x", "read r"),
            ("SCRIPT FLUSH", "unsafe w"), ("FUNCTION LIST", "read r"), ("FUNCTION LOAD x", "unsafe w"),
            ("OBJECT ENCODING k", "read r"), ("object freq k", "read r"), ("MEMORY USAGE k", "read r"),
            ("COMMAND", "read r"), ("COMMAND COUNT", "read r"), ("CLUSTER KEYSLOT k", "read r"), ("PING", "read r"),
            ("PUBSUB CHANNELS", "read r"), ("XGROUP CREATE s g 0", "unsafe w"), ("XINFO STREAM s", "read r"),
            ("HGETDEL h FIELDS 1 f", "unsafe w"), ("HGETEX h FIELDS 1 f", "unsafe w"), ("HSETEX h", "unsafe w"),
            ("DIGEST k", "read r"), ("DELEX k", "unsafe w"), ("MSETEX 1 k v", "unsafe w"), ("XACKDEL s g", "unsafe w"),
            ("XDELEX s", "unsafe w"),
            ("QUIT", "answer"), ("quit now", "answer"), ("SELECT 0", "answer"), ("CLIENT SETNAME x", "answer"),
            ("CLIENT SETINFO LIB-NAME x", "answer"),
        ])
    func effects(line: String, expected: String) {
        #expect(self.decide(line) == expected, "\(line)")
    }

    @Test(
        "blocking commands need a lease, with the time they ask for",
        arguments: [
            ("BLPOP k 0", "lease 0 w"), ("BLPOP a b c 1.5", "lease 1500 w"), ("brpop k 10", "lease 10000 w"),
            ("BRPOPLPUSH a b 2", "lease 2000 w"), ("BLMOVE a b LEFT RIGHT 0.001", "lease 1 w"),
            ("BZPOPMIN k 0.0001", "lease 1 w"), ("BZPOPMAX k 3", "lease 3000 w"), ("BLMPOP 4 1 k LEFT", "lease 4000 w"),
            ("BZMPOP 0 1 k MIN", "lease 0 w"), ("BLPOP k 1e3", "invalid"), ("BLPOP k -1", "invalid"),
            ("BLPOP k inf", "invalid"),
            ("BLPOP k 0x10", "invalid"), ("BLPOP k 1.", "invalid"), ("BLPOP k .5", "invalid"), ("BLPOP k", "invalid"),
            ("BLPOP", "invalid"), ("BLPOP k 99999999999999999999999", "lease 1000000000000 w"),
            ("BLMPOP x 1 k LEFT", "invalid"), ("BLPOP k 1.9999999999999999999999999", "lease 2000 w"),
            ("XREAD STREAMS s $", "read r"), ("XREAD COUNT 2 STREAMS s 0", "read r"),
            ("XREAD BLOCK 0 STREAMS s $", "lease 0 r"), ("xread count 1 block 500 streams s $", "lease 500 r"),
            ("XREAD BLOCK 5 BLOCK 0 STREAMS s $", "invalid"), ("XREAD BLOCK -1 STREAMS s $", "invalid"),
            ("XREAD BLOCK x STREAMS s $", "invalid"), ("XREAD NEWOPT BLOCK 0 STREAMS s $", "invalid"),
            ("XREAD BLOCK", "invalid"), ("XREAD STREAMS BLOCK 0", "read r"),
            ("XREADGROUP GROUP g c STREAMS s >", "unsafe w"), ("XREADGROUP GROUP g c BLOCK 0 STREAMS s >", "lease 0 w"),
            ("XREADGROUP GROUP streams streams BLOCK 7 STREAMS s >", "lease 7 w"),
            ("XREADGROUP GROUP g c COUNT 1 NOACK BLOCK 7 STREAMS s >", "lease 7 w"),
            ("XREADGROUP GROUP g c CLAIM 5 BLOCK 7 STREAMS s >", "lease 7 w"),
            ("XREADGROUP GROUP g block STREAMS s >", "unsafe w"),
        ])
    func blocking(line: String, expected: String) {
        #expect(self.decide(line) == expected, "\(line)")
    }

    @Test("blocking commands are refused in batches")
    func blockingInBatches() {
        let gateway = openGateway()
        for json in ["[\"BLPOP\",\"k\",0]", "[\"XREAD\",\"BLOCK\",0,\"STREAMS\",\"s\",\"$\"]"] {
            for path in ["/v1/pipelines", "/v1/transactions"] {
                let came = gateway.take(fields("POST", path), "[[\"PING\"],\(json)]")
                #expect(came.refusal == "403 command-not-allowed")
                #expect(came.problem?.details.commandIndex == 1)
            }
        }
    }

    @Test("the operator may vouch for what the catalog does not know, and for nothing else")
    func allowed() {
        var configuration = GatewayConfiguration()
        configuration.allowedCommands = ["JSON.GET", "MONITOR", "BF.ADD"]
        configuration.database = 7
        let policy = CommandPolicy(configuration)
        #expect(self.decide(["json.get", "k"], policy) == "unsafe w")
        #expect(self.decide(["MONITOR"], policy) == "refuse monitor")
        #expect(self.decide(["JSON.SET", "k"], policy) == "refuse unknown")
        #expect(self.decide(["JSON.GET "], policy) == "refuse unknown")
        #expect(self.decide(["SELECT", "7"], policy) == "answer")
        #expect(self.decide(["SELECT", "0"], policy) == "refuse database")
    }

    @Test(
        "what is no command in wire form is refused, whatever the bytes",
        arguments: [
            "", "*", "*1", "*1\r\n", "*1\r\n$3\r\nGE", "*0\r\n", "GET k\r\n", "*1\r\n$99999999999999999999\r\nGET\r\n",
            "*1\r\n$-1\r\n",
        ])
    func malformedWire(text: String) {
        guard case .refuse(.unknown) = self.policy.decide(Array(text.utf8).span, at: 0) else {
            Issue.record("\(text) was not refused")
            return
        }
    }

    @Test("a batch is as repeatable as its worst command, and not at all when a write follows a read")
    func batches() {
        let cases: [([CommandEffect], RetryClass)] = [
            ([.read, .read], .readOnly), ([.overwrite, .overwrite], .idempotent), ([.overwrite, .read], .idempotent),
            ([.read, .overwrite], .unsafe), ([.repeatable], .idempotent), ([.repeatable, .overwrite], .unsafe),
            ([.repeatable, .read], .idempotent), ([.overwrite, .repeatable], .idempotent), ([.read, .unsafe], .unsafe),
            ([.unsafe], .unsafe), ([], .readOnly),
        ]
        for (effects, expected) in cases {
            var batch = BatchEffect()
            for effect in effects {
                batch.append(effect)
            }
            #expect(batch.retryClass == expected, "\(effects)")
        }
    }
}
