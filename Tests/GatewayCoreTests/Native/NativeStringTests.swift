// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import Testing

@testable import GatewayCore

@Suite("Strings and keys as resources")
struct NativeStringTests {
    @Test("a request becomes these commands, and their replies this answer", arguments: Self.strings + Self.keys)
    func cases(native: NativeCase) throws {
        try native.check()
    }

    static let strings: [NativeCase] = [
        NativeCase(
            "POST /v1/strings/n/increment", ["INCR n"], (":5|", "200 {\"value\":5}"),
            (":9223372036854775807|", "200 {\"value\":9223372036854775807}"),
            ("-WRONGTYPE x|", "409 wrong-type"), ("-ERR value is not an integer or out of range|", "409 not-a-number"),
            ("-ERR increment or decrement would overflow|", "409 limit-exceeded"), ("_|", "502 backend-protocol")),
        NativeCase("POST /v1/strings/n/increment", "{}", ["INCR n"]),
        NativeCase("POST /v1/strings/n/increment", "{\"by\":-9223372036854775808}", ["INCRBY n -9223372036854775808"]),
        NativeCase(
            "POST /v1/strings/n/increment", "{\"by\":\"0.1\"}", ["INCRBYFLOAT n 0.1"],
            ("$4|10.6|", "200 {\"value\":10.6}")),
        NativeCase("POST /v1/strings/n/increment", "{\"by\":1e3}", ["INCRBYFLOAT n 1e3"]),
        NativeCase("POST /v1/strings/n/increment", "{\"by\":\"5\"}", ["INCRBYFLOAT n 5"]),
        NativeCase("POST /v1/strings/a%2Fb/append", "xy", ["APPEND a/b xy"], (":7|", "200 {\"length\":7}")),
        NativeCase(
            "GET /v1/strings?key=a&key=b%26c&key=+", ["MGET a b&c +"],
            ("*3|$1|1|_|$1|\u{7F}|", "200 {\"a\":\"1\",\"b&c\":null,\"+\":\"\u{7F}\"}")),
        NativeCase("HEAD /v1/strings?key=a", ["MGET a"], ("*1|_|", "200 {\"a\":null}")),
        NativeCase(
            "GET /v1/strings?key=a&key=a", ["MGET a a"], ("*2|$1|1|$1|1|", "200 [[\"a\",\"1\"],[\"a\",\"1\"]]"),
            ("+OK|", "502 backend-protocol"), ("*1|$1|1|", "502 backend-protocol")),
        NativeCase("GET /v1/strings?key=YQ&key=&key_encoding=base64url", ["MGET a "]),
        NativeCase(
            "PATCH /v1/strings", "{\"a\":\"1\",\"b\":{\"base64\":\"eHk=\"},\"c\":5,\"d\":true}",
            ["MSET a 1 b xy c 5 d true"], ("+OK|", "204"), ("-OOM x|", "507 out-of-memory")),
        NativeCase("PATCH /v1/strings", "[[{\"base64\":\"YS9i\"},\"1\"]]", ["MSET a/b 1"]),
    ]

    static let keys: [NativeCase] = [
        NativeCase(
            "POST /v1/keys/a/rename", "{\"to\":\"b\"}", ["RENAME a b"], ("+OK|", "204"),
            ("-ERR no such key|", "404 key-not-found")),
        NativeCase(
            "POST /v1/keys/a/rename", "{\"to\":{\"base64\":\"Yg==\"},\"if_absent\":true}", ["RENAMENX a b"],
            (":1|", "204"), (":0|", "409 condition-failed")),
        NativeCase(
            "POST /v1/keys/a/copy", "{\"to\":\"b/\"}", ["EXISTS a", "EXISTS b/", "COPY a b/"],
            ("+OK|+QUEUED|+QUEUED|+QUEUED|*3|:1|:0|:1|", "201 -> /v1/keys/b%2F"),
            ("+OK|+QUEUED|+QUEUED|+QUEUED|*3|:0|:0|:0|", "404 key-not-found"),
            ("+OK|+QUEUED|+QUEUED|+QUEUED|*3|:1|:1|:0|", "409 condition-failed"),
            ("+OK|+QUEUED|+QUEUED|+QUEUED|_|", "409 transaction-conflict"),
            ("+OK|+QUEUED|+QUEUED|-OOM x|-EXECABORT x|", "507 out-of-memory")),
        NativeCase(
            "POST /v1/keys/a/copy", "{\"to\":\"b\",\"replace\":true}", ["EXISTS a", "EXISTS b", "COPY a b REPLACE"],
            ("+OK|+QUEUED|+QUEUED|+QUEUED|*3|:1|:1|:1|", "204")),
        NativeCase(
            "GET /v1/keys", ["SCAN 0"], ("*2|$1|0|*1|$1|k|", "200 {\"keys\":[\"k\"],\"next_cursor\":null}"),
            ("*2|$1|0|*0|", "200 {\"keys\":[],\"next_cursor\":null}"), ("*1|$1|0|", "502 backend-protocol")),
        NativeCase(
            "GET /v1/keys?match=a%2A%26&type=hash&count=10&cursor=18446744073709551615",
            ["SCAN 18446744073709551615 MATCH a*& COUNT 10 TYPE hash"],
            (
                "*2|$2|17|*0|",
                "200 {\"keys\":[],\"next_cursor\":\"17\"} "
                    + "</v1/keys?cursor=17&match=a%2A%26&count=10&type=hash>; rel=\"next\""
            )),
    ]

