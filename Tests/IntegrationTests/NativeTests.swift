// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Foundation
import TestKit
import Testing

extension Integration {
    @Suite("Native resources")
    struct NativeTests {
        /// A request and what it must answer: the status, then the body or a part of it. `K` in a target is the key of the
        /// run, which is binary; `*` at an end of the answer stands for anything.
        private struct Step {
            var request: String
            var body: String
            var answer: String
            var accept: String?

            init(_ request: String, _ answer: String, accept: String? = nil) {
                self.init(request, "", answer)
                self.accept = accept
            }

            init(_ request: String, _ body: String, _ answer: String) {
                self.request = request
                self.body = body
                self.answer = answer
            }

            var isOctets: Bool {
                self.request.contains("/append") || self.request.hasSuffix("/v1/scripts")
                    || (self.request.hasPrefix("PUT")
                        && (self.request.contains("/fields/") || self.request.contains("/items/")))
            }

            func fits(_ response: TestResponse) -> Bool {
                let text = "\(response.status)" + (response.body.isEmpty ? "" : " " + response.text)
                return self.answer.hasSuffix("*") ? text.hasPrefix(self.answer.dropLast()) : text == self.answer
            }
        }

        private static let strings: [Step] = [
            Step("POST /v1/strings/Kn/increment", "200 {\"value\":1}"),
            Step(
                "POST /v1/strings/Kn/increment", "{\"by\":9223372036854775806}", "200 {\"value\":9223372036854775807}"),
            Step("POST /v1/strings/Kn/increment", "409 *"),
            Step("POST /v1/strings/Kf/increment", "{\"by\":\"0.1\"}", "200 {\"value\":0.1}"),
            Step("POST /v1/strings/Ks/append", "ab", "200 {\"length\":2}"),
            Step("POST /v1/strings/Ks/increment", "409 *"),
            Step("PATCH /v1/strings", "{\"m1\":\"1\",\"m2\":{\"base64\":\"/wA=\"}}", "204"),
            Step(
                "GET /v1/strings?key=m1&key=m2&key=no",
                "200 {\"m1\":\"1\",\"m2\":{\"base64\":\"/wA=\"},\"no\":null}"),
            Step("GET /v1/strings?key=Kf", "200 [[{\"base64\":\"*"),
            Step("POST /v1/keys/Ks/copy", "{\"to\":\"copy\"}", "201"),
            Step("POST /v1/keys/Ks/copy", "{\"to\":\"copy\"}", "409 *"),
            Step("POST /v1/keys/Ks/copy", "{\"to\":\"copy\",\"replace\":true}", "204"),
            Step("POST /v1/keys/no/copy", "{\"to\":\"copy\"}", "404 *"),
            Step("POST /v1/keys/copy/rename", "{\"to\":\"copy2\"}", "204"),
            Step("POST /v1/keys/copy2/rename", "{\"to\":\"m1\",\"if_absent\":true}", "409 *"),
            Step("POST /v1/keys/no/rename", "{\"to\":\"x\"}", "404 *"),
            Step("GET /v1/keys?match=m%3F&count=1000", "200 {\"keys\":[\"m*"),
            Step("HEAD /v1/keys?type=hash", "200"),
        ]

        private static let hashes: [Step] = [
            Step("GET /v1/hashes/K", "404 *"),
            Step("PUT /v1/hashes/K", "{\"f\":\"v\",\"n\":5}", "201"),
            Step("PUT /v1/hashes/K", "[[\"f\",\"v\"],[\"n\",5]]", "204"),
            Step("GET /v1/hashes/K", "200 {\"f\":\"v\",\"n\":\"5\"}"),
            Step("GET /v1/hashes/K?field=f&field=no", "200 {\"f\":\"v\",\"no\":null}"),
            Step("HEAD /v1/hashes/K", "200"),
            Step("PATCH /v1/hashes/K", "{\"f\":null,\"g\":\"w\"}", "204"),
            Step("GET /v1/hashes/K?field=f&field=g", "200 {\"f\":null,\"g\":\"w\"}"),
            Step("PUT /v1/hashes/K/fields/%00%2F%FF", "x\u{0}y", "201"),
            Step("PUT /v1/hashes/K/fields/%00%2F%FF", "x\u{0}y", "204"),
            Step("GET /v1/hashes/K/fields/%00%2F%FF", "200 x\u{0}y"),
            Step("GET /v1/hashes/K/fields/%00%2F%FF", "200 {\"value\":\"x\\u0000y\"}", accept: "application/json"),
            Step("HEAD /v1/hashes/K/fields/g", "200"),
            Step("DELETE /v1/hashes/K/fields/g", "204"),
            Step("DELETE /v1/hashes/K/fields/g", "404 *"),
            Step("GET /v1/hashes/K/fields/g", "404 *"),
            Step("POST /v1/hashes/K/fields/n/increment", "{\"by\":-7}", "200 {\"value\":-2}"),
            Step("POST /v1/hashes/K/fields/n/increment", "{\"by\":0.5}", "200 {\"value\":-1.5}"),
            Step("GET /v1/lists/K", "409 *"), Step("GET /v1/sets/K", "409 *"), Step("GET /v1/sorted-sets/K", "409 *"),
            Step("GET /v1/streams/K/entries", "409 *"), Step("PATCH /v1/hashes/m1", "{\"f\":1,\"g\":null}", "409 *"),
            Step("DELETE /v1/hashes/K", "204"), Step("DELETE /v1/hashes/K", "404 *"),
        ]

