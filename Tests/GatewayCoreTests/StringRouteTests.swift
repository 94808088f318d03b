// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RESP
import RedisCore
import Testing

@testable import GatewayCore

@Suite("/v1/strings/{key}")
struct StringRouteTests {
    let gateway = openGateway()

    private func plan(_ method: String, _ query: String = "", _ headers: [FieldName: String] = [:]) throws -> RedisPlan
    {
        try #require(self.gateway.take(fields(method, "/v1/strings/k\(query)", headers), "val").plan)
    }

    @Test(
        "each request becomes its commands",
        arguments: [
            ("GET", "", [:], "*2|$3|GET|$1|k|*2|$4|PTTL|$1|k|"),
            ("GET", "", [.accept: "application/json"], "*2|$3|GET|$1|k|*2|$4|PTTL|$1|k|"),
            ("HEAD", "", [:], "*2|$6|STRLEN|$1|k|*2|$4|PTTL|$1|k|"),
            ("HEAD", "", [.range: "bytes=0-1"], "*2|$6|STRLEN|$1|k|*2|$4|PTTL|$1|k|"),
            ("HEAD", "", [.accept: "application/json"], "*2|$3|GET|$1|k|*2|$4|PTTL|$1|k|"),
            ("DELETE", "", [:], "*2|$6|UNLINK|$1|k|"),
            (
                "PUT", "", [:],
                "*2|$6|EXISTS|$1|k|*3|$3|SET|$1|k|$3|val|"
            ),
            (
                "PUT", "?ttl_ms=60000", [:],
                "*2|$6|EXISTS|$1|k|*5|$3|SET|$1|k|$3|val|$2|PX|$5|60000|"
            ),
            (
                "PUT", "?expire_at_ms=1700000000000", [:],
                "*2|$6|EXISTS|$1|k|*5|$3|SET|$1|k|$3|val|$4|PXAT|$13|1700000000000|"
            ),
            (
                "PUT", "?keep_ttl=true", [:],
                "*2|$6|EXISTS|$1|k|*4|$3|SET|$1|k|$3|val|$7|KEEPTTL|"
            ),
            ("PUT", "?keep_ttl=false", [:], "*2|$6|EXISTS|$1|k|*3|$3|SET|$1|k|$3|val|"),
            ("PUT", "", [.prefer: "return=representation"], "*4|$3|SET|$1|k|$3|val|$3|GET|"),
            (
                "PUT", "?ttl_ms=5", [.prefer: "timing, return=representation;x=1"],
                "*6|$3|SET|$1|k|$3|val|$2|PX|$1|5|$3|GET|"
            ),
            (
                "GET", "", [.range: "bytes=0-3"],
                "*1|$5|MULTI|*2|$6|STRLEN|$1|k|*4|$8|GETRANGE|$1|k|$1|0|$1|3|*2|$4|PTTL|$1|k|*1|$4|EXEC|"
            ),
            (
                "GET", "", [.range: "bytes=-5"],
                "*1|$5|MULTI|*2|$6|STRLEN|$1|k|*4|$8|GETRANGE|$1|k|$2|-5|$2|-1|*2|$4|PTTL|$1|k|*1|$4|EXEC|"
            ),
        ] as [(String, String, [FieldName: String], String)])
    func commands(method: String, query: String, headers: [FieldName: String], wire: String) throws {
        let plan = try self.plan(method, query, headers)
        #expect(plan.wire == wire)
        #expect(plan.wire == plan.wire, "the same bytes each time")
        #expect(plan.commands.count == plan.replyCount)
        #expect(plan.isTransaction == wire.contains("MULTI"))
        #expect(!plan.needsLease)
        #expect(plan.timeout == .seconds(1))
    }

