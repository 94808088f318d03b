// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import NIOCore
import RESP
import TestKit
import Testing

extension Integration {
    @Suite("The Upstash-compatible surface")
    struct UpstashTests {
        @Test("what RESP2 says, byte for byte: a corpus of commands by the gateway and on a RESP2 connection")
        func corpus() throws {
            let gateway = try Gateway()
            let client = try gateway.http1()
            let direct = try #require(RawConnection(path: gateway.redis.socketPath))
            // One server, so that its tables have one order; a database for each side.
            #expect(try Self.ask(direct, ["SELECT", "1"]) == "+OK\r\n")
            var compared = 0
            for command in UpstashCorpus.commands {
                let expected = try Self.ask(direct, command)
                let response = try #require(
                    client.request(
                        "POST", "/", fields: ["Upstash-Response-Format": "resp2"], body: Gateway.json(command)))
                if response.fields["content-type"] == "application/octet-stream" {
                    #expect(response.text == expected, "\(command)")
                    #expect(response.status == (expected.hasPrefix("-") ? 400 : 200), "\(command)")
                    compared += 1
                } else {
                    // The gateway does not know the command, and neither does Redis.
                    #expect(expected.hasPrefix("-ERR unknown command"), "\(command): \(response.text)")
                    #expect(response.status == 400 && response.member("error")?.hasPrefix("ERR unknown") == true)
                }
            }
            #expect(compared >= 300, "\(compared) commands were compared")
        }