        private static let lists: [Step] = [
            Step("POST /v1/lists/K/push", "{\"values\":[\"a\"],\"if_exists\":true}", "404 *"),
            Step("POST /v1/lists/K/push", "{\"values\":[\"a\",{\"base64\":\"/wA=\"},\"c\"]}", "200 {\"length\":3}"),
            Step(
                "POST /v1/lists/K/push", "{\"values\":[\"z\"],\"side\":\"left\",\"if_exists\":true}",
                "200 {\"length\":4}"),
            Step("GET /v1/lists/K", "200 {\"length\":4,\"items\":[\"z\",\"a\",{\"base64\":\"/wA=\"},\"c\"]}"),
            Step("GET /v1/lists/K?start=-1&stop=-1", "200 {\"length\":4,\"items\":[\"c\"]}"),
            Step("GET /v1/lists/K/items/0", "200 z"), Step("GET /v1/lists/K/items/9", "404 *"),
            Step("PUT /v1/lists/K/items/0", "y", "204"), Step("PUT /v1/lists/K/items/9", "y", "404 *"),
            Step("PUT /v1/lists/no/items/0", "y", "404 *"), Step("GET /v1/lists/K/items/-4", "200 y"),
            Step("POST /v1/lists/K/insert", "{\"before\":\"a\",\"value\":\"b\"}", "200 {\"length\":5}"),
            Step("POST /v1/lists/K/insert", "{\"after\":\"no\",\"value\":\"b\"}", "404 *"),
            Step("POST /v1/lists/K/trim", "{\"start\":0,\"stop\":2}", "204"),
            Step("POST /v1/lists/K/move", "{\"to\":\"moved\"}", "200 {\"value\":\"y\"}"),
            Step("POST /v1/lists/K/move", "{\"to\":\"moved\",\"wait_ms\":50}", "200 {\"value\":\"b\"}"),
            Step("POST /v1/lists/moved/pop", "{\"side\":\"right\",\"count\":5}", "200 {\"values\":[\"b\",\"y\"]}"),
            Step("POST /v1/lists/moved/pop", "204"), Step("POST /v1/lists/moved/pop", "{\"wait_ms\":20}", "204"),
            Step("POST /v1/lists/moved/move", "{\"to\":\"x\",\"wait_ms\":20}", "204"),
            Step("POST /v1/lists/K/pop", "{\"wait_ms\":1000}", "200 {\"values\":[\"a\"]}"),
            Step("HEAD /v1/lists/K", "404"), Step("DELETE /v1/lists/K", "404 *"),
        ]

        private static let sets: [Step] = [
            Step("PUT /v1/sets/K/members/%FF%00", "201"), Step("PUT /v1/sets/K/members/%FF%00", "204"),
            Step("GET /v1/sets/K", "200 {\"members\":[{\"base64\":\"/wA=\"}]}"),
            Step("HEAD /v1/sets/K/members/%FF%00", "204"), Step("HEAD /v1/sets/K/members/no", "404"),
            Step("DELETE /v1/sets/K/members/%FF%00", "204"), Step("GET /v1/sets/K", "404 *"),
            Step("POST /v1/sets/K/add", "{\"members\":[\"a\",\"b\"]}", "200 {\"added\":2}"),
            Step("POST /v1/sets/set2/add", "{\"members\":[\"b\"]}", "200 {\"added\":1}"),
            Step("GET /v1/set-operations/intersection?key=K&key=set2", "200 {\"members\":[\"b\"]}"),
            Step("GET /v1/set-operations/difference?key=K&key=set2", "200 {\"members\":[\"a\"]}"),
            Step("GET /v1/set-operations/union?key=set2", "200 {\"members\":[\"b\"]}"),
            Step("GET /v1/set-operations/union?key=no", "200 {\"members\":[]}"),
            Step("POST /v1/sets/K/remove", "{\"members\":[\"b\",\"c\"]}", "200 {\"removed\":1}"),
            Step("POST /v1/sets/K/pop", "{\"count\":3}", "200 {\"members\":[\"a\"]}"),
            Step("POST /v1/sets/K/pop", "204"),
            Step("DELETE /v1/sets/set2", "204"),
        ]