    @Test(
        "what is wrong with a query or a body is 400, and named",
        arguments: [
            ("GET /v1/strings", "", "key"), ("GET /v1/strings?x=1", "", "'x'"),
            ("GET /v1/strings?key=%zz", "", "escape"),
            ("GET /v1/strings?key=!&key_encoding=base64url", "", "base64url"), ("GET /v1/keys?cursor=-1", "", "cursor"),
            ("GET /v1/keys?cursor=18446744073709551616", "", "cursor"), ("GET /v1/keys?count=0", "", "count"),
            ("GET /v1/keys?match=a&match=b", "", "match"), ("GET /v1/keys?key_encoding=base64url", "", "key_encoding"),
            ("POST /v1/strings/n/increment", "{\"by\":null}", "'by'"),
            ("POST /v1/strings/n/increment", "{\"by\":\"inf\"}", "'by'"),
            ("POST /v1/strings/n/increment", "{\"by\":1,\"by\":1}", "'by'"),
            ("POST /v1/strings/n/increment", "{\"to\":1}", "'to'"), ("POST /v1/strings/n/increment", "[]", "object"),
            ("POST /v1/strings/n/increment", "{} x", "byte"), ("POST /v1/strings/n/increment", "{", "too early"),
            ("POST /v1/keys/a/rename", "", "'to'"), ("POST /v1/keys/a/rename", "{}", "'to'"),
            ("POST /v1/keys/a/rename", "{\"to\":\"b\",\"if_absent\":1}", "'if_absent'"),
            ("POST /v1/keys/a/rename", "{\"to\":{\"base64\":\"!\"}}", "'to'"),
            ("POST /v1/keys/a/rename", "{\"to\":[]}", "'to'"), ("PATCH /v1/strings", "{}", "empty"),
            ("PATCH /v1/strings", "", "too early"), ("PATCH /v1/strings", "{\"a\":null}", "'value'"),
            ("PATCH /v1/strings", "{\"a\":\"1\",\"a\":\"1\"}", "'a'"),
            ("PATCH /v1/strings", "[[\"a\",\"1\"],[{\"base64\":\"YQ==\"},\"1\"]]", "'a'"),
            ("PATCH /v1/strings", "[[\"a\"]]", "'value'"), ("PATCH /v1/strings", "[[\"a\",\"1\",\"2\"]]", "pairs"),
            ("PATCH /v1/strings", "[\"a\",\"1\"]", "pairs"), ("PATCH /v1/strings", "5", "pairs"),
            ("PATCH /v1/strings", "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}", ""),
        ])
    func refused(request: String, body: String, named: String) throws {
        let parts = request.split(separator: " ").map(String.init)
        let problem = try #require(openGateway().take(fields(parts[0], parts[1]), body).problem)
        #expect(problem.status == 400)
        #expect(named.isEmpty || problem.details.detail?.contains(named) == true, "\(problem.details.detail ?? "")")
    }

    @Test("the number of arguments has a limit", arguments: [(3, true), (4, true), (5, false)])
    func argumentLimit(count: Int, isTaken: Bool) {
        let gateway = openGateway { $0.argumentsPerCommand = 4 }
        let query = (0..<count).map { "key=\($0)" }.joined(separator: "&")
        #expect((gateway.take(fields("GET", "/v1/strings?\(query)")).plan != nil) == isTaken)
        let values = (0..<count).map { "\"\($0)\"" }.joined(separator: ",")
        let push = gateway.take(fields("POST", "/v1/lists/k/push"), "{\"values\":[\(values)]}")
        #expect((push.plan != nil) == isTaken)
    }
}
