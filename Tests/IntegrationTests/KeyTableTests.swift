// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
import TestKit
import Testing

@testable import GatewayCore

extension Integration {
    /// The keys that the gateway finds in commands are those that Redis finds (COMMAND GETKEYS).
    @Suite("The keys of commands, against Redis")
    struct KeyTableTests {
        /// Beside those that the other corpus has.
        private static let commands: [String] = [
            "MSETNX a 1 b 2", "BITOP XOR d a b c", "BLPOP a b c 1", "BRPOP a 1", "BRPOPLPUSH a b 1",
            "BLMOVE a b LEFT RIGHT 1", "BLMPOP 1 3 a b c LEFT COUNT 2", "BZMPOP 1 2 a b MIN", "BZPOPMIN a b 1",
            "BZPOPMAX a 1", "LMPOP 1 a RIGHT", "ZMPOP 3 a b c MAX", "SINTERCARD 3 a b c LIMIT 2",
            "ZINTERCARD 1 a LIMIT 1", "ZUNIONSTORE d 3 a b c WEIGHTS 1 2 3 AGGREGATE MIN", "ZINTERSTORE d 1 a",
            "ZDIFFSTORE d 2 a b", "ZDIFF 3 a b c", "ZINTER 1 a WITHSCORES", "SORT l LIMIT 0 5 ASC ALPHA STORE d",
            "SORT l STORE d", "SORT l", "SORT l LIMIT store x", "SORT_RO l ALPHA", "GEORADIUS g 1 2 3 km STORE d",
            "GEORADIUS g 1 2 3 km COUNT 3 ANY DESC STOREDIST d", "GEORADIUSBYMEMBER g m 3 km STORE d",
            "GEORADIUSBYMEMBER g m 3 km WITHDIST WITHCOORD WITHHASH", "GEOSEARCHSTORE d g FROMMEMBER m BYBOX 1 1 km",
            "XREAD COUNT 5 BLOCK 1 STREAMS a b c 0 0 0", "XREAD STREAMS streams 0",
            "XREADGROUP GROUP streams count COUNT 1 BLOCK 1 NOACK STREAMS a b > >", "XGROUP CREATE s g 0 MKSTREAM",
            "XGROUP SETID s g 0", "XGROUP DESTROY s g", "XGROUP CREATECONSUMER s g c", "XGROUP DELCONSUMER s g c",
            "XINFO STREAM s FULL COUNT 1", "XINFO GROUPS s", "XINFO CONSUMERS s g", "MEMORY USAGE k SAMPLES 5",
            "OBJECT FREQ k", "OBJECT IDLETIME k", "LCS a b IDX", "COPY a b REPLACE", "RENAME a b", "RENAMENX a b",
            "SMOVE a b m", "LMOVE a b LEFT LEFT", "RPOPLPUSH a b", "ZRANGESTORE a b 0 1 REV", "PFMERGE d a b",
            "PFCOUNT a b", "WATCH a b c", "SDIFFSTORE d a b", "SUNION a b", "SSCAN s 0 MATCH x*", "ZSCAN z 0",
            "SPUBLISH c m", "GETEX k EX 1", "TOUCH a b c", "EXISTS a a", "UNLINK a b", "SUBSTR k 0 1", "XADD s * f v",
            "XACK s g 1-1 1-2", "XAUTOCLAIM s g c 0 0", "XCLAIM s g c 0 1-1", "XPENDING s g - + 10", "XSETID s 1-1",
            "BITFIELD_RO k GET u4 0", "GETSET k v", "HRANDFIELD k 1", "ZRANDMEMBER k 1", "GEORADIUS_RO g 1 2 3 km",
            "GEORADIUSBYMEMBER_RO g m 3 km", "SET k v GET", "XDEL s 1-1", "LPOS l x", "SMISMEMBER s a b",
        ]

        private let redis: RedisServerProcess
        private let connection: RawConnection

        init() throws {
            self.redis = try RedisServerProcess()
            self.connection = try #require(RawConnection(path: self.redis.socketPath))
        }

        private static func wire(_ words: [String]) -> ByteBuffer {
            var encoder = RESPEncoder()
            encoder.array(count: words.count)
            for word in words { encoder.bulk(ByteBuffer(string: word)) }
            return encoder.buffer
        }

