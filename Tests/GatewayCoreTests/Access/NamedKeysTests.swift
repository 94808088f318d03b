// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP
import Testing

@testable import GatewayCore

@Suite("The keys of commands")
struct NamedKeysTests {
    private static func wire(_ command: String) -> ByteBuffer {
        let words = command.split(separator: " ")
        var encoder = RESPEncoder()
        encoder.array(count: words.count)
        for word in words { encoder.bulk(ByteBuffer(substring: word)) }
        return encoder.buffer
    }

    /// The keys, and patterns behind a `~`; nil if they cannot be told.
    private static func keys(_ command: String) -> String? {
        let wire = Self.wire(command)
        let bytes = wire.readableBytesUInt8Span
        guard var cursor = CommandCursor(bytes, at: 0), let named = NamedKeys(bytes, &cursor) else { return nil }
        #expect(cursor.offset == wire.readableBytes)
        let keys = named.keys.map { wire.getString(at: $0.lowerBound, length: $0.count) ?? "" }
        let patterns = named.patterns.map { "~" + (wire.getString(at: $0.lowerBound, length: $0.count) ?? "") }
        return (keys + patterns).joined(separator: " ")
    }

    @Test(
        "keys by the command's form",
        arguments: [
            ("get k", "k"), ("SET k v EX 1", "k"), ("MGET a b c", "a b c"), ("MSET a 1 b 2", "a b"),
            ("MSETEX 2 a 1 b 2 EX 10", "a b"), ("BITOP AND d a b", "d a b"), ("BLPOP a b 1", "a b"),
            ("BLPOP a 1", "a"), ("ZUNIONSTORE d 2 a b WEIGHTS 1 2", "d a b"), ("ZUNION 1 a", "a"),
            ("LMPOP 2 a b LEFT", "a b"), ("BLMPOP 1 2 a b LEFT", "a b"), ("BZMPOP 0.5 1 a MIN COUNT 2", "a"),
            ("XREAD COUNT 1 BLOCK 5 STREAMS a b 0 0", "a b"), ("XREAD STREAMS streams 0", "streams"),
            ("XREADGROUP GROUP streams count NOACK STREAMS s >", "s"),
            ("SORT l LIMIT 0 1 ALPHA DESC STORE d", "l d"), ("SORT l STORE d STORE e", "l d e"),
            ("SORT l LIMIT store x", "l"), ("GEORADIUS g 1 2 3 km COUNT 1 ANY ASC STORE d", "g d"),
            ("GEORADIUS g 1 2 3 km COUNT store WITHDIST", "g"), ("GEORADIUSBYMEMBER g m 3 km STOREDIST d", "g d"),
            ("OBJECT encoding k", "k"), ("MEMORY USAGE k SAMPLES 0", "k"), ("XGROUP CREATE s g $", "s"),
            ("XINFO STREAM s FULL", "s"), ("SCAN 0 MATCH a* COUNT 10", "~a*"),
            ("SCAN 0 match a* MATCH b*", "~a* ~b*"), ("SCAN 0 COUNT match MATCH c*", "~c*"),
            ("PUBLISH c m", "c"), ("SPUBLISH c m", "c"), ("PUBSUB NUMSUB a b", "a b"), ("PUBSUB CHANNELS a*", "~a*"),
            ("PING", ""), ("COMMAND", ""), ("COMMAND GETKEYS GET k", ""), ("WATCH a b", "a b"),
        ])
    func derived(command: String, keys: String) {
        #expect(Self.keys(command) == keys)
    }

    @Test(
        "refused: no keys, keys that are told by no rule, and what Redis would not read either",
        arguments: [
            "KEYS a*", "RANDOMKEY", "DBSIZE", "FLUSHALL", "FLUSHDB", "INFO", "ROLE", "LASTSAVE", "SCAN 0", "SCAN",
            "SCAN 0 COUNT 10", "SCAN 0 MATCH", "SCAN 0 NOVALUES MATCH a*", "SORT l BY w_*", "SORT l GET #",
            "SORT l BY nosort", "SORT_RO l GET p_*", "SORT l STORE", "SORT", "EVAL 0 1 k", "EVALSHA x 1 k",
            "EVAL_RO x 1 k", "EVALSHA_RO x 1 k", "FCALL f 1 k", "FCALL_RO f 1 k", "SCRIPT LOAD x", "SCRIPT FLUSH",
            "FUNCTION LIST", "FUNCTION LOAD x", "PUBSUB NUMPAT", "PUBSUB CHANNELS", "PUBSUB NUMSUB", "JSON.GET k",
            "NOPE", "GET", "BLPOP 1", "BLPOP", "BITOP AND", "BITOP", "RENAME a", "ZUNION 0 a", "ZUNION 2 a",
            "ZUNION -1 a", "ZUNION x a", "ZUNION", "ZUNION 9223372036854775807 a", "MSETEX 2 a 1 b", "LMPOP 1",
            "MSETEX 9223372036854775807 a 1", "ZUNIONSTORE d", "ZUNIONSTORE d 2 a", "BLMPOP 1", "XREAD COUNT 1",
            "XREAD STREAMS", "XREAD STREAMS a", "XREAD STREAMS a b 0", "XREAD WHAT 1 STREAMS a 0", "XREAD GROUP",
            "XREAD GROUP g c STREAMS a 0",
            "XREADGROUP STREAMS a >",
            "GEORADIUS g 1 2 3 km STORE", "GEORADIUS g 1 2 3 km WHAT STORE d", "GEORADIUS", "OBJECT", "OBJECT NOPE k",
            "OBJECT ENCODING", "COMMAND NOPE", "MULTI", "SUBSCRIBE c", "CLIENT", "SELECT 0", "MSET",
        ])
    func refused(command: String) {
        #expect(Self.keys(command) == nil)
    }

    @Test("each command that the policy allows is in the table, or has no keys that could be told")
    func complete() {
        let unknown = Set(
            ("KEYS RANDOMKEY DBSIZE INFO LASTSAVE ROLE EVAL_RO EVALSHA_RO FCALL_RO FLUSHALL FLUSHDB EVAL EVALSHA FCALL"
                + " FUNCTION SCRIPT FUNCTION|LIST FUNCTION|STATS FUNCTION|HELP FUNCTION|LOAD FUNCTION|DELETE"
                + " FUNCTION|FLUSH PUBSUB|NUMPAT SCRIPT|EXISTS SCRIPT|HELP SCRIPT|SHOW SCRIPT|LOAD SCRIPT|FLUSH")
                .split(separator: " ").compactMap { CommandName(catalog: $0) })
        for entry in CommandCatalog.entries {
            switch entry.rule {
            case .refuse, .answer, .select: continue
            default: #expect((KeyTable.place(of: entry.name) == nil) == unknown.contains(entry.name), "\(entry.name)")
            }
        }
    }
}
