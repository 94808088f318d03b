// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RedisCore
import Testing

@testable import GatewayCore

@Suite("Hashes and lists as resources")
struct NativeHashTests {
    @Test("a request becomes these commands, and their replies this answer", arguments: Self.hashes + Self.lists)
    func cases(native: NativeCase) throws {
        try native.check()
    }

    static let hashes: [NativeCase] = [
        NativeCase(
            "GET /v1/hashes/h", ["HGETALL h"], ("%2|$1|f|$1|v|$1|g|$0||", "200 {\"f\":\"v\",\"g\":\"\"}"),
            ("%0|", "404 key-not-found"), ("-WRONGTYPE x|", "409 wrong-type"), ("*0|", "502 backend-protocol")),
        NativeCase(
            "GET /v1/hashes/h?field=f&field=g%00", ["HLEN h", "HMGET h f g\0"],
            (":2|*2|$1|v|_|", "200 {\"f\":\"v\",\"g\\u0000\":null}"), (":0|*2|_|_|", "404 key-not-found"),
            ("-WRONGTYPE x|-WRONGTYPE x|", "409 wrong-type")),
        NativeCase("GET /v1/hashes/aA?key_encoding=base64url&field=Zg", ["HLEN h", "HMGET h f"]),
        NativeCase(
            "PUT /v1/hashes/h", "{\"f\":\"v\",\"g\":{\"base64\":\"eA==\"}}", ["UNLINK h", "HSET h f v g x"],
            ("+OK|+QUEUED|+QUEUED|*2|:0|:2|", "201 -> /v1/hashes/h"), ("+OK|+QUEUED|+QUEUED|*2|:1|:2|", "204"),
            ("-LOADING x|-LOADING x|-LOADING x|-ERR EXEC without MULTI|", "503 redis-unavailable")),
        NativeCase("PATCH /v1/hashes/h", "{\"f\":\"v\"}", ["HSET h f v"], (":1|", "204"), (":0|", "204")),
        NativeCase("PATCH /v1/hashes/h", "{\"f\":null,\"g\":null}", ["HDEL h f g"], (":0|", "204")),
        NativeCase(
            "PATCH /v1/hashes/h", "[[\"f\",\"v\"],[\"g\",null]]", ["HSET h f v", "HDEL h g"],
            ("+OK|+QUEUED|+QUEUED|*2|:1|:1|", "204"),
            ("+OK|+QUEUED|+QUEUED|*2|-WRONGTYPE x|-WRONGTYPE x|", "409 wrong-type")),
        NativeCase("DELETE /v1/hashes/h", ["UNLINK h"], (":1|", "204"), (":0|", "404 key-not-found")),
        NativeCase(
            "GET /v1/hashes/h/fields/a%2Fb", ["HGET h a/b"], ("$2|xy|", "200 xy"), ("_|", "404 element-not-found"),
            ("$0||", "200"), (":1|", "502 backend-protocol")),
        NativeCase(
            "GET /v1/hashes/h/fields/f", accept: "application/json", ["HGET h f"],
            ("$2|x\"|", "200 {\"value\":\"x\\\"\"}"), ("_|", "404 element-not-found")),
        NativeCase("HEAD /v1/hashes/h/fields/f", ["HGET h f"], ("$2|xy|", "200 xy")),
        NativeCase(
            "PUT /v1/hashes/h/fields/f", "v", ["HSET h f v"], (":1|", "201 -> /v1/hashes/h/fields/f"), (":0|", "204")),
        NativeCase(
            "PUT /v1/hashes/aA/fields/?key_encoding=base64url", "v", ["HSET h  v"],
            (":1|", "201 -> /v1/hashes/aA/fields/?key_encoding=base64url")),
        NativeCase("DELETE /v1/hashes/h/fields/f", ["HDEL h f"], (":1|", "204"), (":0|", "404 element-not-found")),
        NativeCase("POST /v1/hashes/h/fields/f/increment", ["HINCRBY h f 1"], (":6|", "200 {\"value\":6}")),
        NativeCase("POST /v1/hashes/h/fields/f/increment", "{\"by\":-5}", ["HINCRBY h f -5"]),
        NativeCase(
            "POST /v1/hashes/h/fields/f/increment", "{\"by\":0.5}", ["HINCRBYFLOAT h f 0.5"],
            ("$3|1.5|", "200 {\"value\":1.5}"), ("-ERR hash value is not a float|", "409 not-a-number")),
    ]

