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
    }
}