        private static let sortedSets: [Step] = [
            Step("PUT /v1/sorted-sets/K/members/a", "{\"score\":1}", "201"),
            Step("PUT /v1/sorted-sets/K/members/a", "{\"score\":1.5}", "204"),
            Step("PUT /v1/sorted-sets/K/members/a", "{\"score\":1,\"when\":\"gt\"}", "409 *"),
            Step("PUT /v1/sorted-sets/K/members/a", "{\"score\":1,\"when\":\"nx\"}", "409 *"),
            Step("PUT /v1/sorted-sets/K/members/b", "{\"score\":1,\"when\":\"xx\"}", "409 *"),
            Step("PUT /v1/sorted-sets/K/members/b", "{\"score\":\"inf\",\"when\":\"nx\"}", "201"),
            Step("PUT /v1/sorted-sets/K/members/a", "{\"score\":2.5,\"when\":\"gt\"}", "204"),
            Step("GET /v1/sorted-sets/K/members/b", "200 {\"score\":\"inf\",\"rank\":1}"),
            Step("GET /v1/sorted-sets/K/members/no", "404 *"), Step("HEAD /v1/sorted-sets/K/members/a", "200"),
            Step(
                "GET /v1/sorted-sets/K",
                "200 {\"members\":[{\"member\":\"a\",\"score\":2.5},{\"member\":\"b\",\"score\":\"inf\"}]}"),
            Step("GET /v1/sorted-sets/K?rev&limit=1", "200 {\"members\":[{\"member\":\"b\",\"score\":\"inf\"}]}"),
            Step("GET /v1/sorted-sets/K?by=score&max=(3", "200 {\"members\":[{\"member\":\"a\",\"score\":2.5}]}"),
            Step("GET /v1/sorted-sets/K?by=score&min=x", "400 *"),
            Step("GET /v1/sorted-sets/K?by=lex&rev&limit=1", "200 {\"members\":[{\"member\":\"b\"}]}"),
            Step("GET /v1/sorted-sets/no", "404 *"),
            Step("POST /v1/sorted-sets/K/members/a/increment", "{\"by\":\"0.25\"}", "200 {\"score\":2.75}"),
            Step(
                "POST /v1/sorted-sets/K/add",
                "{\"members\":[{\"member\":{\"base64\":\"/w==\"},\"score\":-1},{\"member\":\"a\",\"score\":3}]}",
                "200 {\"changed\":2}"),
            Step("POST /v1/sorted-sets/K/pop", "200 {\"members\":[{\"member\":{\"base64\":\"/w==\"},\"score\":-1}]}"),
            Step(
                "POST /v1/sorted-sets/K/pop", "{\"side\":\"max\",\"wait_ms\":500}",
                "200 {\"members\":[{\"member\":\"b\",\"score\":\"inf\"}]}"),
            Step("POST /v1/sorted-sets/K/remove", "{\"members\":[\"a\",\"no\"]}", "200 {\"removed\":1}"),
            Step("POST /v1/sorted-sets/K/pop", "204"), Step("POST /v1/sorted-sets/K/pop", "{\"wait_ms\":20}", "204"),
            Step("DELETE /v1/sorted-sets/K/members/a", "404 *"), Step("DELETE /v1/sorted-sets/K", "404 *"),
        ]