    static let lists: [NativeCase] = [
        NativeCase(
            "GET /v1/lists/l", ["LLEN l", "LRANGE l 0 -1"],
            (":2|*2|$1|a|$1|b|", "200 {\"length\":2,\"items\":[\"a\",\"b\"]}"),
            (":0|*0|", "404 key-not-found"), (":2|+OK|", "502 backend-protocol")),
        NativeCase(
            "GET /v1/lists/l?start=-3&stop=1", ["LLEN l", "LRANGE l -3 1"],
            (":1|*0|", "200 {\"length\":1,\"items\":[]}")),
        NativeCase("DELETE /v1/lists/l", ["UNLINK l"]),
        NativeCase("POST /v1/lists/l/push", "{\"values\":[\"a\",5]}", ["RPUSH l a 5"], (":2|", "200 {\"length\":2}")),
        NativeCase("POST /v1/lists/l/push", "{\"side\":\"left\",\"values\":[\"a\"]}", ["LPUSH l a"]),
        NativeCase(
            "POST /v1/lists/l/push", "{\"if_exists\":true,\"values\":[\"a\"]}", ["RPUSHX l a"],
            (":0|", "404 key-not-found"), (":4|", "200 {\"length\":4}")),
        NativeCase(
            "POST /v1/lists/l/pop", ["LPOP l 1"], ("*1|$1|a|", "200 {\"values\":[\"a\"]}"), ("_|", "204"),
            ("$1|a|", "502 backend-protocol")),
        NativeCase("POST /v1/lists/l/pop", "{\"side\":\"right\",\"count\":3,\"wait_ms\":0}", ["RPOP l 3"]),
        NativeCase(
            "POST /v1/lists/l/pop", "{\"side\":\"right\",\"wait_ms\":1500}", ["BLMPOP 1.500 1 l RIGHT COUNT 1"],
            ("*2|$1|l|*1|$1|a|", "200 {\"values\":[\"a\"]}"), ("_|", "204"),
            ("-ERR unknown command 'BLMPOP'|", "501 unsupported-by-server")),
        NativeCase("GET /v1/lists/l/items/-1", ["LINDEX l -1"], ("$1|a|", "200 a"), ("_|", "404 element-not-found")),
        NativeCase(
            "PUT /v1/lists/l/items/0", "v", ["LSET l 0 v"], ("+OK|", "204"), ("-ERR no such key|", "404 key-not-found"),
            ("-ERR index out of range|", "404 not-found")),
        NativeCase("GET /v1/lists/bA/items/0?key_encoding=base64url", ["LINDEX l 0"]),
        NativeCase(
            "POST /v1/lists/l/move", "{\"to\":\"m\"}", ["LMOVE l m LEFT RIGHT"], ("$1|a|", "200 {\"value\":\"a\"}"),
            ("_|", "204")),
        NativeCase(
            "POST /v1/lists/l/move", "{\"to\":\"m\",\"from_side\":\"right\",\"to_side\":\"left\",\"wait_ms\":2000}",
            ["BLMOVE l m RIGHT LEFT 2"]),
        NativeCase("POST /v1/lists/l/trim", "{\"start\":0,\"stop\":9}", ["LTRIM l 0 9"], ("+OK|", "204")),
        NativeCase(
            "POST /v1/lists/l/insert", "{\"before\":\"p\",\"value\":\"v\"}", ["LINSERT l BEFORE p v"],
            (":3|", "200 {\"length\":3}"), (":0|", "404 key-not-found"), (":-1|", "404 element-not-found")),
        NativeCase("POST /v1/lists/l/insert", "{\"value\":\"v\",\"after\":\"p\"}", ["LINSERT l AFTER p v"]),
    ]

