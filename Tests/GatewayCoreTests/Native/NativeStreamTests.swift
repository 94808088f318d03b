// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import RedisCore
import Testing

@testable import GatewayCore

@Suite("Streams, groups and scripts as resources")
struct NativeStreamTests {
    @Test(
        "a request becomes these commands, and their replies this answer",
        arguments: Self.streams + Self.groups + Self.scripts)
    func cases(native: NativeCase) throws {
        try native.check()
    }

    private static let entry = "*2|$3|1-0|*4|$1|f|$1|v|$1|f|$1|w|"
    private static let entryText = "{\"id\":\"1-0\",\"fields\":[[\"f\",\"v\"],[\"f\",\"w\"]]}"

    static let streams: [NativeCase] = [
        NativeCase(
            "POST /v1/streams/s/entries", "{\"fields\":{\"f\":\"v\",\"g\":1}}", ["XADD s * f v g 1"],
            ("$3|1-0|", "201 {\"id\":\"1-0\"} -> /v1/streams/s/entries/1-0"),
            ("-ERR The ID specified in XADD is equal or smaller|", "409 conflict")),
        NativeCase(
            "POST /v1/streams/cw/entries?key_encoding=base64url",
            "{\"id\":\"5-1\",\"if_exists\":true,\"max_length\":9,\"approximate\":true,\"fields\":[[\"f\",\"v\"]]}",
            ["XADD s NOMKSTREAM MAXLEN ~ 9 5-1 f v"],
            ("$3|5-1|", "201 {\"id\":\"5-1\"} -> /v1/streams/cw/entries/5-1?key_encoding=base64url"),
            ("_|", "404 key-not-found")),
        NativeCase(
            "GET /v1/streams/s/entries", ["EXISTS s", "XRANGE s - +"],
            (":1|*1|" + Self.entry, "200 {\"entries\":[" + Self.entryText + "]}"), (":1|*0|", "200 {\"entries\":[]}"),
            (":0|*0|", "404 key-not-found"), (":1|-WRONGTYPE x|", "409 wrong-type")),
        NativeCase("GET /v1/streams/s/entries?rev&start=1&end=5&count=2", ["EXISTS s", "XREVRANGE s 5 1 COUNT 2"]),
        NativeCase(
            "GET /v1/streams/s/entries/1-0", ["XRANGE s 1-0 1-0"], ("*1|" + Self.entry, "200 " + Self.entryText),
            ("*0|", "404 element-not-found")),
        NativeCase(
            "DELETE /v1/streams/s/entries/1-0", ["XDEL s 1-0"], (":1|", "204"), (":0|", "404 element-not-found")),
        NativeCase(
            "POST /v1/streams/s/entries/trim", "{\"max_length\":5}", ["XTRIM s MAXLEN 5"],
            (":3|", "200 {\"removed\":3}")),
        NativeCase("POST /v1/streams/s/entries/trim", "{\"min_id\":\"5\",\"approximate\":true}", ["XTRIM s MINID ~ 5"]),
    ]

    static let groups: [NativeCase] = [
        NativeCase(
            "PUT /v1/streams/s/groups/g", ["XGROUP CREATE s g $"], ("+OK|", "201 -> /v1/streams/s/groups/g"),
            ("-BUSYGROUP x|", "409 conflict"),
            ("-ERR The XGROUP subcommand requires the key to exist. Note|", "404 key-not-found")),
        NativeCase(
            "PUT /v1/streams/s/groups/g", "{\"start\":\"0\",\"create_stream\":true}", ["XGROUP CREATE s g 0 MKSTREAM"]),
        NativeCase(
            "DELETE /v1/streams/s/groups/g", ["XGROUP DESTROY s g"], (":1|", "204"), (":0|", "404 element-not-found")),
        NativeCase(
            "GET /v1/streams/s/groups/g", ["XPENDING s g"],
            (
                "*4|:2|$3|1-0|$3|2-0|*1|*2|$1|c|$1|2|",
                "200 {\"pending\":2,\"first_id\":\"1-0\",\"last_id\":\"2-0\",\"consumers\":[{\"name\":\"c\",\"pending\":2}]}"
            ), ("*4|:0|_|_|_|", "200 {\"pending\":0,\"first_id\":null,\"last_id\":null,\"consumers\":[]}"),
            ("-NOGROUP x|", "404 no-group")),
        NativeCase(
            "POST /v1/streams/s/groups/g/read", "{\"consumer\":\"c\"}", ["XREADGROUP GROUP g c STREAMS s >"],
            ("%1|$1|s|*1|" + Self.entry, "200 {\"entries\":[" + Self.entryText + "]}"), ("_|", "204"),
            ("%1|$1|s|*0|", "204"), ("%1|$1|s|*1|*2|$3|1-0|_|", "200 {\"entries\":[{\"id\":\"1-0\",\"fields\":null}]}")),
        NativeCase(
            "POST /v1/streams/s/groups/g/read",
            "{\"consumer\":\"c\",\"count\":5,\"wait_ms\":250,\"no_ack\":true,\"start\":\"0\"}",
            ["XREADGROUP GROUP g c COUNT 5 BLOCK 250 NOACK STREAMS s 0"]),
        NativeCase(
            "POST /v1/streams/s/groups/g/ack", "{\"ids\":[\"1-0\",\"2-0\"]}", ["XACK s g 1-0 2-0"],
            (":2|", "200 {\"acknowledged\":2}")),
        NativeCase(
            "POST /v1/streams/s/groups/g/claim", "{\"consumer\":\"c\",\"min_idle_ms\":5,\"ids\":[\"1-0\"]}",
            ["XCLAIM s g c 5 1-0"], ("*2|" + Self.entry + "_|", "200 {\"entries\":[" + Self.entryText + "]}")),
        NativeCase(
            "POST /v1/streams/s/groups/g/claim", "{\"consumer\":\"c\",\"count\":7}", ["XAUTOCLAIM s g c 0 0-0 COUNT 7"],
            (
                "*3|$3|0-0|*1|" + Self.entry + "*1|$3|3-0|",
                "200 {\"next_start\":\"0-0\",\"entries\":[" + Self.entryText + "],\"deleted\":[\"3-0\"]}"
            )),
        NativeCase(
            "GET /v1/streams/s/groups/g/pending?consumer=c&min_idle_ms=9&count=3&start=1",
            ["XPENDING s g IDLE 9 1 + 3 c"],
            (
                "*1|*4|$3|1-0|$1|c|:12|:1|",
                "200 {\"pending\":[{\"id\":\"1-0\",\"consumer\":\"c\",\"idle_ms\":12,\"deliveries\":1}]}"
            ), ("*0|", "200 {\"pending\":[]}")),
        NativeCase("GET /v1/streams/s/groups/g/pending", ["XPENDING s g - + 100"]),
    ]