    @Test("what may be sent again when the reply is lost")
    func retryClasses() throws {
        #expect(try self.plan("GET").retryClass == .readOnly)
        #expect(try self.plan("GET", "", [.range: "bytes=0-3"]).retryClass == .readOnly)
        #expect(try self.plan("HEAD").retryClass == .readOnly)
        #expect(try self.plan("PUT").retryClass == .idempotent)
        #expect(try self.plan("PUT", "", [.prefer: "return=representation"]).retryClass == .unsafe)
        #expect(try self.plan("DELETE").retryClass == .unsafe)
    }

    @Test("GET gives the octets and the time to live")
    func get() throws {
        let plan = try self.plan("GET")
        let plain = try plan.render("$3|v\u{0}1|:-1|")
        #expect(plain.status == 200)
        #expect(plain.contentType == .octetStream)
        #expect(plain.text == "v\u{0}1")
        #expect(plain.fields.isEmpty)
        let mortal = try plan.render("$0||:60000|")
        #expect(mortal.status == 200)
        #expect(mortal.text == "")
        #expect(mortal.field(.redisTTL) == "60000")
        // The key expired between GET and PTTL: the value is right, and has no time to live left.
        #expect(try plan.render("$1|v|:-2|").fields.isEmpty)
    }

    @Test("a key that is not there is 404")
    func missing() throws {
        for (method, replies) in [("GET", "_|:-2|"), ("GET", "$-1|:-2|"), ("HEAD", ":0|:-2|"), ("DELETE", ":0|")] {
            let response = try self.plan(method).render(replies)
            #expect(response.status == 404)
            #expect(response.contentType == .problem)
            #expect(response.text.contains("\"type\":\"/problems/key-not-found\""))
        }
    }

    @Test("another type is 409, and a server's trouble is told")
    func errors() throws {
        let wrongType = "-WRONGTYPE Operation against a key holding the wrong kind of value|"
        for (method, replies, status) in [
            ("GET", wrongType + ":-1|", 409), ("HEAD", wrongType + ":-1|", 409),
            ("GET", "$1|v|-LOADING Redis is loading|", 503), ("DELETE", "-NOPERM no|", 403),
            ("PUT", ":0|-OOM command not allowed|", 507), ("PUT", "-NOPERM no|-NOPERM no|", 403),
            ("PUT", "-NOPERM no|+OK|", 403), ("PUT", "+OK|+OK|", 502), ("PUT", ":1|:1|", 502), ("PUT", ":0|_|", 502),
            ("GET", ":1|:1|", 502), ("DELETE", "+OK|", 502),
        ] {
            let response = try self.plan(method).render(replies)
            #expect(response.status == status, "\(method) \(replies)")
            #expect(response.contentType == .problem)
        }
    }

    @Test("HEAD gives the size, with the fields of GET")
    func head() throws {
        let response = try self.plan("HEAD").render(":12|:500|")
        #expect(response.status == 200)
        #expect(response.contentLength == 12)
        #expect(response.contentType == .octetStream)
        #expect(response.body.readableBytes == 0)
        #expect(response.field(.redisTTL) == "500")
        #expect(response.field(.acceptRanges) == "bytes")
        #expect(try self.plan("HEAD").render(":0|:-1|").status == 200)
    }

    @Test("JSON loses nothing")
    func json() throws {
        let plan = try self.plan("GET", "", [.accept: "application/json"])
        let text = try plan.render("$6|h\u{E9}\"llo|:7|".replacing("$6", with: "$7"))
        #expect(text.contentType == .json)
        #expect(text.text == "{\"key\":\"k\",\"value\":\"h\u{E9}\\\"llo\"}")
        #expect(text.field(.redisTTL) == "7")
        #expect(text.field(.acceptRanges) == nil)
        var renderer = ReplyRenderer(plan: plan)
        renderer.received(RESPValue(kind: .bulkString, payload: ByteBuffer(bytes: [0xFF, 0x00])), ordinal: 0)
        renderer.received(RESPValue(kind: .integer, payload: ByteBuffer(string: "-1")), ordinal: 1)
        let binary = renderer.finish(requestID: .made(1), fields: RequestFields())
        #expect(binary.text == "{\"key\":\"k\",\"value\":{\"base64\":\"/wA=\"}}")
    }