        private static let streams: [Step] = [
            Step("GET /v1/streams/K/entries", "404 *"), Step("PUT /v1/streams/K/groups/g", "404 *"),
            Step("POST /v1/streams/K/entries", "{\"fields\":{\"f\":\"v\"},\"if_exists\":true}", "404 *"),
            Step("PUT /v1/streams/K/groups/g", "{\"create_stream\":true,\"start\":\"0\"}", "201"),
            Step("PUT /v1/streams/K/groups/g", "{\"create_stream\":true}", "409 *"),
            Step("GET /v1/streams/K/entries", "200 {\"entries\":[]}"),
            Step(
                "POST /v1/streams/K/entries", "{\"id\":\"1-1\",\"fields\":[[\"f\",{\"base64\":\"/w==\"}]]}",
                "201 {\"id\":\"1-1\"}"),
            Step("POST /v1/streams/K/entries", "{\"id\":\"1-1\",\"fields\":{\"f\":\"v\"}}", "409 *"),
            Step("POST /v1/streams/K/entries", "{\"id\":\"2-0\",\"fields\":{\"f\":\"v\"},\"max_length\":9}", "201 *"),
            Step(
                "GET /v1/streams/K/entries?rev&count=1",
                "200 {\"entries\":[{\"id\":\"2-0\",\"fields\":[[\"f\",\"v\"]]}]}"),
            Step("GET /v1/streams/K/entries/1-1", "200 {\"id\":\"1-1\",\"fields\":[[\"f\",{\"base64\":\"/w==\"}]]}"),
            Step("GET /v1/streams/K/entries/9-9", "404 *"), Step("GET /v1/streams/K/entries/x", "400 *"),
            Step(
                "POST /v1/streams/K/groups/g/read", "{\"consumer\":\"c\",\"count\":1}",
                "200 {\"entries\":[{\"id\":\"1-1\"*"),
            Step(
                "POST /v1/streams/K/groups/g/read", "{\"consumer\":\"c\",\"wait_ms\":100}",
                "200 {\"entries\":[{\"id\":\"2-0\"*"),
            Step("POST /v1/streams/K/groups/g/read", "{\"consumer\":\"c\",\"wait_ms\":20}", "204"),
            Step("POST /v1/streams/K/groups/g/read", "{\"consumer\":\"c\"}", "204"),
            Step(
                "GET /v1/streams/K/groups/g/pending?count=1",
                "200 {\"pending\":[{\"id\":\"1-1\",\"consumer\":\"c\",\"idle_ms\":*"),
            Step(
                "GET /v1/streams/K/groups/g",
                "200 {\"pending\":2,\"first_id\":\"1-1\",\"last_id\":\"2-0\",\"consumers\":[{\"name\":\"c\",\"pending\":2}]}"
            ),
            Step(
                "POST /v1/streams/K/groups/g/claim", "{\"consumer\":\"d\",\"ids\":[\"1-1\"]}",
                "200 {\"entries\":[{\"id\":\"1-1\"*"),
            Step(
                "POST /v1/streams/K/groups/g/claim", "{\"consumer\":\"e\"}",
                "200 {\"next_start\":\"0-0\",\"entries\":[{\"id\":\"1-1\"*"),
            Step("POST /v1/streams/K/groups/g/ack", "{\"ids\":[\"1-1\",\"7-7\"]}", "200 {\"acknowledged\":1}"),
            Step("POST /v1/streams/K/groups/no/read", "{\"consumer\":\"c\"}", "404 *"),
            Step("DELETE /v1/streams/K/entries/1-1", "204"), Step("DELETE /v1/streams/K/entries/1-1", "404 *"),
            Step("POST /v1/streams/K/entries/trim", "{\"max_length\":0}", "200 {\"removed\":1}"),
            Step(
                "POST /v1/streams/K/groups/g/read", "{\"consumer\":\"e\",\"start\":\"0\"}",
                "200 {\"entries\":[{\"id\":\"2-0\",\"fields\":null}]}"),
            Step("DELETE /v1/streams/K/groups/g", "204"), Step("DELETE /v1/streams/K/groups/g", "404 *"),
            Step("DELETE /v1/keys/K", "204"), Step("DELETE /v1/streams/K/groups/g", "404 *"),
        ]

        private static let scripts: [Step] = [
            Step("POST /v1/scripts", "return {KEYS[1],ARGV[1]}", "201 {\"sha\":\"*"),
            Step("POST /v1/scripts", "return {", "400 *"),
            Step("POST /v1/scripts/0000000000000000000000000000000000000000/invocations", "404 *"),
            Step("POST /v1/functions/no/invocations", "4*"),
        ]

        private static var all: [Step] {
            Self.strings + Self.hashes + Self.lists + Self.sets + Self.sortedSets + Self.streams + Self.scripts
        }

        /// The steps with the key of a run in their targets.
        private static func steps(_ key: String) -> [(step: Step, method: String, target: String)] {
            Self.all.map { step in
                let parts = step.request.split(separator: " ").map(String.init)
                let target = parts[1].replacing("/K", with: "/" + key).replacing("=K", with: "=" + key)
                return (step, parts[0], target)
            }
        }