        @Test("the same in pipelines, as RESP2, as JSON and in base64", arguments: ["resp2", "json", "base64"])
        func corpusInPipelines(format: String) throws {
            let gateway = try Gateway()
            let client = try gateway.http1()
            let direct = try #require(RawConnection(path: gateway.redis.socketPath))
            #expect(try Self.ask(direct, ["SELECT", "1"]) == "+OK\r\n")
            let fields = ["resp2": ["Upstash-Response-Format": "resp2"], "base64": ["Upstash-Encoding": "base64"]][
                format]
            // A command that the gateway does not know refuses the batch.
            let commands = UpstashCorpus.commands.filter { $0[0] != "NOPE" }
            for start in stride(from: 0, to: commands.count, by: 25) {
                let batch = Array(commands[start..<min(start + 25, commands.count)])
                let expected = try batch.map { try Self.ask(direct, $0) }
                let body = try JSONSerialization.data(withJSONObject: batch)
                let response = try #require(
                    client.request("POST", "/pipeline", fields: fields ?? [:], body: Array(body)))
                #expect(response.status == 200, "\(response.text)")
                guard format != "resp2" else {
                    #expect(response.text == "*\(batch.count)\r\n" + expected.joined(), "\(batch)")
                    continue
                }
                let results = try #require(
                    try JSONSerialization.jsonObject(with: Data(response.body)) as? [[String: Any]])
                for (index, reply) in expected.enumerated() {
                    let wanted = try Self.json(reply, isBase64: format == "base64")
                    #expect(
                        (results[index] as NSDictionary).isEqual(wanted), "\(batch[index]): \(results[index]) \(reply)")
                }
            }
        }

        /// What a RESP2 reply is in JSON: `{"result":...}` or `{"error":...}`.
        private static func json(_ reply: String, isBase64: Bool) throws -> [String: Any] {
            var decoder = RESPDecoder()
            decoder.feed(ByteBuffer(string: reply))
            let value = try #require(try decoder.next())
            if value.isError { return ["error": value.string] }
            if value.kind == .simpleString, value.string == "OK" { return ["result": "OK"] }
            return ["result": Self.json(value, isBase64: isBase64)]
        }

        private static func json(_ value: RESPValue, isBase64: Bool) -> Any {
            switch value.kind {
            case .null: NSNull()
            case .integer: NSNumber(value: value.integer ?? 0)
            case .array: value.elements.map { Self.json($0, isBase64: isBase64) }
            default: isBase64 ? Data(value.payload.readableBytesView).base64EncodedString() : value.string
            }
        }

        /// The RESP2 reply to a command.
        private static func ask(_ connection: RawConnection, _ words: [String]) throws -> String {
            let bulks = words.map { "$\($0.utf8.count)\r\n\($0)\r\n" }.joined()
            connection.send("*\(words.count)\r\n\(bulks)")
            var received: [UInt8] = []
            while true {
                received += try #require(connection.receive())
                var decoder = RESPDecoder()
                decoder.feed(ByteBuffer(bytes: received))
                if try decoder.next() != nil { return String(decoding: received, as: UTF8.self) }
            }
        }

        /// A request and its answer, the status first. `*` at the end stands for anything.
        private struct Line {
            var target: String
            var body: String
            var answer: String
            var fields: [String: String]

            init(_ target: String, _ body: String, _ answer: String, _ fields: [String: String] = [:]) {
                self.target = target
                self.body = body
                self.answer = answer
                self.fields = fields
            }
        }

        private static let base64 = ["Upstash-Encoding": "base64"]
        private static let resp2 = ["Upstash-Response-Format": "resp2"]
        private static let script = #"["EVAL","return {redis.call('set','x','1'),1,false}",0]"#
        private static let lines: [Line] = [
            Line("POST /", #"["SET","foo","bar"]"#, #"200 {"result":"OK"}"#),
            Line("POST /", #"["GET","foo"]"#, #"200 {"result":"YmFy"}"#, base64),
            Line("POST /", #"["PING"]"#, #"200 {"result":"UE9ORw=="}"#, base64),
            Line("POST /", #"["SET","a","b"]"#, #"200 {"result":"OK"}"#, base64),
            Line("POST /", script, #"200 {"result":["T0s=",1,null]}"#, base64),
            Line("POST /", #"["GET"]"#, #"400 {"error":"ERR wrong number of arguments for 'get' command"}"#),
            Line("POST /", #"["NOPE"]"#, #"400 {"error":"ERR unknown command 'NOPE', *"#),
            Line("POST /", "[]", #"400 {"error":"ERR empty command"*"#),
            Line("POST /", #"{"a":1}"#, #"400 {"error":"ERR failed to parse command"*"#),
            Line("POST /", "", #"400 {"error":"ERR failed to parse command"*"#),
            Line("POST /", #"["SET","n",null]"#, #"400 {"error":"ERR failed to parse command"*"#),
            Line("POST /", #"["SET","n",["x"]]"#, #"400 {"error":"ERR failed to parse command"*"#),
            Line("POST /", #"["SET","n",{"base64":"YQ=="}]"#, #"400 {"error":"ERR failed to parse command"*"#),
            Line(
                "POST /pipeline", #"[["SET","k","v"],["INCR","k"],["ZADD","z",11,"i"],[]]"#,
                #"200 [{"result":"OK"},{"error":"ERR value is not an integer or out of range"},{"result":1},"#
                    + #"{"error":"ERR empty pipeline command"}]"#),
            Line("POST /pipeline", "[]", #"400 {"error":"ERR empty pipeline request"*"#),
            Line("POST /pipeline", "{}", #"400 {"error":"ERR failed to parse pipeline request"*"#),
            Line("POST //pipeline", #"[["PING"]]"#, #"200 [{"result":"PONG"}]"#),
            Line("POST /upstash/pipeline", #"[["PING"]]"#, #"200 [{"result":"PONG"}]"#),
            Line("POST /pipeline", #"[["PING"],["GET","foo"]]"#, "200 *2\r\n+PONG\r\n$3\r\nbar\r\n", resp2),
            Line("POST /pipeline", #"[["SET","no","x"],["MULTI"]]"#, #"400 {"error":"ERR *"#),
            Line("POST /", #"["EXISTS","no"]"#, #"200 {"result":0}"#),
            Line("POST /", #"["CLIENT","SETINFO","lib-name","x"]"#, #"200 {"result":"OK"}"#),
            Line("POST /pipeline", #"[["SELECT","0"]]"#, #"200 [{"result":"OK"}]"#, base64),
            Line(
                "POST /multi-exec", #"[["SET","p","1"],["HGET","p","f"]]"#,
                #"200 [{"result":"OK"},"#
                    + #"{"error":"WRONGTYPE Operation against a key holding the wrong kind of value"}]"#, resp2),
            Line(
                "POST /multi-exec", #"[["NOPE"],["SET","q","1"]]"#,
                #"400 {"error":"EXECABORT Transaction discarded because of previous errors."*"#),
            Line(
                "POST /multi-exec", #"[["GET"],["SET","q","1"]]"#,
                #"400 {"error":"EXECABORT Transaction discarded because of previous errors."}"#),
            Line("POST /", #"["EXISTS","q"]"#, #"200 {"result":0}"#),
            Line("POST /set/foo?EX=100", "\u{0}bytes", #"200 {"result":"OK"}"#),
            Line("PUT /set/foo/v/EX/100", "", #"200 {"result":"OK"}"#),
            Line("GET /get/foo", "", #"200 {"result":"v"}"#),
            Line("HEAD /get/foo", "", "200"),
            Line("GET /set/foo/v", "", #"400 {"error":"ERR GET and HEAD run*"#),
            Line("POST /set/a%2Fb%20%2B+/1", "", #"200 {"result":"OK"}"#),
            Line("POST /", #"["GET","a/b ++"]"#, #"200 {"result":"1"}"#),
            Line("GET /get/%zz", "", #"400 {"error":"ERR *"#),
            Line("DELETE /get/foo", "", "405"), Line("GET /", "", "405"), Line("GET /v1/nope", "", "404 {\"type\"*"),
            Line("POST /", #"["GET","foo"]"#, "200 $1\r\nv\r\n", resp2),
            Line("POST /", #"["GET","foo"]"#, "200 $1\r\nv\r\n", ["Upstash-Reponse-Format": "resp2"]),
            Line("POST /", #"["GET","foo"]"#, #"400 {"error":"ERR *"#, ["Upstash-Response-Format": "xml"]),
            Line("POST /", #"["GET","foo"]"#, #"400 {"error":"ERR *"#, resp2.merging(base64) { $1 }),
            Line("POST /", #"["GET","foo"]"#, #"200 {"result":"v"}"#, ["Upstash-Sync-Token": ""]),
            Line("POST /", #"["SET","n",9007199254740993]"#, #"200 {"result":"OK"}"#),
            Line("POST /", #"["GET","n"]"#, #"200 {"result":"9007199254740993"}"#),
            Line("POST /", #"["MSET","n1",1.0,"n2",1e+21,"b",true]"#, #"200 {"result":"OK"}"#),
            Line("POST /", #"["MGET","n1","n2","b"]"#, #"200 {"result":["1.0","1e+21","true"]}"#),
            Line("POST /", #"["SET","n","9223372036854775806"]"#, #"200 {"result":"OK"}"#),
            Line("POST /", #"["INCR","n"]"#, #"200 {"result":9223372036854775807}"#),
            Line("POST /", #"["BLPOP","l",0]"#, #"400 {"error":"ERR *"#),
            Line("POST /", #"["XREAD","BLOCK",0,"STREAMS","s","$"]"#, #"400 {"error":"ERR *"#),
            Line("POST /", #"["SELECT",3]"#, #"400 {"error":"ERR *"#),
            Line("POST /subscribe/c/d", "[]", #"400 {"error":"ERR *"#),
            Line("POST /monitor", "", #"400 {"error":"ERR *"#),
        ]

        private static func check(_ line: Line, _ response: TestResponse?) throws {
            let response = try #require(response, "\(line)")
            let text = "\(response.status)" + (response.body.isEmpty ? "" : " " + response.text)
            let fits = line.answer.hasSuffix("*") ? text.hasPrefix(line.answer.dropLast()) : text == line.answer
            #expect(fits, "\(line): \(text)")
            if line.answer == "405" {
                #expect(response.fields["allow"] == (line.target == "GET /" ? "POST" : "GET, HEAD, POST, PUT"))
            }
            if !line.answer.hasPrefix("404") { #expect(response.fields["upstash-sync-token"]?.isEmpty == false) }
        }

        @Test("the words and statuses that the SDKs know, over HTTP/1.1")
        func http1() throws {
            let gateway = try Gateway()
            var connection = try gateway.http1()
            for line in Self.lines {
                let parts = line.target.split(separator: " ").map(String.init)
                let response = connection.request(
                    parts[0], parts[1], fields: line.fields, body: Array(line.body.utf8))
                try Self.check(line, response)
                // Refused by its header section, before its body was read.
                if response?.fields["connection"] == "close" { connection = try gateway.http1() }
            }
        }

        @Test("the same over HTTP/2")
        func http2() async throws {
            let gateway = try Gateway()
            let client = try await gateway.http2()
            for line in Self.lines {
                let parts = line.target.split(separator: " ").map(String.init)
                let fields = line.fields.map { ($0.key.lowercased(), $0.value) }
                try Self.check(
                    line,
                    await client.request(parts[0], parts[1], fields: fields, body: Array(line.body.utf8)))
            }
            client.close()
        }

        @Test("the sync token changes with each write")
        func syncToken() throws {
            let gateway = try Gateway()
            let client = try gateway.http1()
            var tokens: Set<String> = []
            for _ in 0..<50 {
                let response = client.request("POST", "/", body: Gateway.json(["INCR", "n"]))
                tokens.insert(try #require(response?.fields["upstash-sync-token"]))
            }
            #expect(tokens.count == 50)
        }

        @Test("/subscribe and /psubscribe in the lines that the SDKs read; no payload forges one")
        func subscribe() async throws {
            let gateway = try Gateway()
            func open(_ target: String) throws -> RawConnection {
                let connection = try #require(RawConnection(port: gateway.baton.port))
                connection.send("POST \(target) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n[]")
                return connection
            }
            func read(_ connection: RawConnection, until part: String) throws -> String {
                var text = ""
                while !text.contains(part) {
                    let bytes = try #require(connection.receive(seconds: 10), "no \(part) in \(text)")
                    try #require(!bytes.isEmpty)
                    text += String(decoding: bytes, as: UTF8.self)
                }
                return text
            }
            let channel = try open("/subscribe/chat")
            let pattern = try open("/upstash/psubscribe/ch*")
            #expect(try read(channel, until: "data: subscribe,chat,1\n\n").contains("content-type: text/event-stream"))
            _ = try read(pattern, until: "data: psubscribe,ch*,1\n\n")
            #expect(gateway.redis.command("PUBLISH", "chat", "{\"a\":1}") == ":2\r\n")
            #expect(try read(channel, until: "\"a\":1}\n\n").contains("data: message,chat,{\"a\":1}\n\n"))
            #expect(try read(pattern, until: "\"a\":1}\n\n").contains("data: pmessage,ch*,chat,{\"a\":1}\n\n"))
            #expect(gateway.redis.command("PUBLISH", "chat", "one\r\n\rdata: message,chat,forged\n\n") == ":2\r\n")
            #expect(
                try read(channel, until: "\n\n").contains(
                    "data: message,chat,one\ndata: \ndata: data: message,chat,forged\ndata: \ndata: \n\n"))
        }

        @Test("GET writes, and the token stands in the query, where the settings say so")
        func settings() throws {
            let redis = try RedisServerProcess()
            let path = "\(redis.socketPath).tokens"
            // The digest of `secret`.
            let digest = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"
            try Data("app:\(digest):read,write\n".utf8).write(to: URL(fileURLWithPath: path))
            let strict = try BatonProcess(["--redis", redis.url, "--token-file", path])
            let first = try #require(HTTP1TestClient(port: strict.port))
            #expect(Wait.until(seconds: 10) { first.request("GET", "/readyz")?.status == 200 })
            let refused = try #require(first.request("GET", "/get/k?_token=secret"))
            #expect(refused.status == 401)
            #expect(refused.member("error") == "WRONGPASS invalid or missing auth token")
            #expect(
                first.request("GET", "/get/k", fields: ["Authorization": "bearer secret"])?.text
                    == #"{"result":null}"#)
            let lenient = try BatonProcess([
                "--redis", redis.url, "--token-file", path, "--upstash-token-in-query", "true",
                "--upstash-writes-by-get", "true",
            ])
            let second = try #require(HTTP1TestClient(port: lenient.port))
            #expect(Wait.until(seconds: 10) { second.request("GET", "/readyz")?.status == 200 })
            #expect(second.request("GET", "/set/k/v?_token=secret&EX=100")?.text == #"{"result":"OK"}"#)
            #expect(redis.command("GET", "k") == "$1\r\nv\r\n")
            #expect(second.request("GET", "/get/k?_token=wrong")?.status == 401)
            #expect(
                second.request("GET", "/del/k?_token=secret", fields: ["Sec-Fetch-Site": "cross-site"])?.status == 403)
            #expect(redis.command("EXISTS", "k") == ":1\r\n")
        }

        @Test("a Redis that has gone is said in JSON, with a status of its own")
        func outage() throws {
            let gateway = try Gateway("--command-timeout", "300ms")
            gateway.redis.kill(SIGKILL)
            let client = try gateway.http1()
            let response = try #require(client.request("POST", "/", body: Gateway.json(["GET", "k"])))
            #expect(response.status == 504 || response.status == 503)
            #expect(response.fields["content-type"] == "application/json")
            #expect(response.member("error")?.hasPrefix("ERR ") == true && response.member("outcome") != nil)
        }

        @Test(
            "the unmodified upstash-redis package, sync and async",
            .enabled(
                if: ProcessInfo.processInfo.environment["TEST_PYTHON"]?.isEmpty == false,
                "no Python with upstash-redis in TEST_PYTHON: pip install -r Tests/upstash/requirements.txt"))
        func package() throws {
            let redis = try RedisServerProcess()
            let path = "\(redis.socketPath).tokens"
            let digest = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"
            try Data("app:\(digest):read,write\n".utf8).write(to: URL(fileURLWithPath: path))
            let baton = try BatonProcess(["--redis", redis.url, "--token-file", path])
            #expect(
                Wait.until(seconds: 10) { HTTP1TestClient(port: baton.port)?.request("GET", "/readyz")?.status == 200 })
            let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../upstash/client.py").standardizedFileURL.path
            let python = try #require(ProcessInfo.processInfo.environment["TEST_PYTHON"])
            let result = try run(python, [script, "http://127.0.0.1:\(baton.port)", "secret"])
            print(result.output)
            #expect(result.status == 0, "\(result.output)")
            #expect(result.output.contains("covered: a wrong token"))
        }
    }
}
