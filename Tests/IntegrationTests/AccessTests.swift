// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import TestKit
import Testing

extension Integration {
    @Suite("Tokens with prefixes, and tokens that publish")
    struct AccessTests {
        /// The digests of `shop`, `news` and `wide`.
        private static let lines = """
            shop:8d9001d32c6a703d95921a77115050f33dd823d3f1730bd35215dcbecad6dc20:read,write:shop%3A,cart%2C
            news:19fba0e995b9794fc2c26217bf3b725c2f0d9eeda16719fe75e3ba23ca73bfc4:publish:news.
            wide:0abaa40b10436a8fbba40ad39a0ba58da06f7aa0fd12a488f1ee358ed04fb942:read,write
            """

        private let redis: RedisServerProcess
        private let baton: BatonProcess
        private let file: String

        init() throws {
            self.redis = try RedisServerProcess()
            self.file = "\(self.redis.socketPath).tokens"
            try Data(Self.lines.utf8).write(to: URL(fileURLWithPath: self.file))
            self.baton = try BatonProcess(["--redis", self.redis.url, "--token-file", self.file])
            let port = self.baton.port
            #expect(Wait.until(seconds: 10) { HTTP1TestClient(port: port)?.request("GET", "/readyz")?.status == 200 })
        }

        private func ask(
            _ token: String, _ method: String, _ path: String, _ body: String = "", _ more: [String: String] = [:]
        ) throws -> TestResponse {
            let client = try #require(HTTP1TestClient(port: self.baton.port))
            var fields = ["Authorization": "Bearer \(token)"]
            if body.hasPrefix("{") || body.hasPrefix("[") { fields["Content-Type"] = "application/json" }
            fields.merge(more) { $1 }
            return try #require(client.request(method, path, fields: fields, body: Array(body.utf8)))
        }