    static let scripts: [NativeCase] = [
        NativeCase(
            "POST /v1/scripts", "return 1", ["SCRIPT LOAD return 1"],
            ("$4|abcd|", "201 {\"sha\":\"abcd\"} -> /v1/scripts/abcd/invocations"),
            ("-ERR Error compiling script|", "400 invalid-argument")),
        NativeCase(
            "POST /v1/scripts/abcd/invocations", "{\"keys\":[\"k\"],\"arguments\":[\"a\",1]}", ["EVALSHA abcd 1 k a 1"],
            ("*2|:1|$1|x|", "200 {\"result\":[1,\"x\"]}"), ("_|", "200 {\"result\":null}"),
            ("-NOSCRIPT x|", "404 no-script")),
        NativeCase("POST /v1/scripts/abcd/invocations", ["EVALSHA abcd 0"]),
        NativeCase("POST /v1/scripts/abcd/invocations", "{\"read_only\":true,\"keys\":[]}", ["EVALSHA_RO abcd 0"]),
        NativeCase(
            "POST /v1/functions/f/invocations", "{\"keys\":[\"k\"]}", ["FCALL f 1 k"], (":1|", "200 {\"result\":1}")),
        NativeCase("POST /v1/functions/f/invocations", "{\"read_only\":true}", ["FCALL_RO f 0"]),
    ]

    @Test("a script that writes may have run before it failed, one that only reads has changed nothing")
    func scriptOutcome() throws {
        let target = "/v1/scripts/abcd/invocations"
        let writing = try #require(openGateway().take(fields("POST", target)).plan)
        #expect(writing.mayRunPartly)
        #expect(try writing.render("-READONLY x|").text.contains("\"outcome\":\"unknown\""))
        let reading = try #require(openGateway().take(fields("POST", target), "{\"read_only\":true}").plan)
        #expect(!reading.mayRunPartly)
        #expect(try reading.render("-LOADING x|").text.contains("\"outcome\":\"not-executed\""))
    }

    @Test(
        "what is wrong is 400, and named",
        arguments: [
            ("POST /v1/streams/s/entries", "{}", "'fields'"),
            ("POST /v1/streams/s/entries", "{\"fields\":{}}", "'fields'"),
            ("POST /v1/streams/s/entries", "{\"fields\":{\"a\":1},\"max_length\":1,\"min_id\":\"1\"}", "max_length"),
            ("POST /v1/streams/s/entries/trim", "{}", "max_length"),
            ("GET /v1/streams/s/entries?count=x", "", "'count'"),
            ("POST /v1/streams/s/groups/g/read", "{}", "'consumer'"),
            ("POST /v1/streams/s/groups/g/claim", "{\"consumer\":\"c\",\"ids\":[\"1\"],\"count\":1}", "'ids'"),
            ("POST /v1/scripts", "", "script"),
            ("POST /v1/scripts/a/invocations?key_encoding=base64url", "", "key_encoding"),
            ("POST /v1/scripts/a/invocations", "{\"keys\":{}}", "'keys'"),
        ])
    func refused(request: String, body: String, named: String) throws {
        let parts = request.split(separator: " ").map(String.init)
        let problem = try #require(openGateway().take(fields(parts[0], parts[1]), body).problem)
        #expect(problem.status == 400)
        #expect(problem.details.detail?.contains(named) == true, "\(problem.details.detail ?? "")")
    }
}
