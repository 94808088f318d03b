// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP
import RedisCore
import Testing

@testable import GatewayCore

@Suite("Preconditions")
struct PreconditionTests {
    private static let value = ByteBuffer(string: "v1")
    private static let tag = ValueTag(of: Self.value)
    /// The tag of `v1`, as text.
    private static let text = "\"699a96a965cd390d\""

    @Test(
        "a list of entity tags is one, or * alone",
        arguments: [
            ("*", true), ("\"a\"", true), ("W/\"a\"", true), ("\"a\", W/\"b\",\"\"", true), (", \"a\" ,,", true),
            ("\"a,b\"", true), ("", false), (",", false), ("a", false), ("\"a", false), ("w/\"a\"", false),
            ("W/", false),
            ("W\"a\"", false), ("\"a\" \"b\"", false), ("*, \"a\"", false), ("\"a b\"", false), ("\"a\"x", false),
        ])
    func lists(text: String, isList: Bool) {
        #expect(EntityTag.isList(text.utf8.span) == isList)
        let came = openGateway().take(fields("PUT", "/v1/strings/k", [.ifMatch: text]), "x")
        #expect((came.refusal == "400 invalid-header") == !isList)
    }

    @Test("the tag of a value is its digest, and that of its JSON form another one")
    func tags() {
        #expect(Self.tag.text == Self.text)
        #expect(ValueTag(of: Self.value, isJSON: true).text == "\"699a96a965cd390d-json\"")
    }