    @Test("a PUT whose EXISTS was refused says that the value was written")
    func writtenAllTheSame() throws {
        let response = try self.plan("PUT").render("-NOPERM no|+OK|")
        #expect(response.text.contains("\"outcome\":\"executed\""))
    }

    @Test("PUT says whether the key was there")
    func put() throws {
        let created = try self.plan("PUT", "?ttl_ms=60000").render(":0|+OK|")
        #expect(created.status == 201)
        #expect(created.field(.location) == "/v1/strings/k")
        #expect(created.field(.redisTTL) == "60000")
        #expect(created.contentType == nil)
        let replaced = try self.plan("PUT").render(":1|+OK|")
        #expect(replaced.status == 204)
        #expect(replaced.fields.isEmpty)
    }

    @Test("Prefer: return=representation gives the old value")
    func representation() throws {
        let plan = try self.plan("PUT", "", [.prefer: "return=representation"])
        let old = try plan.render("$3|old|")
        #expect(old.status == 200)
        #expect(old.text == "old")
        #expect(old.contentType == .octetStream)
        #expect(old.field(.preferenceApplied) == "return=representation")
        #expect(try plan.render("_|").status == 201)
        #expect(try plan.render("-WRONGTYPE x|").status == 409)
        let json = try self.plan(
            "PUT", "", [.prefer: "return=representation", .accept: "application/json"])
        #expect(try json.render("$3|old|").text == "{\"key\":\"k\",\"value\":\"old\"}")
    }

    @Test(
        "the Location of a key leads back to the key",
        arguments: [
            Array("k".utf8), Array("a/b c%".utf8), [], [0x2E], [0x2E, 0x2E], [0, 0xFF], Array("\u{E9}+?#".utf8),
        ])
    func location(key: [UInt8]) throws {
        let path = Location.string(ByteBuffer(bytes: key))
        #expect(self.gateway.take(fields("GET", path)).plan?.subject == ByteBuffer(bytes: key), "\(path)")
    }

    @Test("DELETE of a key is 204")
    func delete() throws {
        let response = try self.plan("DELETE").render(":1|")
        #expect(response.status == 204)
        #expect(response.fields.isEmpty)
    }

    @Test(
        "a range gives its bytes, and 416 when there are none",
        arguments: [
            ("bytes=0-3", "*3|:10|$4|0123|:-1|", 206, "bytes 0-3/10", "0123"),
            ("bytes=8-99", "*3|:10|$2|89|:-1|", 206, "bytes 8-9/10", "89"),
            ("bytes=7-", "*3|:10|$3|789|:-1|", 206, "bytes 7-9/10", "789"),
            ("bytes=-3", "*3|:10|$3|789|:-1|", 206, "bytes 7-9/10", "789"),
            ("bytes=-99", "*3|:2|$2|01|:-1|", 206, "bytes 0-1/2", "01"),
            ("bytes=10-", "*3|:10|$0||:-1|", 416, "bytes */10", nil),
            ("bytes=-0", "*3|:10|$0||:-1|", 416, "bytes */10", nil),
            ("bytes=0-0", "*3|:0|$0||:-1|", 416, "bytes */0", nil),
            ("bytes=99999999999999999999-", "*3|:10|$0||:-1|", 416, "bytes */10", nil),
            ("BYTES=0-0", "*3|:1|$1|x|:-1|", 206, "bytes 0-0/1", "x"),
            ("bytes=0-3", "*3|:0|$0||:-2|", 404, nil, nil),
        ] as [(String, String, Int, String?, String?)])
    func ranges(range: String, exec: String, status: Int, contentRange: String?, body: String?) throws {
        let plan = try self.plan("GET", "", [.range: range])
        let response = try plan.render("+OK|+QUEUED|+QUEUED|+QUEUED|\(exec)")
        #expect(response.status == status)
        #expect(response.field(.contentRange) == contentRange)
        if let body {
            #expect(response.text == body)
            #expect(response.contentType == .octetStream)
            #expect(response.field(.acceptRanges) == "bytes")
        }
    }

