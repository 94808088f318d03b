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
    }
}