    @Test(
        "a read, in the order of RFC 9110 section 13.2.2",
        arguments: [
            ([:], "v1", 200), ([.ifNoneMatch: Self.text], "v1", 304), ([.ifNoneMatch: "W/" + Self.text], "v1", 304),
            ([.ifNoneMatch: "\"x\", " + Self.text], "v1", 304), ([.ifNoneMatch: "*"], "v1", 304),
            ([.ifNoneMatch: "\"x\""], "v1", 200), ([.ifNoneMatch: "*"], nil, 404), ([.ifMatch: Self.text], "v1", 200),
            ([.ifMatch: "*"], "v1", 200), ([.ifMatch: "W/" + Self.text], "v1", 412), ([.ifMatch: "\"x\""], "v1", 412),
            ([.ifMatch: "*"], nil, 412), ([.ifMatch: "\"x\"", .ifNoneMatch: Self.text], "v1", 412),
            ([.ifMatch: Self.text, .ifNoneMatch: Self.text], "v1", 304),
        ] as [([FieldName: String], String?, Int)])
    func reads(headers: [FieldName: String], value: String?, status: Int) throws {
        let request = fields("GET", "/v1/strings/k", headers)
        let plan = try #require(openGateway().take(request).plan)
        #expect(plan.commands == ["GET k", "PTTL k"])
        let replies = value.map { "$\($0.utf8.count)|\($0)|:-1|" } ?? "_|:-2|"
        let response = try plan.render(replies, fields: request)
        #expect(response.status == status)
        if status == 304 || status == 200 { #expect(response.tag == Self.tag) }
        if status == 412, value != nil {
            #expect(response.text.contains("\"current_etag\":\"\\\"699a96a965cd390d\\\"\""))
        }
    }

    @Test(
        "a range counts only if If-Range names the value",
        arguments: [(Self.text, 206), ("\"x\"", 200), ("Sun, 06 Nov 1994 08:49:37 GMT", 200)])
    func ifRange(validator: String, status: Int) throws {
        let request = fields("GET", "/v1/strings/k", [.range: "bytes=1-9", .ifRange: validator])
        let response = try #require(openGateway().take(request).plan).render("$2|v1|:5|", fields: request)
        #expect(response.status == status && response.text == (status == 206 ? "1" : "v1"))
        #expect(response.field(.contentRange) == (status == 206 ? "bytes 1-1/2" : nil))
    }

    @Test(
        "a write reads first, and goes on only if its condition holds",
        arguments: [
            ("PUT", [.ifMatch: Self.text], "v1", true, 0), ("PUT", [.ifMatch: "\"x\", " + Self.text], "v1", true, 0),
            ("PUT", [.ifMatch: "\"699a96a965cd390d-json\""], "v1", true, 0),
            ("PUT", [.ifMatch: "\"x\""], "v1", false, 412),
            ("PUT", [.ifMatch: "W/" + Self.text], "v1", false, 412), ("PUT", [.ifMatch: Self.text], nil, false, 412),
            ("PUT", [.ifNoneMatch: Self.text], "v1", false, 412),
            ("PUT", [.ifNoneMatch: "W/" + Self.text], "v1", false, 412),
            ("PUT", [.ifNoneMatch: "\"x\""], "v1", true, 0), ("PUT", [.ifNoneMatch: "\"x\""], nil, true, 0),
            ("DELETE", [.ifMatch: Self.text], "v1", true, 0), ("DELETE", [.ifMatch: "\"x\""], "v1", false, 412),
            ("DELETE", [.ifNoneMatch: "\"x\""], nil, false, 404),
            ("PUT", [.ifMatch: Self.text, .ifNoneMatch: "\"x\""], "v1", true, 0),
        ] as [(String, [FieldName: String], String?, Bool, Int)])
    func writes(method: String, headers: [FieldName: String], value: String?, goesOn: Bool, status: Int) throws {
        let request = fields(method, "/v1/strings/k", headers)
        let plan = try #require(openGateway().take(request, "new").plan)
        #expect(plan.commands == ["GET k"] && plan.retryClass == .readOnly && plan.mayContinue)
        var renderer = ReplyRenderer(plan: plan)
        let reply = value.map { RESPValue(kind: .bulkString, payload: ByteBuffer(string: $0)) }
        renderer.received(reply ?? RESPValue(kind: .null, payload: ByteBuffer()), ordinal: 0)
        let next = renderer.continuation(of: plan, fields: request, scripts: ScriptStore(limit: 0))
        #expect((next != nil) == goesOn)
        guard let next else {
            #expect(renderer.finish(requestID: .made(1), fields: request).status == status)
            return
        }
        #expect(next.retryClass == .unsafe && !next.mayContinue && next.replyCount == 1)
        let expected = value.map { "equals \($0)" } ?? "absent "
        #expect(next.commands[0].hasSuffix("1 k \(expected) " + (method == "PUT" ? "SET new" : "UNLINK")))
        #expect(try next.render("*1|:1|").status == 204)
        #expect(try next.render("*2|:0|$2|v9|").status == 412)
        #expect(try next.render("-WRONGTYPE no|").status == 409)
        if method == "PUT" {
            let created = try next.render("*1|:2|")
            #expect(created.status == 201 && created.field(.location) == "/v1/strings/k")
            #expect(created.tag == ValueTag(of: ByteBuffer(string: "new")))
        }
    }

    @Test("* needs no reading first, and the expiry goes with the write")
    func wildcards() throws {
        let gateway = openGateway()
        let put = try #require(gateway.take(fields("PUT", "/v1/strings/k?ttl_ms=5", [.ifNoneMatch: "*"]), "v").plan)
        #expect(put.commands[0].hasSuffix("1 k absent  SET v PX 5"))
        let keep = try #require(gateway.take(fields("PUT", "/v1/strings/k?keep_ttl=true", [.ifMatch: "*"]), "v").plan)
        #expect(keep.commands[0].hasSuffix("1 k exists  SET v KEEPTTL"))
        let delete = try #require(gateway.take(fields("DELETE", "/v1/strings/k", [.ifMatch: "*"])).plan)
        #expect(delete.commands[0].hasSuffix("1 k exists  UNLINK"))
        #expect(try delete.render("*2|:0|_|").status == 412)
        // Nothing is deleted that is not there, and nothing else is said.
        let absent = try #require(gateway.take(fields("DELETE", "/v1/strings/k", [.ifNoneMatch: "*"])).plan)
        #expect(try absent.render("*1|:2|").status == 404)
        #expect(try absent.render("*2|:0|$1|v|").status == 412)
    }

    @Test("where there are no tags, a write with a precondition is 501, and not ignored")
    func elsewhere() {
        for target in ["/v1/hashes/k", "/v1/keys/k", "/v1/keys/k/ttl"] {
            #expect(openGateway().take(fields("DELETE", target, [.ifMatch: "*"])).refusal == "501 not-implemented")
        }
    }
}
