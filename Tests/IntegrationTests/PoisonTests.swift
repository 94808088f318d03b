// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import TestKit
import Testing

extension Integration {
    @Suite("Poison: what would harm a shared connection")
    struct PoisonTests {
        static let lines: [[String]] = [
            ["HELLO", "3"], ["HELLO", "2", "AUTH", "x", "y"], ["AUTH", "x"], ["RESET"], ["QUIT"], ["SELECT", "9"],
            ["SELECT", "99"],
            ["CLIENT", "REPLY", "OFF"], ["CLIENT", "REPLY", "SKIP"], ["CLIENT", "TRACKING", "ON"],
            ["CLIENT", "NO-EVICT", "ON"],
            ["CLIENT", "PAUSE", "5000"], ["CLIENT", "KILL", "TYPE", "normal"], ["SUBSCRIBE", "c"], ["PSUBSCRIBE", "*"],
            ["SSUBSCRIBE", "c"],
            ["MONITOR"], ["MULTI"], ["WATCH", "k"], ["EXEC"], ["DISCARD"], ["SYNC"], ["PSYNC", "?", "-1"],
            ["REPLCONF", "listening-port", "1"],
            ["READONLY"], ["ASKING"], ["XREADGROUP", "GROUP", "g", "c", "BLOCK", "0", "STREAMS", "s", ">"],
            ["WAIT", "5", "0"],
            ["DEBUG", "SLEEP", "2"], ["SCRIPT", "DEBUG", "YES"], ["HIMPORT", "PREPARE", "u", "a", "b"], [" GET", "k"],
            ["GET ", "k"], ["GET\0", "k"],
            ["EVAL", "return redis.call('SUBSCRIBE','c')", "0"], ["EVAL", "return redis.call('MULTI')", "0"],
        ]

        @Test("each line, in each case of letters, on each surface: the next 100 mixed requests are exact")
        func poison() async throws {
            let gateway = try Gateway("--blocking-timeout-maximum", "50ms")
            let http1 = try gateway.http1()
            let http2 = try await gateway.http2()
            for (index, line) in Self.lines.enumerated() {
                for words in [line, line.map { $0.lowercased() }, line.map { Self.mixed($0) }] {
                    let command = String(decoding: Gateway.json(words), as: UTF8.self)
                    for (path, body) in [
                        ("/v1/commands", command), ("/v1/pipelines", "{\"commands\":[[\"GET\",\"k\"],\(command)]}"),
                        ("/v1/transactions", "{\"commands\":[\(command),[\"GET\",\"k\"]]}"),
                    ] {
                        let answer = http1.request("POST", path, fields: Gateway.jsonFields, body: Array(body.utf8))
                        #expect(
                            answer != nil && (answer?.status ?? 0) < 500,
                            "\(words) on \(path): \(answer?.text ?? "no answer")")
                    }
                }
                try await self.expectExact(http1, http2, round: index)
            }
            http2.close()
        }

        @Test("blocking commands take as many connections as there are, and delay nobody else")
        func blocking() async throws {
            let gateway = try Gateway("--blocking-timeout-maximum", "2s", "--redis-leased-connections", "4")
            let http2 = try await gateway.http2()
            let http1 = try gateway.http1()
            await withTaskGroup(of: Int.self) { tasks in
                for _ in 0..<8 {
                    tasks.addTask {
                        let body = Gateway.json(["BLPOP", "nolist", "0"])
                        return
                            (try? await http2.request(
                                "POST", "/v1/commands", fields: [("content-type", "application/json")], body: body
                            ).status) ?? 0
                    }
                }
                let started = Wait.now()
                for round in 0..<50 {
                    #expect(http1.request("PUT", "/v1/strings/b\(round)", body: [0x62])?.status == 201)
                }
                #expect(Wait.now() - started < 1.5, "shared connections are not blocked")
                for await status in tasks { #expect(status == 200 || status == 503 || status == 504) }
            }
            http2.close()
        }

        private static func mixed(_ word: String) -> String {
            String(
                word.enumerated().map { $0.offset.isMultiple(of: 2) ? Character($0.element.lowercased()) : $0.element })
        }

        private func expectExact(_ http1: HTTP1TestClient, _ http2: HTTP2TestClient, round: Int) async throws {
            let json = [("content-type", "application/json")]
            let hash = try await http2.request(
                "POST", "/v1/commands", fields: json, body: Gateway.json(["HSET", "h\(round)", "f", "\(round)"]))
            #expect(hash.text == "{\"result\":1}")
            for number in 1...25 {
                let key = "/v1/strings/r\(round)-\(number)"
                #expect(http1.request("PUT", key, body: Array("\(round):\(number)".utf8))?.status == 201)
                #expect(try await http2.request("GET", key).text == "\(round):\(number)")
                let incr = try await http2.request(
                    "POST", "/v1/commands", fields: json, body: Gateway.json(["INCR", "n\(round)"]))
                #expect(incr.text == "{\"result\":\(number)}")
                let all = http1.request(
                    "POST", "/v1/commands", fields: Gateway.jsonFields, body: Gateway.json(["HGETALL", "h\(round)"]))
                #expect(all?.text == "{\"result\":{\"f\":\"\(round)\"}}")
            }
        }
    }
}