        @Test("keys with a prefix are served on every surface; others are 403, and nothing runs")
        func keys() throws {
            _ = self.redis.command("SET", "secret", "s")
            for key in ["shop:", "shop:1", "cart%2C1"] {
                #expect(try self.ask("shop", "PUT", "/v1/strings/\(key)", "v").status == 201)
                #expect(try self.ask("shop", "GET", "/v1/strings/\(key)").text == "v")
                #expect(try self.ask("shop", "GET", "/get/\(key)").text == #"{"result":"v"}"#)
            }
            for key in ["secret", "shop", "Shop:1", "cart", "s"] {
                for (method, path, body) in [
                    ("GET", "/v1/strings/\(key)", ""), ("PUT", "/v1/strings/\(key)", "v"),
                    ("DELETE", "/v1/keys/\(key)", ""),
                    ("POST", "/v1/keys/\(key)/rename", #"{"to":"shop:2"}"#), ("GET", "/v1/hashes/\(key)", ""),
                    ("POST", "/v1/keys/shop:1/copy", #"{"to":"\#(key)"}"#),
                    ("GET", "/v1/strings?key=shop:1&key=\(key)", ""),
                    ("POST", "/v1/commands", #"["GET","\#(key)"]"#), ("GET", "/v1/channels/\(key)/messages", ""),
                    ("GET", "/v1/patterns/\(key)*/messages", ""), ("POST", "/v1/channels/\(key)/messages", "m"),
                    ("POST", "/v1/pipelines", #"[["SET","shop:3","v"],["GET","\#(key)"]]"#),
                    (
                        "POST", "/v1/transactions",
                        #"{"if_none_match":["\#(key)"],"commands":[["SET","shop:3","v"]]}"#
                    ),
                    (
                        "POST", "/v1/transactions",
                        #"{"if_none_match":["shop:3"],"commands":[["SET","shop:3","v"],["GET","\#(key)"]]}"#
                    ),
                ] {
                    let answer = try self.ask("shop", method, path, body)
                    #expect(answer.status == 403, "\(method) \(path) \(body)")
                    #expect(answer.member("type") == "/problems/key-not-allowed", "\(answer.text)")
                    #expect(answer.member("outcome") == "not-executed")
                    #expect(answer.text.contains("\"retryable\":false"))
                    #expect(!answer.text.contains("cart,") && !answer.text.contains("shop:"), "\(answer.text)")
                }
            }
            #expect(self.redis.command("EXISTS", "shop:3", "secret") == ":1\r\n")
            let batch = try self.ask(
                "shop", "POST", "/v1/pipelines", #"[["SET","shop:3","v"],["PING"],["DEL","secret"]]"#)
            #expect(batch.member("command_index") == "2" && batch.member("command") == "DEL")
            let upstash = try self.ask("shop", "POST", "/pipeline", #"[["SET","shop:3","v"],["GET","secret"]]"#)
            #expect(upstash.status == 400 && upstash.member("error")?.hasPrefix("NOPERM ") == true)
            #expect(self.redis.command("EXISTS", "shop:3", "secret") == ":1\r\n")
            #expect(try self.ask("wide", "GET", "/v1/strings/secret").text == "s")
        }

        @Test("conditions, idempotency keys and waiting work behind a prefix")
        func features() throws {
            let put = try self.ask("shop", "PUT", "/v1/strings/shop:a", "1", ["If-None-Match": "*"])
            #expect(put.status == 201)
            let tag = try #require(
                try self.ask("shop", "GET", "/v1/strings/shop:a", "", ["If-None-Match": "\"x\""]).fields["etag"])
            #expect(try self.ask("shop", "PUT", "/v1/strings/shop:a", "2", ["If-Match": tag]).status == 204)
            #expect(try self.ask("shop", "PUT", "/v1/strings/shop:a", "3", ["If-Match": tag]).status == 412)
            for _ in 0..<2 {
                let once = try self.ask("shop", "POST", "/v1/strings/shop:n/increment", "{}", ["Idempotency-Key": "k1"])
                #expect(once.text.contains("1"), "\(once.text)")
            }
            let transaction = try self.ask(
                "shop", "POST", "/v1/transactions", #"{"if_match":{"shop:a":"*"},"commands":[["GET","shop:a"]]}"#)
            #expect(transaction.text == #"{"results":[{"result":"2"}]}"#)
            _ = self.redis.command("RPUSH", "shop:l", "x")
            #expect(try self.ask("shop", "POST", "/v1/commands", #"["BLPOP","shop:l",1]"#).status == 200)
            let odd = try self.ask("shop", "POST", "/pipeline", #"[[],["QUIT"],["GET","shop:a"]]"#)
            #expect(odd.text.contains(#"{"result":"OK"},{"result":"2"}"#), "\(odd.text)")
        }

        @Test("scans and feeds show what begins with a prefix only; what tells of all keys is refused")
        func scans() throws {
            for key in ["shop:1", "shop:2", "secret"] { _ = self.redis.command("SET", key, "v") }
            _ = self.redis.command("XADD", "shop:s", "1-1", "n", "5")
            let lines = ["Accept": "application/x-ndjson"]
            #expect(try self.ask("shop", "GET", "/v1/keys?match=shop:*").status == 200)
            #expect(try self.ask("shop", "GET", "/v1/keys?match=shop:*", "", lines).status == 200)
            for path in ["/v1/keys", "/v1/keys?match=*", "/v1/keys?match=s*", "/v1/keys?match=%5Bs%5Dhop:*"] {
                #expect(try self.ask("shop", "GET", path).status == 403)
                #expect(try self.ask("shop", "GET", path, "", lines).status == 403)
            }
            for command in [
                #"["KEYS","shop:*"]"#, #"["RANDOMKEY"]"#, #"["DBSIZE"]"#, #"["FLUSHALL"]"#, #"["INFO"]"#,
                #"["SCAN",0]"#,
                #"["EVAL","return redis.call('GET','secret')",1,"shop:1"]"#, #"["SORT","shop:l","BY","secret*"]"#,
                #"["SCRIPT","LOAD","return 1"]"#, #"["FUNCTION","LIST"]"#, #"["PUBSUB","CHANNELS"]"#,
            ] {
                let answer = try self.ask("shop", "POST", "/v1/commands", command)
                #expect(answer.status == 403 && answer.member("type") == "/problems/key-not-allowed", "\(command)")
            }
            #expect(try self.ask("shop", "POST", "/v1/scripts", "return 1").status == 403)
            let fields = ["Authorization": "Bearer shop", "Accept": "text/event-stream"]
            let entries = try EventStream(self.baton.port, "/v1/streams/shop:s/entries?start=-", fields: fields)
            try entries.read(until: "\"5\"")
            #expect(
                try self.ask("shop", "GET", "/v1/streams/secret/entries", "", ["Accept": "text/event-stream"]).status
                    == 403)
        }

        @Test("a token that publishes does nothing else, and to its channels only")
        func publishing() throws {
            let fields = ["Authorization": "Bearer wide"]
            let stream = try EventStream(self.baton.port, "/v1/channels/news.1/messages?channel=other", fields: fields)
            #expect(try self.ask("news", "POST", "/v1/channels/news.1/messages", "1").status == 200)
            #expect(try self.ask("news", "POST", "/v1/commands", #"["PUBLISH","news.1","2"]"#).status == 200)
            #expect(
                try self.ask("news", "POST", "/v1/channels/other/messages", "3").member("type")
                    == "/problems/key-not-allowed")
            #expect(try self.ask("news", "POST", "/v1/commands", #"["PUBLISH","other","4"]"#).status == 403)
            #expect(try self.ask("news", "POST", "/publish/news.1/5").text == #"{"result":1}"#)
            try stream.read(until: "\"5\"")
            #expect(stream.numbers == [1, 2, 5])
            for (method, path, body) in [
                ("GET", "/v1/channels/news.1/messages", ""), ("GET", "/v1/strings/news.1", ""),
                ("PUT", "/v1/strings/news.1", "v"), ("POST", "/v1/commands", #"["PING"]"#),
            ] {
                #expect(try self.ask("news", method, path, body).member("type") == "/problems/insufficient-scope")
            }
            let own = try EventStream(
                self.baton.port, "/v1/patterns/shop:*/messages", fields: ["Authorization": "Bearer shop"])
            #expect(try self.ask("shop", "POST", "/v1/channels/shop:x/messages", "9").status == 200)
            try own.read(until: "\"9\"")
        }

        @Test("SIGHUP brings other prefixes to the same token; a file that is not good changes nothing")
        func reload() throws {
            func status(_ key: String) -> Int? { try? self.ask("shop", "GET", "/v1/strings/\(key)").status }
            #expect(status("shop:1") == 404 && status("other:1") == 403)
            func reload(_ prefixes: String) throws {
                let lines = Self.lines.replacing("shop%3A,cart%2C", with: prefixes)
                try Data(lines.utf8).write(to: URL(fileURLWithPath: self.file))
                self.baton.signal(SIGHUP)
            }
            try reload("other%3A")
            #expect(Wait.until(seconds: 10) { status("other:1") == 404 && status("shop:1") == 403 })
            try reload("%zz")
            try reload(String(repeating: "p,", count: 16) + "p")
            #expect(status("other:1") == 404)
            let full = String(repeating: "p,", count: 15) + String(repeating: "q", count: 256)
            try reload(full)
            #expect(Wait.until(seconds: 10) { status(String(repeating: "q", count: 256)) == 404 })
            #expect(status(String(repeating: "q", count: 255)) == 403 && status("p") == 404)
            #expect(status(String(repeating: "q", count: 257)) == 404)
        }
    }
}
