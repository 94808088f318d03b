// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Testing

@testable import GatewayCore

@Suite("Sets and sorted sets as resources")
struct NativeSetTests {
    @Test("a request becomes these commands, and their replies this answer", arguments: Self.sets + Self.sortedSets)
    func cases(native: NativeCase) throws {
        try native.check()
    }

    static let sets: [NativeCase] = [
        NativeCase(
            "GET /v1/sets/s", ["SMEMBERS s"], ("~2|$1|a|$1|b|", "200 {\"members\":[\"a\",\"b\"]}"),
            ("~0|", "404 key-not-found"), ("-WRONGTYPE x|", "409 wrong-type")),
        NativeCase("DELETE /v1/sets/s", ["UNLINK s"]),
        NativeCase(
            "POST /v1/sets/s/add", "{\"members\":[\"a\",{\"base64\":\"Yg==\"}]}", ["SADD s a b"],
            (":2|", "200 {\"added\":2}")),
        NativeCase("POST /v1/sets/s/remove", "{\"members\":[\"a\"]}", ["SREM s a"], (":0|", "200 {\"removed\":0}")),
        NativeCase(
            "POST /v1/sets/s/pop", "{\"count\":2}", ["SPOP s 2"], ("~1|$1|a|", "200 {\"members\":[\"a\"]}"),
            ("~0|", "204"),
            ("*0|", "204")),
        NativeCase("HEAD /v1/sets/s/members/m", ["SISMEMBER s m"], (":1|", "204"), (":0|", "404 element-not-found")),
        NativeCase(
            "PUT /v1/sets/s/members/m%2F", ["SADD s m/"], (":1|", "201 -> /v1/sets/s/members/m%2F"), (":0|", "204")),
        NativeCase("DELETE /v1/sets/s/members/m", ["SREM s m"], (":1|", "204"), (":0|", "404 element-not-found")),
        NativeCase(
            "GET /v1/set-operations/union?key=a&key=b", ["SUNION a b"], ("~1|$1|x|", "200 {\"members\":[\"x\"]}"),
            ("~0|", "200 {\"members\":[]}"), ("-CROSSSLOT x|", "422 cross-slot")),
        NativeCase("GET /v1/set-operations/intersection?key=a", ["SINTER a"]),
        NativeCase("GET /v1/set-operations/difference?key=YQ&key_encoding=base64url", ["SDIFF a"]),
    ]

