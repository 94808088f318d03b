// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import NIOConcurrencyHelpers
import TestKit
import Testing

extension Integration {
    @Suite("Transactions with conditions")
    struct TransactionConditionTests {
        private static func body(_ object: [String: Any]) throws -> [UInt8] {
            Array(try JSONSerialization.data(withJSONObject: object))
        }

        private static let fields = [("content-type", "application/json")]

        @Test("64 that read, add and write two keys in a transaction lose no update, with four leased connections")
        func race() async throws {
            let gateway = try Gateway("--redis-leased-connections", "4")
            let client = try await gateway.http2()
            #expect(try await client.request("PUT", "/v1/strings/n", body: Array("0".utf8)).status == 201)
            let tally = NIOLockedValueBox((written: 0, refused: 0, wrong: [String]()))
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<64 {
                    tasks.addTask {
                        while tally.withLockedValue({ $0.written < 100 && $0.wrong.isEmpty }) {
                            try await Self.add(client, tally)
                        }
                    }
                }
                try await tasks.waitForAll()
            }
            let counts = tally.withLockedValue { $0 }
            #expect(counts.wrong.isEmpty, "\(counts.wrong.prefix(3))")
            #expect(counts.written >= 100 && counts.refused > 0)
            for key in ["n", "copy"] {
                #expect(gateway.redis.command("GET", key).hasSuffix("\r\n\(counts.written)\r\n"))
            }
            client.close()
        }

        private static func add(
            _ client: HTTP2TestClient, _ tally: NIOLockedValueBox<(written: Int, refused: Int, wrong: [String])>
        ) async throws {
            let read = try await client.request("GET", "/v1/strings/n")
            guard let number = Int(read.text), let tag = read.fields["etag"] else {
                return tally.withLockedValue { $0.wrong.append("GET: \(read.status) \(read.text)") }
            }
            let commands = [["SET", "n", "\(number + 1)"], ["SET", "copy", "\(number + 1)"]]
            let answer = try await client.request(
                "POST", "/v1/transactions", fields: Self.fields,
                body: Self.body(["if_match": ["n": tag], "commands": commands]))
            tally.withLockedValue { counts in
                switch answer.status {
                case 200: counts.written += 1
                case 412, 409: counts.refused += 1
                default: counts.wrong.append("\(answer.status) \(answer.text)")
                }
            }
        }

        @Test("existence, absence, tags of binary keys, a wrong type, and connections that are used again")
        func tour() throws {
            let gateway = try Gateway("--redis-leased-connections", "1")
            let client = try gateway.http1()
            func post(_ body: String) throws -> TestResponse {
                try #require(
                    client.request(
                        "POST", "/v1/transactions", fields: ["content-type": "application/json"], body: Array(body.utf8)
                    ))
            }
            let absent = #"{"if_none_match":["a"],"commands":[["SET","a","1"]]}"#
            #expect(try post(absent).status == 200)
            let exists = try post(absent)
            #expect(exists.status == 412 && exists.member("outcome") == "not-executed")
            #expect(
                try post(#"{"if_match":{"a":"*"},"commands":[["INCR","a"]]}"#).text == #"{"results":[{"result":2}]}"#)
            #expect(try post(#"{"if_match":{"missing":"*"},"commands":[["INCR","a"]]}"#).status == 412)
            let put = try #require(client.request("PUT", "/v1/strings/%FF", body: [1, 0, 255]))
            let tag = try #require(put.fields["etag"]).replacing("\"", with: "\\\"")
            let right = try post(#"{"if_match":[[{"base64":"/w=="},""# + tag + #""]],"commands":[["DEL","a"]]}"#)
            #expect(right.text == #"{"results":[{"result":1}]}"#)
            let wrong = try post(#"{"if_match":[[{"base64":"/w=="},"\"0\""]],"commands":[["DEL","a"]]}"#)
            #expect(wrong.status == 412)
            _ = gateway.redis.command("LPUSH", "list", "1")
            let type = try post(#"{"if_match":{"list":"\"0\""},"commands":[["DEL","list"]]}"#)
            #expect(type.status == 409 && type.member("type")?.contains("wrong-type") == true, "\(type.text)")
            // All that was on one connection; a watch that was left behind would abort what follows.
            _ = gateway.redis.command("SET", "a", "changed")
            _ = gateway.redis.command("LPUSH", "list", "2")
            for _ in 0..<3 {
                #expect(try post(#"{"if_match":{"a":"*"},"commands":[["GET","a"]]}"#).status == 200)
            }
        }
    }
}