    @Test("a wait is a lease, bounded by the setting and by the caller's own deadline")
    func waits() throws {
        let target = "/v1/lists/l/pop"
        let gateway = openGateway()
        let none = try #require(gateway.take(fields("POST", target), "{\"wait_ms\":0}").plan)
        #expect(!none.needsLease && none.timeout == .seconds(1))
        let some = try #require(gateway.take(fields("POST", target), "{\"wait_ms\":5000}").plan)
        #expect(some.needsLease && some.timeout == .seconds(6) && some.retryClass == .unsafe)
        let longest = try #require(gateway.take(fields("POST", target), "{\"wait_ms\":86400000}").plan)
        #expect(longest.commands == ["BLMPOP 30 1 l LEFT COUNT 1"] && longest.timeout == .seconds(31))
        let hurried = fields("POST", target, [.requestTimeout: "400"])
        let short = try #require(gateway.take(hurried, "{\"wait_ms\":5000}").plan)
        #expect(short.commands == ["BLMPOP 0.200 1 l LEFT COUNT 1"] && short.timeout == .milliseconds(400))
    }

    @Test(
        "what a second run would do",
        arguments: [
            ("GET /v1/hashes/h", "", RetryClass.readOnly), ("PUT /v1/hashes/h", "{\"f\":1}", .idempotent),
            ("PATCH /v1/hashes/h", "{\"f\":1}", .idempotent), ("DELETE /v1/hashes/h", "", .unsafe),
            ("POST /v1/hashes/h/fields/f/increment", "", .unsafe), ("PUT /v1/hashes/h/fields/f", "", .idempotent),
            ("HEAD /v1/sets/s/members/m", "", .readOnly), ("PUT /v1/streams/s/groups/g", "", .unsafe),
            ("PUT /v1/sorted-sets/z/members/m", "{\"score\":1,\"when\":\"gt\"}", .unsafe),
            ("PUT /v1/sorted-sets/z/members/m", "{\"score\":1,\"when\":\"xx\"}", .idempotent),
            ("POST /v1/scripts", "return 1", .idempotent), ("POST /v1/scripts/a/invocations", "", .unsafe),
            ("POST /v1/scripts/a/invocations", "{\"read_only\":true}", .readOnly),
        ])
    func retryClasses(request: String, body: String, retryClass: RetryClass) throws {
        let parts = request.split(separator: " ").map(String.init)
        #expect(openGateway().take(fields(parts[0], parts[1]), body).plan?.retryClass == retryClass)
    }

    @Test("two segments keep their bytes, each decoded once")
    func segments() throws {
        let target = "/v1/hashes/%00%2F/fields/%FF%252F"
        let plan = try #require(openGateway().take(fields("GET", target)).plan)
        var encoded = ByteBuffer(string: "*3\r\n$4\r\nHGET\r\n$2\r\n")
        encoded.writeBytes([0, 0x2F])
        encoded.writeString("\r\n$4\r\n")
        encoded.writeBytes([0xFF] + Array("%2F".utf8))
        encoded.writeString("\r\n")
        #expect(plan.subject == encoded)
    }

    @Test(
        "paths of two segments that are not there",
        arguments: [
            ("/v1/hashes/h/fields/", "404 route-not-found"), ("/v1/hashes/h/fields", "404 route-not-found"),
            ("/v1/hashes//fields/f", "404 route-not-found"), ("/v1/hashes/h/fields/f/", "404 route-not-found"),
            ("/v1/hashes/h/fields/f/g", "404 route-not-found"), ("/v1/hashes/h/field/f", "404 route-not-found"),
            ("/v1/hashes/h/fields/%zz", "400 invalid-target"), ("/v1/hashes/h/fields/a b", "400 invalid-target"),
            ("/v1/hashes/h/fields/!?key_encoding=base64url", "400 invalid-target"),
            ("/v1/lists/l/items/x", "400 invalid-target"),
            ("/v1/lists/l/items/9223372036854775808", "400 invalid-target"),
        ])
    func absent(path: String, refusal: String) {
        #expect(openGateway().take(fields("GET", path)).refusal == refusal)
    }
}