    @Test("a range of another type is 409")
    func rangeOfWrongType() throws {
        let plan = try self.plan("GET", "", [.range: "bytes=0-3"])
        #expect(try plan.render("+OK|+QUEUED|+QUEUED|+QUEUED|*3|-WRONGTYPE x|-WRONGTYPE x|:-1|").status == 409)
    }

    @Test(
        "a range that RFC 9110 says to ignore gives the whole value",
        arguments: [
            "bytes=3-1", "bytes=", "bytes=-", "bytes=0-1,3-4", "items=0-1", "bytes=a-b", "bytes=0", "bytes 0-1",
            "bytes=0-1x",
            "bytes= 0-1", "",
        ])
    func ignoredRanges(range: String) throws {
        #expect(try self.plan("GET", "", [.range: range]).wire == "*2|$3|GET|$1|k|*2|$4|PTTL|$1|k|")
    }

    @Test("a condition takes the whole value, and JSON makes Range void")
    func rangeNotApplicable() throws {
        let whole = "*2|$3|GET|$1|k|*2|$4|PTTL|$1|k|"
        #expect(try self.plan("GET", "", [.range: "bytes=0-1", .ifRange: "\"x\""]).wire == whole)
        #expect(try self.plan("GET", "", [.range: "bytes=0-1", .ifMatch: "*"]).wire == whole)
        #expect(try self.plan("GET", "", [.range: "bytes=0-1", .accept: "application/json"]).wire == whole)
    }

    @Test("a read ignores an idempotency key")
    func idempotencyKey() throws {
        #expect(try self.plan("GET", "", [.idempotencyKey: "\"x\""]).replyCount == 2)
    }

    @Test("replies that come again after a re-send leave nothing of the first ones")
    func resend() throws {
        let plan = try self.plan("GET")
        var renderer = ReplyRenderer(plan: plan)
        renderer.received(RESPValue(kind: .simpleError, payload: ByteBuffer(string: "WRONGTYPE x")), ordinal: 0)
        renderer.received(RESPValue(kind: .bulkString, payload: ByteBuffer(string: "new")), ordinal: 0)
        renderer.received(RESPValue(kind: .integer, payload: ByteBuffer(string: "-1")), ordinal: 1)
        let response = renderer.finish(requestID: .made(1), fields: RequestFields())
        #expect(response.status == 200)
        #expect(response.text == "new")
    }

    @Test("the largest and smallest numbers of Redis stay exact")
    func extremes() throws {
        let plan = try self.plan("GET")
        #expect(try plan.render("$1|v|:9223372036854775807|").field(.redisTTL) == "9223372036854775807")
        #expect(try plan.render("$1|v|:-9223372036854775808|").field(.redisTTL) == nil)
        #expect(try self.plan("HEAD").render(":9223372036854775807|:-1|").contentLength == .max)
    }

    @Test("a key of any length is framed right", arguments: [0, 1, 9, 10, 11, 99, 100, 101, 999, 1000, 100_000])
    func keyLengths(count: Int) {
        let key = String(repeating: "x", count: count)
        let plan = RedisPlan(.readString, key: ByteBuffer(string: key), timeout: .seconds(1))
        let bulk = "$\(count)|\(key)|"
        #expect(plan.wire == "*2|$3|GET|\(bulk)*2|$4|PTTL|\(bulk)")
        var encoder = RESPEncoder(buffer: ByteBuffer(string: "before"))
        plan.encode(into: &encoder)
        #expect(String(buffer: encoder.buffer).replacing("\r\n", with: "|") == "before" + plan.wire)
    }
}
