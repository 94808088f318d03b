# SPDX-License-Identifier: Apache-2.0
# Baton: an HTTP/2 gateway to Redis
"""What each operation is tried with: the examples of the document name the request and the answer, this says what Redis holds before.

The path comes from the examples of the parameters, `/v1/strings/user%2F1`.
"""

KEY = "user/1"
JSON = {"Accept": "application/json"}
EVENTS = {"Accept": "text/event-stream"}

#: Members of which another run has another value. `ttl_ms` is compared, but not to the millisecond.
VARIES = {"instance", "uptime_s"}

#: Examples that no run can give; they are held against their schema.
FORMS_ONLY = {
    # A connection that is lost at the right moment: Tests/IntegrationTests/OutageTests.swift.
    "#/components/responses/Problem/content/application~1problem+json/examples/lost",
    # A replica, which needs a server with an address.
    "#/paths/~1v1~1topology/get/responses/200/content/application~1json/examples/replicated",
}


def run(*before, status=200, **options):
    """A request, after these commands on an empty Redis.

    Options: `body`, `answer` - the name of the example, if there are several; answer=None to look at the form only.
    `uses` - optional parameters, with the name of their example or None. `path` - parameters of the path, instead of their examples.
    `headers` - further ones. `then` - commands while an answer without an end is read. `varies` - members that do.
    `part` - the example leaves members out.
    """
    return {"before": before, "status": status, **options}


def problem(status, type, request, *before, operation=None, gateway="open", headers={}, **options):
    """A request that fails; `operation` if it is one, whose description has to have the answer, equal to its example `answer`."""
    return {"status": status, "type": type, "request": request, "before": before, "operation": operation, "gateway": gateway,
            "headers": headers, **options}


STRING = ("SET", KEY, "Ada")
NUMBER = ("SET", KEY, "10")
HASH = ("HSET", KEY, "name", "Ada", "age", "36")
COUNTS = ("HSET", KEY, "visits", "10")
LIST = ("RPUSH", KEY, "a", "b", "c")
SET = ("SADD", KEY, "a")
SETS = (("SADD", "a", "1", "2"), ("SADD", "b", "2"))
SORTED = ("ZADD", KEY, "1.5", "a", "2", "b")
ENTRY = ("XADD", KEY, "1700000000000-0", "temperature", "21.5")
GROUP = ("XGROUP", "CREATE", KEY, "workers", "0")
READ = ("XREADGROUP", "GROUP", "workers", "worker-1", "STREAMS", KEY, ">")
STREAM = (ENTRY, GROUP)
PENDING = (ENTRY, GROUP, READ)
WAITED = (ENTRY, GROUP, ("XCLAIM", KEY, "workers", "worker-1", "0", "1700000000000-0", "IDLE", "90000", "FORCE"))
SCRIPT = ("SCRIPT", "LOAD", "return 1")
FUNCTION = ("FUNCTION", "LOAD", "#!lua name=stock\nredis.register_function('reserve', function(keys, args)\n"
            "  return redis.call('DECRBY', keys[1], args[1])\nend)")
MORTAL = (STRING, ("PEXPIRE", KEY, "60000"))