        /// What the gateway finds; nil if it refuses the command.
        private static func found(_ command: [String]) -> NamedWords? {
            let wire = Self.wire(command)
            let bytes = wire.readableBytesUInt8Span
            guard var cursor = CommandCursor(bytes, at: 0), let named = NamedKeys(bytes, &cursor) else { return nil }
            func text(_ range: Range<Int>) -> String { wire.getString(at: range.lowerBound, length: range.count) ?? "" }
            return NamedWords(keys: named.keys.map(text), patterns: named.patterns.map(text))
        }

        private struct NamedWords {
            var keys: [String]
            var patterns: [String]
        }

        /// What Redis finds, or its error.
        private func asked(_ command: [String]) throws -> Result<[String], Failure> {
            self.connection.send(Array(Self.wire(["COMMAND", "GETKEYS"] + command).readableBytesView))
            var text = ""
            while true {
                text += String(decoding: try #require(self.connection.receive()), as: UTF8.self)
                let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
                guard let head = lines.first, lines.count > 1 else { continue }
                if head.hasPrefix("-") { return .failure(Failure(text: String(head))) }
                let count = try #require(Int(head.dropFirst()))
                guard lines.count > 1 + 2 * count else { continue }
                return .success((0..<count).map { String(lines[2 + 2 * $0]) })
            }
        }

        private struct Failure: Error {
            var text: String
        }

        @Test("for every command of the corpus the keys are the same, or the command is refused")
        func corpus() throws {
            var equal = 0
            let refusedNames = [
                "KEYS", "SORT_RO", "EVAL", "EVAL_RO", "EVALSHA", "SCRIPT", "FUNCTION", "FCALL", "PUBSUB", "DBSIZE",
                "FLUSHDB", "SCAN", "NOPE",
            ]
            let own = Self.commands.map { $0.split(separator: " ").map(String.init) }
            for command in UpstashCorpus.commands + own {
                let found = Self.found(command)
                switch try self.asked(command) {
                case .success(let keys):
                    if let found {
                        #expect(found.keys.sorted() == keys.sorted() && found.patterns.isEmpty, "\(command)")
                        equal += 1
                    } else {
                        #expect(refusedNames.contains(command[0]), "\(command) is refused, and Redis finds \(keys)")
                    }
                case .failure(let failure) where failure.text.contains("no key arguments"):
                    let hasChannel = ["PUBLISH", "SPUBLISH", "PUBSUB"].contains(command[0])
                    #expect(found == nil || found?.keys.isEmpty == true || hasChannel, "\(command)")
                    #expect(found != nil || refusedNames.contains(command[0]), "\(command)")
                case .failure: break  // Redis would not run it either.
                }
            }
            #expect(equal > 330, "\(equal)")
        }

        @Test("for random words behind every name the gateway finds all keys that Redis finds, or refuses the command")
        func random() throws {
            let words = [
                "k1", "k2", "k3", "1", "2", "3", "0", "-1", "STORE", "STOREDIST", "STREAMS", "GROUP", "COUNT", "BLOCK",
                "NOACK", "LIMIT", "ASC", "ALPHA", "BY", "GET", "MATCH", "WITHDIST", "km", "LEFT", "MIN", "ENCODING",
                "USAGE", "STREAM", "CREATE", "GROUPS", ">", "$", "AND", "WEIGHTS", "REPLACE", "x*", "",
            ]
            let names =
                "SORT SORT_RO GEORADIUS GEORADIUSBYMEMBER XREAD XREADGROUP ZUNION ZUNIONSTORE ZINTERCARD SINTERCARD LMPOP"
                + " BLMPOP ZMPOP BZMPOP BLPOP BITOP OBJECT MEMORY XGROUP XINFO COPY LCS MSET MSETNX RENAME GET SET MGET"
                + " PFCOUNT BRPOPLPUSH BLMOVE GEOSEARCHSTORE ZRANGESTORE SPUBLISH SUNIONSTORE ZDIFF"
            let all = names.split(separator: " ").map(String.init)
            var generator = SplitMix(state: 7)
            var checked = 0
            for round in 0..<12_000 {
                var command = [all[round % all.count]]
                for _ in 0..<Int.random(in: 0...9, using: &generator) {
                    command.append(words[Int.random(in: 0..<words.count, using: &generator)])
                }
                guard let found = Self.found(command), case .success(let keys) = try self.asked(command) else {
                    continue
                }
                #expect(Set(found.keys).isSuperset(of: keys), "\(command): \(found.keys), Redis: \(keys)")
                checked += 1
            }
            #expect(checked > 2_000, "\(checked)")
        }
    }
}
