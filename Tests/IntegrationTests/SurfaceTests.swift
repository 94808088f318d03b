// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import TestKit
import Testing

extension Integration {
    /// What the API says beside the data, and ways to ask for it.
    @Suite("Surface")
    struct SurfaceTests {
        @Test("how long Redis took is told to who asks")
        func timing() async throws {
            let gateway = try Gateway()
            let client = try gateway.http1()
            let http2 = try await gateway.http2()
            #expect(client.request("PUT", "/v1/strings/k", body: [1])?.fields["server-timing"] == nil)
            for (method, target, status) in [
                ("GET", "/v1/strings/k", 200), ("GET", "/v1/strings/none", 404), ("HEAD", "/v1/keys/k", 200),
                ("GET", "/v1/sets/k", 409), ("GET", "/get/k", 200),
            ] {
                for response in [
                    try #require(client.request(method, target, fields: ["Prefer": "timing"])),
                    try await http2.request(method, target, fields: [("prefer", "handling=lenient, timing")]),
                ] {
                    #expect(response.status == status, "\(target)")
                    let timing = try #require(response.fields["server-timing"])
                    #expect(timing.wholeMatch(of: /redis;dur=[0-9]+\.[0-9]{3}/) != nil, "\(timing)")
                    #expect(response.fields["preference-applied"] == "timing")
                }
            }
            let swapped = try #require(
                client.request(
                    "PUT", "/v1/strings/k", fields: ["Prefer": "return=representation, timing"], body: [2]))
            #expect(swapped.fields["preference-applied"] == "return=representation, timing")
            for (target, preference) in [("/livez", "timing"), ("/v1/strings/k", "return=minimal")] {
                let response = try #require(client.request("GET", target, fields: ["Prefer": preference]))
                #expect(response.fields["server-timing"] == nil && response.fields["preference-applied"] == nil)
            }
            http2.close()
        }

        @Test("the time is that of Redis, and a wait counts")
        func waiting() async throws {
            let gateway = try Gateway()
            let client = try gateway.http1()
            let body = Array("[\"BLPOP\",\"none\",\"0.2\"]".utf8)
            let response = try #require(
                client.request("POST", "/v1/commands", fields: ["Prefer": "timing"], body: body))
            let timing = try #require(
                response.fields["server-timing"]?.split(separator: "=").last.flatMap { Double($0) })
            #expect((200..<2_000).contains(timing), "\(timing)")
        }

        @Test("QUERY reads with a body, over both versions, and changes nothing")
        func query() async throws {
            let gateway = try Gateway()
            let client = try gateway.http1()
            let http2 = try await gateway.http2()
            let json = ["Content-Type": "application/json"]
            #expect(client.request("PUT", "/v1/strings/a", body: [0x31])?.status == 201)
            #expect(client.request("PUT", "/v1/strings/%FF", body: [0x32])?.status == 201)
            let keys = Array("{\"keys\":[\"a\",\"none\",{\"base64\":\"/w==\"}]}".utf8)
            let many = try await http2.request(
                "QUERY", "/v1/strings", fields: [("content-type", "application/json")], body: keys)
            #expect(many.status == 200 && many.text == "[[\"a\",\"1\"],[\"none\",null],[{\"base64\":\"/w==\"},\"2\"]]")
            for (body, status, text) in [
                ("[\"GET\",\"a\"]", 200, "\"1\""), ("{\"command\":[\"MGET\",\"a\",\"b\"]}", 200, "[\"1\",null]"),
                ("[\"SET\",\"a\",\"2\"]", 422, "not-read-only"), ("[\"EVAL_RO\",\"return 1\",\"0\"]", 200, "1"),
                ("[\"BLPOP\",\"l\",\"1\"]", 422, "not-read-only"), ("[\"MONITOR\"]", 403, "command-not-allowed"),
            ] {
                let answer = try #require(client.request("QUERY", "/v1/commands", fields: json, body: Array(body.utf8)))
                #expect(answer.status == status && answer.text.contains(text), "\(body): \(answer.text)")
            }
            #expect(gateway.redis.command("GET", "a").hasSuffix("\r\n1\r\n"))
            for target in ["/v1/commands", "/v1/strings"] {
                let options = try #require(client.request("OPTIONS", target))
                #expect(options.fields["allow"]?.contains("QUERY") == true)
                #expect(options.fields["accept-query"] == "application/json")
            }
            #expect(client.request("OPTIONS", "/v1/strings/a")?.fields["accept-query"] == nil)
            http2.close()
        }

        @Test("what Redis and the gateway say of themselves, to those who may know")
        func description() async throws {
            let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
            let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"  // "test"
            let other = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"  // "test2"
            try Data("a:\(hash):admin\nb:\(other):read,write\n".utf8).write(to: file)
            defer { try? FileManager.default.removeItem(at: file) }
            let gateway = try Gateway("--token-file", file.path)
            let client = try gateway.http1()
            let admin = ["Authorization": "Bearer test"]
            let all = try #require(client.request("GET", "/v1/info", fields: admin))
            #expect(all.status == 200 && all.fields["content-type"] == "application/json")
            let sections = try #require(Self.object(all)["redis"] as? [String: [String: String]])
            #expect(sections["server"]?["redis_version"] != nil && sections["keyspace"] != nil)
            let own = try #require(Self.object(all)["baton"] as? [String: Any])
            #expect(own["version"] as? String == "0.1.0" && own["event_loops"] as? Int == 1)
            #expect(try #require(own["uptime_s"] as? Int) >= 0)
            let one = try #require(client.request("GET", "/v1/info?section=memory", fields: admin))
            #expect((Self.object(one)["redis"] as? [String: Any])?.keys.sorted() == ["memory"])

            let topology = try #require(client.request("GET", "/v1/topology", fields: admin))
            let upstreams = try #require(Self.object(topology)["upstreams"] as? [[String: Any]])
            #expect(upstreams.count == 1 && upstreams[0]["name"] as? String == "main")
            #expect(upstreams[0]["role"] as? String == "master" && upstreams[0]["mode"] as? String == "single")
            #expect((upstreams[0]["replicas"] as? [Any])?.isEmpty == true)
            #expect((upstreams[0]["connections"] as? [String: Int])?["ready"] ?? 0 > 0)
            for target in ["/v1/info", "/v1/topology"] {
                #expect(client.request("GET", target)?.status == 401)
                #expect(client.request("GET", target, fields: ["Authorization": "Bearer test2"])?.status == 403)
                #expect(client.request("HEAD", target, fields: admin)?.status == 200)
            }
        }

        private static func object(_ response: TestResponse) -> [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any]) ?? [:]
        }
    }
}