SCENARIOS = {
    "getString": [
        run(STRING, headers=JSON, answer="text"),
        run(("SET", KEY, b"\xff\x00"), headers=JSON, answer="bytes"),
        run(STRING),
        run(("SET", KEY, "0123456789"), status=206, uses={"Range": "first"}),
        run(("SET", KEY, "0123456789"), status=206, uses={"Range": "last"}),
        run(STRING, status=304, headers={"If-None-Match": "*"}),
        run(status=404),
        run(LIST, status=409),
        run(STRING, status=412, headers={"If-Match": '"0000000000000000"'}),
        run(STRING, status=416, headers={"Range": "bytes=9-"}),
    ],
    "headString": [run(STRING)],
    "putString": [
        run(status=201), run(STRING, status=204),
        run(STRING, uses={"Prefer": None}, headers=JSON),
        run(LIST, uses={"Prefer": None}, status=409, answer=None),
    ],
    "deleteString": [run(STRING, status=204), run(status=404)],
    "getKey": [run(("RPUSH", "jobs", "a", "b", "c"), path={"key": "jobs"}, varies={"encoding"}), run(status=404)],
    "headKey": [run(STRING)],
    "deleteKey": [run(STRING, status=204)],
    "getTTL": [run(*MORTAL, answer="mortal"), run(STRING, answer="immortal")],
    "headTTL": [run(STRING)],
    "putTTL": [
        run(STRING, body="relative"),
        run(*MORTAL, body="conditional", answer=None),
    ],
    "deleteTTL": [run(*MORTAL, status=204)],
    "incrementString": [run(NUMBER)],
    "appendString": [run(STRING)],
    "getStrings": [run(("SET", "a", "1"), ("SET", "b", b"\xff\x00"))],
    "headStrings": [run(("SET", "a", "1"))],
    "patchStrings": [run(status=204)],
    "renameKey": [run(STRING, status=204), run(status=404, answer=None)],
    "copyKey": [run(STRING, status=201), run(STRING, ("SET", "jobs2", "x"), status=204)],
    "getKeys": [
        run(STRING, uses={"match": None, "count": None}),
        run(STRING, headers={"Accept": "application/x-ndjson"}),
    ],
    "headKeys": [run(STRING)],
    "getHash": [run(HASH, answer="all"), run(HASH, uses={"field": None}, answer="fields"), run(status=404)],
    "headHash": [run(HASH)],
    "putHash": [run(status=201), run(HASH, status=204)],
    "patchHash": [run(HASH, status=204)],
    "deleteHash": [run(HASH, status=204)],
    "getHashField": [run(HASH), run(HASH, headers=JSON)],
    "headHashField": [run(HASH)],
    "putHashField": [run(status=201), run(HASH, status=204)],
    "deleteHashField": [run(HASH, status=204)],
    "incrementHashField": [run(COUNTS, path={"field": "visits"})],
    "getList": [run(LIST)],
    "headList": [run(LIST)],
    "deleteList": [run(LIST, status=204)],
    "pushList": [run()],
    "popList": [run(LIST), run(status=204)],
    "getListItem": [run(LIST), run(LIST, headers=JSON)],
    "headListItem": [run(LIST)],
    "putListItem": [run(LIST, status=204)],
    "moveListItem": [run(LIST), run(status=204)],
    "trimList": [run(LIST, status=204)],
    "insertIntoList": [run(("RPUSH", KEY, "b", "c"))],
    "getSet": [run(SET)],
    "headSet": [run(SET)],
    "deleteSet": [run(SET, status=204)],
    "addToSet": [run(SET)],
    "removeFromSet": [run(SET)],
    "popSet": [run(SET), run(status=204)],
    "headSetMember": [run(SET, status=204)],
    "putSetMember": [run(status=201), run(SET, status=204)],
    "deleteSetMember": [run(SET, status=204)],
    "getUnion": [run(*SETS)],
    "headUnion": [run(*SETS)],
    "getIntersection": [run(*SETS)],
    "headIntersection": [run(*SETS)],
    "getDifference": [run(*SETS)],
    "headDifference": [run(*SETS)],
    "getSortedSet": [run(SORTED)],
    "headSortedSet": [run(SORTED)],
    "deleteSortedSet": [run(SORTED, status=204)],
    "addToSortedSet": [run(("ZADD", KEY, "1", "a"))],
    "removeFromSortedSet": [run(SORTED)],
    "popSortedSet": [run(SORTED), run(status=204)],
    "getSortedSetMember": [run(SORTED)],
    "headSortedSetMember": [run(SORTED)],
    "putSortedSetMember": [run(status=201), run(SORTED, status=204)],
    "deleteSortedSetMember": [run(SORTED, status=204)],
    "incrementSortedSetMember": [run(SORTED)],
    "getEntries": [run(ENTRY), run(ENTRY, headers=EVENTS, uses={"Last-Event-ID": None}, then=[])],
    "headEntries": [run(ENTRY)],
    "addEntry": [run(status=201, varies={"id"})],
    "trimStream": [run(ENTRY)],
    "getEntry": [run(ENTRY)],
    "headEntry": [run(ENTRY)],
    "deleteEntry": [run(ENTRY, status=204)],
    "getGroup": [run(*PENDING)],
    "headGroup": [run(*STREAM)],
    "putGroup": [run(status=201)],
    "deleteGroup": [run(*STREAM, status=204)],
    "readGroup": [run(*STREAM), run(ENTRY, ("XGROUP", "CREATE", KEY, "workers", "$"), status=204)],
    "acknowledge": [run(*PENDING)],
    "claim": [run(*WAITED)],
    "getPending": [run(*PENDING, varies={"idle_ms"})],
    "headPending": [run(*PENDING)],
    "loadScript": [run(status=201)],
    "invokeScript": [run(SCRIPT)],
    "invokeFunction": [run(("SET", "k", "10"), FUNCTION)],
    "postCommand": [
        run(("SET", "k", "v"), body="array", answer="text"),
        run(body="object", answer="status"),
        run(("SET", "visits", "9223372036854775806"), body="increment", answer="number"),
        run(("SET", "k", "v"), body="array", headers={"Accept": "application/x-resp"}),
    ],
    "postPipeline": [run()],
    "postTransaction": [run(body="batch", answer="usual"), run(("SET", "cart:7", "3 items"), body="conditional", answer="conditional")],
    "getOpenAPIYAML": [run()],
    "headOpenAPIYAML": [run()],
    "getOpenAPIJSON": [run(part=True)],
    "headOpenAPIJSON": [run()],
    "subscribeChannel": [run(then=[("PUBLISH", "news", "hello")], answer="channel")],
    "publishChannel": [run()],
    "subscribePattern": [run(then=[("PUBLISH", "news.eu", "hello")], answer="pattern")],
    "subscribeShardChannel": [run(then=[("SPUBLISH", "news", "hello")], answer="channel")],
    "publishShardChannel": [run()],
    "getInfo": [run(uses={"section": None}, part=True, varies={"used_memory", "event_loops"})],
    "headInfo": [run()],
    "getTopology": [run(answer="single", varies={"endpoint", "ready"})],
    "headTopology": [run()],
    "getMaintenance": [run(varies={"at", "since", "endpoint", "ready", "revision"})],
    "headMaintenance": [run()],
    "getMaintenanceEvents": [run(then=[], answer=None)],
    "getLiveness": [run(answer="live")],
    "headLiveness": [run()],
    "getReadiness": [run(answer="ready"), run(uses={"verbose": None}, answer="checks")],
    "headReadiness": [run()],
    "getHealth": [run(varies={"ready", "leased", "inFlight"})],
    "headHealth": [run()],
    "getMetrics": [run()],
    "headMetrics": [run()],
    "postUpstashCommand": [run(answer="status")],
    "postUpstashPipeline": [run()],
    "postUpstashTransaction": [run()],
    "getUpstashPath": [run(("SET", "greeting", "hello"), answer="value")],
    "headUpstashPath": [run(("SET", "greeting", "hello"))],
    "postUpstashPath": [run(path={"command": "set/greeting"}, answer="status")],
    "putUpstashPath": [run(path={"command": "set/greeting"}, answer="status")],
    # The last one: the gateway is busy with it for a while.
    "postHandoff": [run(status=202, varies={
        "at", "since", "announced_at", "deadline", "endpoint", "revision", "ready", "remaining", "dialing", "opened_at", "closes_by"})],
}