    static let sortedSets: [NativeCase] = [
        NativeCase(
            "GET /v1/sorted-sets/z", ["ZCARD z", "ZRANGE z 0 -1 WITHSCORES"],
            (
                ":2|*2|*2|$1|a|,1.5|*2|$1|b|,inf|",
                "200 {\"members\":[{\"member\":\"a\",\"score\":1.5},{\"member\":\"b\",\"score\":\"inf\"}]}"
            ), (":0|*0|", "404 key-not-found"), (":1|*1|$1|a|", "502 backend-protocol")),
        NativeCase("GET /v1/sorted-sets/z?rev&min=1&max=2", ["ZCARD z", "ZRANGE z 1 2 REV WITHSCORES"]),
        NativeCase("GET /v1/sorted-sets/z?offset=5&limit=10", ["ZCARD z", "ZRANGE z 5 14 WITHSCORES"]),
        NativeCase("GET /v1/sorted-sets/z?offset=5", ["ZCARD z", "ZRANGE z 5 -1 WITHSCORES"]),
        NativeCase(
            "GET /v1/sorted-sets/z?offset=9223372036854775807&limit=2",
            ["ZCARD z", "ZRANGE z 9223372036854775807 -1 WITHSCORES"]),
        NativeCase(
            "GET /v1/sorted-sets/z?by=score&min=(1&max=5", ["ZCARD z", "ZRANGE z (1 5 BYSCORE WITHSCORES"],
            (":1|-ERR min or max is not a float|", "400 invalid-argument")),
        NativeCase(
            "GET /v1/sorted-sets/z?by=score&rev=true&limit=3",
            ["ZCARD z", "ZRANGE z inf -inf BYSCORE REV LIMIT 0 3 WITHSCORES"]),
        NativeCase(
            "GET /v1/sorted-sets/z?by=lex&min=%5Ba&offset=2", ["ZCARD z", "ZRANGE z [a + BYLEX LIMIT 2 -1"],
            (":1|*1|$1|a|", "200 {\"members\":[{\"member\":\"a\"}]}")),
        NativeCase("DELETE /v1/sorted-sets/z", ["UNLINK z"]),
        NativeCase(
            "POST /v1/sorted-sets/z/add",
            "{\"members\":[{\"member\":\"a\",\"score\":1},{\"score\":\"-inf\",\"member\":{\"base64\":\"Yg==\"}}]}",
            ["ZADD z CH 1 a -inf b"], (":2|", "200 {\"changed\":2}")),
        NativeCase(
            "POST /v1/sorted-sets/z/add", "{\"when\":\"gt\",\"members\":[{\"member\":\"a\",\"score\":1e3}]}",
            ["ZADD z GT CH 1e3 a"]),
        NativeCase(
            "POST /v1/sorted-sets/z/remove", "{\"members\":[\"a\"]}", ["ZREM z a"], (":1|", "200 {\"removed\":1}")),
        NativeCase(
            "POST /v1/sorted-sets/z/pop", ["ZPOPMIN z 1"],
            ("*1|*2|$1|a|,1|", "200 {\"members\":[{\"member\":\"a\",\"score\":1}]}"), ("*0|", "204")),
        NativeCase(
            "POST /v1/sorted-sets/z/pop", "{\"side\":\"max\",\"count\":2,\"wait_ms\":1}",
            ["BZMPOP 0.001 1 z MAX COUNT 2"],
            ("*2|$1|z|*1|*2|$1|a|,1|", "200 {\"members\":[{\"member\":\"a\",\"score\":1}]}"), ("_|", "204")),
        NativeCase(
            "GET /v1/sorted-sets/z/members/m", ["ZSCORE z m", "ZRANK z m"],
            (",1.5|:0|", "200 {\"score\":1.5,\"rank\":0}"),
            ("_|_|", "404 element-not-found")),
        NativeCase(
            "PUT /v1/sorted-sets/z/members/m", "{\"score\":1.5}", ["ZADD z 1.5 m"],
            (":1|", "201 -> /v1/sorted-sets/z/members/m"), (":0|", "204")),
        NativeCase(
            "PUT /v1/sorted-sets/z/members/m", "{\"score\":\"inf\",\"when\":\"gt\"}",
            ["ZSCORE z m", "ZADD z GT CH inf m"],
            ("+OK|+QUEUED|+QUEUED|*2|_|:1|", "201 -> /v1/sorted-sets/z/members/m"),
            ("+OK|+QUEUED|+QUEUED|*2|,1|:1|", "204"), ("+OK|+QUEUED|+QUEUED|*2|,1|:0|", "409 condition-failed")),
        NativeCase(
            "PUT /v1/sorted-sets/z/members/m", "{\"score\":1,\"when\":\"xx\"}", ["ZSCORE z m", "ZADD z XX CH 1 m"],
            ("+OK|+QUEUED|+QUEUED|*2|_|:0|", "409 condition-failed"), ("+OK|+QUEUED|+QUEUED|*2|,1|:0|", "204")),
        NativeCase(
            "PUT /v1/sorted-sets/z/members/m", "{\"score\":1,\"when\":\"nx\"}", ["ZSCORE z m", "ZADD z NX CH 1 m"],
            ("+OK|+QUEUED|+QUEUED|*2|,1|:0|", "409 condition-failed")),
        NativeCase(
            "DELETE /v1/sorted-sets/z/members/m", ["ZREM z m"], (":1|", "204"), (":0|", "404 element-not-found")),
        NativeCase(
            "POST /v1/sorted-sets/z/members/m/increment", "{\"by\":-0.5}", ["ZINCRBY z -0.5 m"],
            (",2.5|", "200 {\"score\":2.5}"), ("-ERR resulting score is not a number (NaN)|", "409 not-a-number")),
    ]

    @Test(
        "what is wrong is 400, and named",
        arguments: [
            ("GET /v1/set-operations/union", "", "'key'"), ("GET /v1/sorted-sets/z?by=x", "", "'by'"),
            ("GET /v1/sorted-sets/z?min=a", "", "'min'"), ("GET /v1/sorted-sets/z?rev=1", "", "'rev'"),
            ("GET /v1/sorted-sets/z?limit=0", "", "'limit'"), ("GET /v1/sorted-sets/z?min=1&limit=2", "", "offset"),
            ("POST /v1/sets/s/add", "{\"members\":[]}", "'members'"),
            ("POST /v1/sets/s/add", "{\"members\":\"a\"}", "'members'"),
            ("POST /v1/sets/s/pop", "{\"count\":0}", "'count'"),
            ("POST /v1/sorted-sets/z/add", "{\"members\":[{\"member\":\"a\"}]}", "'score'"),
            ("POST /v1/sorted-sets/z/add", "{\"members\":[{\"score\":1}]}", "'member'"),
            ("POST /v1/sorted-sets/z/add", "{\"members\":[{\"score\":1,\"score\":1}]}", "'score'"),
            ("POST /v1/sorted-sets/z/add", "{\"members\":[{\"score\":\"nan\",\"member\":\"a\"}]}", "'score'"),
            ("PUT /v1/sorted-sets/z/members/m", "{\"score\":1,\"when\":\"no\"}", "'when'"),
            ("PUT /v1/sorted-sets/z/members/m", "", "'score'"),
        ])
    func refused(request: String, body: String, named: String) throws {
        let parts = request.split(separator: " ").map(String.init)
        let problem = try #require(openGateway().take(fields(parts[0], parts[1]), body).problem)
        #expect(problem.status == 400)
        #expect(problem.details.detail?.contains(named) == true, "\(problem.details.detail ?? "")")
    }
}
