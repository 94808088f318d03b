// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import NIOConcurrencyHelpers
import TestKit
import Testing

extension Integration {
    @Suite("Idempotency-Key")
    struct IdempotencyTests {
        /// A write to every kind of resource: method, target, body (JSON if it begins with a brace or bracket).
        private static let writes: [(String, String, String)] = [
            ("PUT", "/v1/strings/s%00%FF", "one"), ("POST", "/v1/strings/n/increment", #"{"by":7}"#),
            ("POST", "/v1/strings/f/increment", #"{"by":"0.1"}"#), ("POST", "/v1/strings/s%00%FF/append", "two"),
            ("PATCH", "/v1/strings", #"{"a":"1","b":"2"}"#), ("PUT", "/v1/keys/a/ttl", #"{"ttl_ms":100000}"#),
            ("DELETE", "/v1/keys/a/ttl", ""), ("POST", "/v1/keys/a/copy", #"{"to":"a2"}"#),
            ("POST", "/v1/keys/a2/rename", #"{"to":"a3"}"#), ("DELETE", "/v1/keys/a3", ""),
            ("DELETE", "/v1/strings/b", ""),
            ("PUT", "/v1/hashes/h", #"{"f":"1","g":"2"}"#), ("PATCH", "/v1/hashes/h", #"{"g":null,"i":"3"}"#),
            ("PUT", "/v1/hashes/h/fields/%FF", "x"), ("POST", "/v1/hashes/h/fields/f/increment", #"{"by":2}"#),
            ("POST", "/v1/lists/l/push", #"{"side":"right","values":["a","b","c","d","e"]}"#),
            ("POST", "/v1/lists/l/pop", #"{"side":"left","count":2}"#),
            ("POST", "/v1/lists/l/pop", #"{"side":"left"}"#),
            ("POST", "/v1/lists/l/trim", #"{"start":0,"stop":0}"#),
            ("POST", "/v1/sets/u/add", #"{"members":["a","b"]}"#), ("PUT", "/v1/sets/u/members/c", ""),
            ("POST", "/v1/sets/u/pop", "{}"),
            (
                "POST", "/v1/sorted-sets/z/add",
                #"{"members":[{"member":"a","score":1.5},{"member":"b","score":"inf"}]}"#
            ),
            ("POST", "/v1/sorted-sets/z/members/a/increment", #"{"by":0.1}"#),
            ("POST", "/v1/sorted-sets/z/pop", #"{"side":"max","count":1}"#),
            ("POST", "/v1/streams/x/entries", #"{"fields":{"a":"1"}}"#),
            ("PUT", "/v1/streams/x/groups/g", #"{"start":"0"}"#), ("POST", "/v1/channels/c/messages", "hello"),
            ("POST", "/v1/commands", #"["SETRANGE","r",3,"x"]"#),
            (
                "POST", "/v1/pipelines",
                #"[["INCR","p"],["MGET","p","none","none"],["LPUSH","p","x"],["HGETALL","h"],["ZSCORE","z","a"],["GET","none"]]"#
            ),
            ("POST", "/v1/transactions", #"[["INCR","t"],["LPUSH","t","x"],["MGET","none","t","none"],["INCR","t"]]"#),
        ]

        private func fields(_ key: String, _ body: String) -> [String: String] {
            var fields = ["Idempotency-Key": key]
            if body.hasPrefix("{") || body.hasPrefix("[") { fields["Content-Type"] = "application/json" }
            return fields
        }

        @Test(
            "every kind of write runs once; a repeat has the first answer; the answer is that of the same without a key"
        )
        func everyWrite() async throws {
            let gateway = try Gateway()
            let plain = try Gateway()
            let client = try gateway.http1()
            let other = try plain.http1()
            for (number, (method, target, body)) in Self.writes.enumerated() {
                let fields = self.fields("key-\(number)", body)
                let first = try #require(client.request(method, target, fields: fields, body: Array(body.utf8)))
                #expect((200...204).contains(first.status), "\(method) \(target): \(first.status) \(first.text)")
                #expect(first.fields["idempotency-replayed"] == nil)
                let second = try #require(client.request(method, target, fields: fields, body: Array(body.utf8)))
                #expect(second.status == first.status && second.text == first.text, "\(target): \(second.text)")
                #expect(second.fields["idempotency-replayed"] == "true", "\(method) \(target)")
                for name in ["location", "etag", "redis-ttl-ms"] { #expect(second.fields[name] == first.fields[name]) }
                var plainFields = fields
                plainFields["Idempotency-Key"] = nil
                let same = try #require(other.request(method, target, fields: plainFields, body: Array(body.utf8)))
                #expect(same.status == first.status)
                // Ids of entries and members at random differ, a score may have other digits for the same number, and a
                // millisecond may go by.
                let differs = ["/v1/streams", "sets/u/pop", "/members/a/increment", "/ttl"].contains {
                    target.contains($0)
                }
                if !differs, !body.contains("HGETALL") {
                    #expect(same.text == first.text, "\(method) \(target)")
                }
            }
            #expect(gateway.redis.command("GET", "n") == "$1\r\n7\r\n")
            #expect(gateway.redis.command("GET", "t") == "$1\r\n2\r\n")
            #expect(gateway.redis.command("XLEN", "x") == ":1\r\n")
        }

        @Test("another request with the key is 422; numbers beyond 2^53 are exact; failures are not kept; HTTP/2")
        func edges() async throws {
            let gateway = try Gateway()
            let client = try await gateway.http2()
            func post(_ key: String, _ body: String, _ target: String = "/v1/commands") async throws -> TestResponse {
                try await client.request(
                    "POST", target, fields: [("idempotency-key", key), ("content-type", "application/json")],
                    body: Array(body.utf8))
            }
            #expect(try await post("a", #"["INCR","k"]"#).text == #"{"result":1}"#)
            let reused = try await post("a", #"["DECR","k"]"#)
            #expect(reused.status == 422 && reused.member("type")?.hasSuffix("idempotency-key-reused") == true)
            #expect(reused.member("outcome") == "not-executed")
            _ = gateway.redis.command("SET", "big", "9223372036854775800")
            for _ in 0..<2 {
                #expect(try await post("b", #"["INCRBY","big",7]"#).text == #"{"result":9223372036854775807}"#)
                #expect(
                    try await post("c", #"["HINCRBY","h","f",-9007199254740993]"#).text.contains("-9007199254740993"))
            }
            // What failed may be tried again, and succeeds then.
            _ = gateway.redis.command("LPUSH", "list", "x")
            #expect(try await post("d", #"["INCR","list"]"#).status == 409)
            _ = gateway.redis.command("DEL", "list")
            let healed = try await post("d", #"["INCR","list"]"#)
            #expect(healed.text == #"{"result":1}"# && healed.fields["idempotency-replayed"] == nil)
            // A transaction that Redis would not queue runs no part.
            let aborted = try await post("e", #"[["INCR","k"],["GET"]]"#, "/v1/transactions")
            #expect(aborted.status == 422 && aborted.member("command_index") == "1", "\(aborted.text)")
            #expect(gateway.redis.command("GET", "k") == "$1\r\n1\r\n")
            // The record is gone when its time is over.
            let keys = gateway.redis.command("KEYS", "baton:idempotency:*")
            let name = try #require(keys.split(separator: "\r\n").first { $0.hasPrefix("baton:idempotency:{k}") })
            let ttl = gateway.redis.command("TTL", String(name))
            #expect((86_000...86_400).contains(Int(ttl.dropFirst().dropLast()) ?? 0))
            client.close()
        }

        @Test("callers that repeat under lost connections and a killed server get one execution a key")
        func kills() async throws {
            let gateway = try Gateway("--command-timeout", "100ms")
            let client = try await gateway.http2()
            let isOver = NIOLockedValueBox(false)
            let tally = NIOLockedValueBox((done: 0, repeats: 0, wrong: [String]()))
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for caller in 0..<16 {
                    tasks.addTask {
                        var number = 0
                        while !isOver.withLockedValue({ $0 }) {
                            await Self.increment(client, "\(caller)-\(number)", tally)
                            number += 1
                        }
                    }
                }
                for round in 0..<60 {
                    let goal = tally.withLockedValue { $0.done } + 25
                    #expect(Wait.until(seconds: 20) { tally.withLockedValue { $0.done } >= goal })
                    if round % 20 == 19 {
                        gateway.redis.kill(SIGKILL)
                        try gateway.redis.start()
                    } else {
                        _ = gateway.redis.command("CLIENT", "KILL", "TYPE", "normal")
                    }
                }
                isOver.withLockedValue { $0 = true }
                try await tasks.waitForAll()
            }
            let counts = tally.withLockedValue { $0 }
            #expect(counts.wrong.isEmpty, "\(counts.wrong.prefix(3))")
            #expect(gateway.redis.command("GET", "counter").hasSuffix("\r\n\(counts.done)\r\n"))
            print(
                "idempotency: \(counts.done) keys, \(counts.repeats) repeated by their callers, 57 lost connections, 3 kills"
            )
            client.close()
        }

        /// Repeats an increment until it has an answer.
        private static func increment(
            _ client: HTTP2TestClient, _ key: String,
            _ tally: NIOLockedValueBox<(done: Int, repeats: Int, wrong: [String])>
        ) async {
            for _ in 0..<100 {
                let answer = try? await client.request(
                    "POST", "/v1/strings/counter/increment",
                    fields: [("idempotency-key", key), ("content-type", "application/json")], body: Array("{}".utf8))
                switch answer?.status {
                case 200: return tally.withLockedValue { $0.done += 1 }
                case .some(let status) where status >= 502: tally.withLockedValue { $0.repeats += 1 }
                default:
                    return tally.withLockedValue { $0.wrong.append("\(answer?.status ?? 0) \(answer?.text ?? "")") }
                }
            }
            tally.withLockedValue { $0.wrong.append("no answer for \(key)") }
        }
    }
}