TOKEN = {"Authorization": "Bearer secret"}
BODY = {"Content-Type": "application/json"}

ERRORS = [
    problem(400, "invalid-target", "GET /v1/strings/%zz", operation="getString"),
    problem(400, "invalid-parameter", "GET /v1/strings/a?nope=1", operation="getString"),
    problem(400, "invalid-json", "POST /v1/commands", operation="postCommand", headers=BODY, body="{"),
    problem(401, "unauthorized", "GET /v1/strings/a", operation="getString", gateway="guarded"),
    problem(401, "unauthorized", "GET /metrics", operation="getMetrics", gateway="guarded"),
    problem(403, "insufficient-scope", "PUT /v1/strings/a", operation="putString", gateway="guarded",
            headers={"Authorization": "Bearer reader"}, body="x"),
    problem(403, "insufficient-scope", "GET /v1/info", operation="getInfo", gateway="guarded", headers=TOKEN),
    problem(403, "command-not-allowed", "POST /v1/commands", operation="postCommand", headers=BODY, body='["MONITOR"]',
            answer="refused"),
    problem(403, "cross-site-request", "PUT /v1/strings/a", operation="putString", headers={"Sec-Fetch-Site": "cross-site"}, body="x"),
    problem(404, "key-not-found", "GET /v1/hashes/a", operation="getHash"),
    problem(404, "element-not-found", "GET /v1/hashes/a/fields/b", ("HSET", "a", "c", "1"), operation="getHashField"),
    problem(404, "route-not-found", "GET /v1/nope"),
    problem(405, "method-not-allowed", "PATCH /v1/strings/a", headers=BODY, body="x"),
    problem(406, "not-acceptable", "GET /v1/strings/a", ("SET", "a", "1"), operation="getString", headers={"Accept": "image/png"}),
    problem(409, "wrong-type", "GET /v1/lists/a", ("SET", "a", "1"), operation="getList"),
    problem(409, "condition-failed", "PUT /v1/keys/a/ttl", ("SET", "a", "1"), operation="putTTL", headers=BODY,
            body='{"ttl_ms":1000,"when":"xx"}'),
    problem(409, "not-a-number", "POST /v1/strings/a/increment", ("SET", "a", "x"), operation="incrementString"),
    problem(412, "precondition-failed", "PUT /v1/strings/a", ("SET", "a", "1"), operation="putString",
            headers={"If-None-Match": "*"}, body="x"),
    problem(412, "precondition-failed", "POST /v1/transactions", ("SET", "a", "1"), operation="postTransaction", headers=BODY,
            body='{"if_none_match":["a"],"commands":[["GET","a"]]}'),
    problem(414, "target-too-long", "GET /v1/strings/" + "a" * 9000),
    problem(415, "unsupported-media-type", "POST /v1/commands", operation="postCommand", headers={"Content-Type": "text/csv"},
            body="GET,a"),
    problem(415, "unsupported-content-encoding", "PUT /v1/strings/a", operation="putString", headers={"Content-Encoding": "gzip"}, body="x"),
    problem(416, "range-not-satisfiable", "GET /v1/strings/a", ("SET", "a", "1"), operation="getString",
            headers={"Range": "bytes=9-"}),
    problem(421, "misdirected-request", "GET /v1/strings/a", headers={"Host": "elsewhere.example"}),
    problem(422, "transaction-aborted", "POST /v1/transactions", operation="postTransaction", headers=BODY,
            body='{"commands":[["GET"]]}'),
    problem(422, "not-read-only", "QUERY /v1/commands", headers=BODY, body='["INCR","a"]'),
    problem(501, "not-implemented", "DELETE /v1/lists/a", operation="deleteList", headers={"If-Match": "*"}),
]