        @Test("every row runs on a real Redis over HTTP/1.1, with keys and values that are not text")
        func http1() throws {
            let gateway = try Gateway()
            let client = try gateway.http1()
            for (step, method, target) in Self.steps("%FF%00%2F") {
                var fields = step.isOctets ? [:] : Gateway.jsonFields
                if let accept = step.accept { fields["Accept"] = accept }
                let body = Array(step.body.utf8)
                let response = try #require(
                    client.request(method, target, fields: fields, body: body), "\(method) \(target): no answer")
                #expect(step.fits(response), "\(method) \(target) \(step.body): \(response.status) \(response.text)")
            }
        }

        @Test("the same over HTTP/2 by an independent stack")
        func http2() async throws {
            let gateway = try Gateway()
            let client = try await gateway.http2()
            for (step, method, target) in Self.steps("%FE%00%2F") {
                var fields = step.isOctets ? [] : [("content-type", "application/json")]
                if let accept = step.accept { fields.append(("accept", accept)) }
                let response = try await client.request(method, target, fields: fields, body: Array(step.body.utf8))
                #expect(step.fits(response), "\(method) \(target) \(step.body): \(response.status) \(response.text)")
            }
            client.close()
        }

        @Test("what a 201 names is there, and a page of keys links to the next until all have been seen")
        func links() throws {
            let gateway = try Gateway()
            let client = try gateway.http1()
            let json = Gateway.jsonFields
            for (method, target, body) in [
                ("PUT", "/v1/hashes/%FF/fields/a%2Fb", "v"),
                ("PUT", "/v1/hashes/_w/fields/Lg?key_encoding=base64url", "v"),
            ] {
                let made = client.request(method, target, body: Array(body.utf8))
                let location = try #require(made?.fields["location"])
                #expect(client.request("GET", location)?.status == 200, "\(location)")
            }
            let entry = client.request(
                "POST", "/v1/streams/_w/entries?key_encoding=base64url", fields: json,
                body: Array("{\"fields\":{\"f\":1}}".utf8))
            #expect(entry?.status == 409, "the key holds a hash")
            let added = client.request(
                "POST", "/v1/streams/_g/entries?key_encoding=base64url", fields: json,
                body: Array("{\"fields\":{\"f\":1}}".utf8))
            #expect(client.request("GET", try #require(added?.fields["location"]))?.status == 200)
            let script = client.request("POST", "/v1/scripts", body: Array("return ARGV[1]".utf8))
            let called = client.request(
                "POST", try #require(script?.fields["location"]), fields: json,
                body: Array("{\"arguments\":[{\"base64\":\"/w==\"}],\"read_only\":true}".utf8))
            #expect(called?.text == "{\"result\":{\"base64\":\"/w==\"}}")

            for number in 0..<50 { _ = gateway.redis.command("SET", "page:\(number)", "v") }
            var seen: Set<String> = []
            var next: String? = "/v1/keys?match=page:*&count=7"
            while let target = next {
                let page = try #require(client.request("GET", target))
                let object = try JSONSerialization.jsonObject(with: Data(page.body)) as? [String: Any]
                seen.formUnion(object?["keys"] as? [String] ?? [])
                next = page.fields["link"].map { String($0.dropFirst().prefix { $0 != ">" }) }
                #expect((next == nil) == (object?["next_cursor"] is NSNull))
            }
            #expect(seen.count == 50)
        }

        @Test("a script that Redis has forgotten is loaded again, and a restart is not noticed")
        func forgottenScript() throws {
            let gateway = try Gateway("--command-timeout", "5s", "--event-loops", "2")
            let client = try gateway.http1()
            let script = "return redis.call('INCRBY', KEYS[1], ARGV[1])"
            let loaded = try #require(client.request("POST", "/v1/scripts", body: Array(script.utf8)))
            let target = try #require(loaded.fields["location"])
            let body = Array(#"{"keys":["n"],"arguments":["2"]}"#.utf8)
            for (round, other) in try [gateway.http1(), gateway.http1(), gateway.http1()].enumerated() {
                if round == 1 { _ = gateway.redis.command("SCRIPT", "FLUSH") }
                if round == 2 {
                    gateway.redis.kill(SIGKILL)
                    try gateway.redis.start()
                }
                let answer = try #require(other.request("POST", target, fields: Gateway.jsonFields, body: body))
                #expect(answer.text == "{\"result\":\(2 * (round + 1))}", "\(answer.status) \(answer.text)")
            }
            let unknown = "/v1/scripts/\(String(repeating: "0", count: 40))/invocations"
            #expect(client.request("POST", unknown, fields: Gateway.jsonFields, body: body)?.status == 404)
        }
    }
}
