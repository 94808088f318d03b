// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis
// swift-format-ignore-file

/// The API's description, as `openapi/embed` has written it from `openapi/openapi.yaml`. Not to be edited.
enum OpenAPIText {
    static let json: StaticString = ###"{"openapi":"3.1.0","info":{"title":"Baton","version":"1.0","summary":"An HTTP/2 gateway to Redis.","license":{"name":"Apache-2.0","identifier":"Apache-2.0"},"description":"Baton serves one Redis database over HTTP/2 (h2 over TLS, h2c by prior knowledge) and HTTP/1.1.\n\n**Keys** are one percent-encoded path segment. Bytes are preserved: `%2F`, `%00` and `%FF` are data, nothing is decoded\ntwice, `+` is a plus, and bytes from 0x80 on may also come raw. A percent escape that is not one is 400. With\n`?key_encoding=base64url` the segment is base64url (RFC 4648 section 5), padded or not; the empty key, `.` and `..` need\nit, since they have no segment or clients normalise them away. An empty key is then an empty segment:\n`/v1/strings/?key_encoding=base64url`. Without it, an empty segment and a trailing slash are 404.\n\n**Query parameters** that a route does not know, or that are given twice, are 400; the problem names them.\n\n**JSON is never lossy.** Bytes that are not UTF-8 are `{\"base64\":\"...\"}`, integers are bare and exact (int64), doubles keep\nthe text of Redis, infinities are `\"inf\"` and `\"-inf\"`, and `\"nan\"` is what it says.\n\n**Errors** are `application/problem+json` (RFC 9457). `outcome` says whether the command ran: `not-executed`, `executed` or\n`unknown`; it is absent where the command ran and found nothing. `retryable` says whether the same request may be sent\nagain without harm. A read whose reply was lost is `unknown` and `retryable`.\n\n**Re-sending.** When a connection to Redis is lost after a command was sent, Baton sends reads again, and writes that\nleave the same data and give the same reply when they run twice. Two replies may differ then: a `PUT` of a string may\nanswer 204 although it created the key, and a relative time to live starts anew. Everything else answers\n`outcome-unknown`.\n\n**Conditional requests.** A string has a strong `ETag`: XXH3 (64 bits) of its bytes as 16 hexadecimal digits, which is what Redis's\nown DIGEST gives from version 8.4 on; its JSON form has a tag of its own. `If-Match`, `If-None-Match` and `If-Range` are evaluated\nin the order of RFC 9110 section 13.2.2. A write is judged by the value and then made by a script that writes only if the value's\nbytes are still the same, so that no update is lost on any Redis; both together fail with 412. HEAD has a tag only where a\ncondition makes it read the value, and a 206 only with `If-Range`, `If-Match` or `If-None-Match`. A tag tells values apart that differ\nby chance; who can write a key can make two values that share one. On other routes `If-Match` and `If-None-Match` are 501 on a\nmethod that changes data rather than ignored; a transaction has `if_match` and `if_none_match`.\n\n**Idempotency-Key.** A write with this field runs once, however often it is sent: its answer is kept in Redis in the same atomic\nstep, for 24 hours unless set otherwise, and given to every repeat. The key belongs to the token that it came with, and to the hash\nslot of the request's first Redis key. Nothing is ever in flight twice: a repeat waits for the first. Since Baton may then send it\nagain, a lost connection costs the caller nothing.\n\n**Content coding.** Request bodies are taken uncompressed only; anything but `identity` is 415. A body of a method that takes\nnone is read and dropped.\n\n**Cross-site requests.** `Sec-Fetch-Site: cross-site` or `same-site` on a method that changes data is 403, unless\nits `Origin` is one of the setting `cors-origins`. To pages of those origins every answer says `Access-Control-Allow-Origin`, never with\ncredentials, and `Access-Control-Expose-Headers`; a preflight (`OPTIONS` with `Access-Control-Request-Method`) is answered for ten\nminutes with the methods of the path and the request fields that the API reads. Without the setting there is no CORS.\n\n**Hosts.** A request whose `:authority` or `Host` is none of the setting `allowed-hosts` is 421 (`/problems/misdirected-request`),\nexcept for `/livez`, `/readyz` and `/health`. Without tokens that setting is what names this machine.\n\n**Browsers** are told not to guess the type of what they get: `X-Content-Type-Options: nosniff` stands beside every `Content-Type`,\nover HTTP/2 where the request has `Sec-Fetch-Site` or `Origin`.\n\n**Timing.** With `Prefer: timing` an answer that Redis had a part in has `Server-Timing: redis;dur=` and the milliseconds from the\ncommand to the last reply, waiting for a connection included; and `Preference-Applied: timing`.\n\n**QUERY** (RFC 10008) is a safe method with a body, which this document cannot describe as an operation: the paths that have it,\n`/v1/commands` and `/v1/strings`, say so in their descriptions. It needs `Content-Type: application/json`.\n\n**OPTIONS** on any path answers 204 with `Allow`, without a token; `OPTIONS *` too. Other methods that a path does not\nhave are 405 with `Allow`.\n\nEvery response has `X-Request-Id`.\n"},"servers":[{"url":"http://127.0.0.1:6380"}],"security":[{"bearer":[]},{}],"tags":[{"name":"strings"},{"name":"keys"},{"name":"hashes"},{"name":"lists"},{"name":"sets"},{"name":"sorted sets"},{"name":"streams"},{"name":"scripts"},{"name":"channels","description":"Publish and subscribe. One subscription at Redis serves all subscribers of a channel on an event loop; a message reaches who\nlistens when it is published, and nobody else.\n"},{"name":"upstash","description":"The wire format of Upstash's REST API, for its SDKs, at `/` and at `/upstash`; repeated slashes count as one. Replies have the\nshapes of RESP2, errors are always JSON with `error`. The command policy is that of every other route, and blocking commands\nare refused. With the setting `upstash-token-in-query` the token may stand in `?_token=`.\n"},{"name":"commands","description":"Commands are judged before anything is sent, by their exact name in any case of letters and by what they would do to a\nconnection that many callers share. Refused are those that change identity, protocol, database or session, that\nsubscribe, monitor, wait, replicate, move data between servers or administer Redis, and those that Baton does not know\nand the operator has not named. Blocking commands are allowed on `/v1/commands`, with a wait that is bounded. `QUIT`,\n`SELECT` of the gateway's own database, `CLIENT SETNAME` and `CLIENT SETINFO` answer `OK` and change nothing.\n"},{"name":"maintenance"},{"name":"health"},{"name":"description"}],"paths":{"/v1/strings/{key}":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"},{"$ref":"#/components/parameters/ifMatch"},{"$ref":"#/components/parameters/ifNoneMatch"}],"get":{"operationId":"getString","tags":["strings"],"summary":"Read a string","description":"GET and PTTL. A single byte range is answered with 206; several ranges, a reversed or malformed one and other units\nare ignored (RFC 9110 section 14.2). A range reads no more of the value than it asks for.\n","parameters":[{"name":"If-Range","in":"header","description":"The range counts only if the value has this tag.","schema":{"type":"string"}},{"name":"Range","in":"header","schema":{"type":"string"},"examples":{"first":{"value":"bytes=0-3"},"last":{"value":"bytes=-4"}}}],"responses":{"200":{"description":"The value.","headers":{"ETag":{"$ref":"#/components/headers/ETag"},"Redis-TTL-Ms":{"$ref":"#/components/headers/TTL"},"Accept-Ranges":{"$ref":"#/components/headers/AcceptRanges"}},"content":{"application/octet-stream":{"schema":{"$ref":"#/components/schemas/Octets"}},"application/json":{"schema":{"$ref":"#/components/schemas/StringValue"},"examples":{"text":{"value":{"key":"user/1","value":"Ada"}},"bytes":{"value":{"key":"user/1","value":{"base64":"/wA="}}}}}}},"206":{"description":"A part of the value.","headers":{"Redis-TTL-Ms":{"$ref":"#/components/headers/TTL"},"Accept-Ranges":{"$ref":"#/components/headers/AcceptRanges"},"Content-Range":{"$ref":"#/components/headers/ContentRange"}},"content":{"application/octet-stream":{"schema":{"$ref":"#/components/schemas/Octets"}}}},"304":{"$ref":"#/components/responses/NotModified"},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"412":{"$ref":"#/components/responses/PreconditionFailed"},"416":{"description":"The value has no byte of the range.","headers":{"Content-Range":{"$ref":"#/components/headers/ContentRange"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headString","tags":["strings"],"summary":"The size and time to live of a string","description":"STRLEN and PTTL; with `Accept: application/json` or a condition what GET would do, without the body.","responses":{"200":{"description":"The key is a string; `Content-Length` is its size.","headers":{"Redis-TTL-Ms":{"$ref":"#/components/headers/TTL"},"Accept-Ranges":{"$ref":"#/components/headers/AcceptRanges"}}},"304":{"$ref":"#/components/responses/NotModified"},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"412":{"$ref":"#/components/responses/PreconditionFailed"},"default":{"$ref":"#/components/responses/Problem"}}},"put":{"operationId":"putString","tags":["strings"],"summary":"Write a string","description":"The body is the value, octet by octet, whatever its type says. EXISTS and SET in one write: the status\ntells whether the key was there just before. A value of another type is replaced, as SET does. Without an expiry parameter the\nkey loses its time to live; the three are mutually exclusive. With `Prefer: return=representation` the old value is\nreturned (`SET ... GET`); a key of another type is then 409. With a condition that preference is not applied.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"},{"name":"ttl_ms","in":"query","description":"Time to live in milliseconds.","schema":{"type":"integer","format":"int64","minimum":1}},{"name":"expire_at_ms","in":"query","description":"Unix time in milliseconds at which the key expires.","schema":{"type":"integer","format":"int64","minimum":1}},{"name":"keep_ttl","in":"query","description":"Keep the time to live that the key has.","schema":{"type":"boolean","default":false}},{"name":"Prefer","in":"header","schema":{"type":"string"},"example":"return=representation"}],"requestBody":{"required":false,"description":"Also without a content type; an empty body is the empty string.","content":{"application/octet-stream":{"schema":{"$ref":"#/components/schemas/Octets"},"examples":{"usual":{"value":"Ada"}}},"text/*":{"schema":{"type":"string"}},"application/json":{"schema":{}}}},"responses":{"200":{"description":"Replaced; the old value (`Prefer: return=representation`).","headers":{"Redis-TTL-Ms":{"$ref":"#/components/headers/TTL"},"Preference-Applied":{"$ref":"#/components/headers/PreferenceApplied"}},"content":{"application/octet-stream":{"schema":{"$ref":"#/components/schemas/Octets"}},"application/json":{"schema":{"$ref":"#/components/schemas/StringValue"},"examples":{"usual":{"value":{"key":"user/1","value":"Ada"}}}}}},"201":{"description":"Created.","headers":{"ETag":{"$ref":"#/components/headers/ETag"},"Location":{"description":"The path of the string.","schema":{"type":"string","format":"uri-reference"},"example":"/v1/strings/user%2F1"},"Redis-TTL-Ms":{"$ref":"#/components/headers/TTL"}}},"204":{"description":"Replaced.","headers":{"ETag":{"$ref":"#/components/headers/ETag"},"Redis-TTL-Ms":{"$ref":"#/components/headers/TTL"}}},"409":{"$ref":"#/components/responses/WrongType"},"412":{"$ref":"#/components/responses/PreconditionFailed"},"413":{"$ref":"#/components/responses/Problem"},"415":{"$ref":"#/components/responses/Problem"},"501":{"$ref":"#/components/responses/Problem"},"507":{"$ref":"#/components/responses/Problem"},"default":{"$ref":"#/components/responses/Problem"}}},"delete":{"operationId":"deleteString","tags":["strings"],"summary":"Delete a key","description":"UNLINK. As in Redis, the key may be of any type, unless there is a condition.","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"responses":{"204":{"description":"Deleted."},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"412":{"$ref":"#/components/responses/PreconditionFailed"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/keys/{key}":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getKey","tags":["keys"],"summary":"Describe a key","responses":{"200":{"description":"The key.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Key"},"examples":{"list":{"value":{"key":"jobs","type":"list","ttl_ms":null,"encoding":"listpack","length":3}}}}}},"404":{"$ref":"#/components/responses/KeyNotFound"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headKey","tags":["keys"],"summary":"Whether a key is there","responses":{"200":{"description":"It is."},"404":{"$ref":"#/components/responses/KeyNotFound"},"default":{"$ref":"#/components/responses/Problem"}}},"delete":{"operationId":"deleteKey","tags":["keys"],"summary":"Delete a key","description":"UNLINK.","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"responses":{"204":{"description":"Deleted."},"404":{"$ref":"#/components/responses/KeyNotFound"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/keys/{key}/ttl":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getTTL","tags":["keys"],"summary":"The time to live of a key","responses":{"200":{"description":"Milliseconds, or null when the key does not expire.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/TTL"},"examples":{"mortal":{"value":{"ttl_ms":59998}},"immortal":{"value":{"ttl_ms":null}}}}}},"404":{"$ref":"#/components/responses/KeyNotFound"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headTTL","tags":["keys"],"summary":"Whether a key is there","responses":{"200":{"description":"It is."},"404":{"$ref":"#/components/responses/KeyNotFound"},"default":{"$ref":"#/components/responses/Problem"}}},"put":{"operationId":"putTTL","tags":["keys"],"summary":"Set the time to live of a key","description":"PEXPIRE or PEXPIREAT, then PTTL. A moment in the past deletes the key, as in Redis; the answer is `{\"ttl_ms\":0}` then.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/TTLChange"},"examples":{"relative":{"value":{"ttl_ms":60000}},"conditional":{"value":{"expire_at_ms":1893456000000,"when":"gt"}}}}}},"responses":{"200":{"description":"The time to live that the key has now.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/TTL"},"examples":{"usual":{"value":{"ttl_ms":60000}}}}}},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"description":"The condition of `when` does not hold (`/problems/condition-failed`).","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"default":{"$ref":"#/components/responses/Problem"}}},"delete":{"operationId":"deleteTTL","tags":["keys"],"summary":"Make a key permanent","description":"PERSIST; idempotent, a key without a time to live is 204 too.","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"responses":{"204":{"description":"The key does not expire."},"404":{"$ref":"#/components/responses/KeyNotFound"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/strings/{key}/increment":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"incrementString","tags":["strings"],"summary":"Add to a number","description":"INCRBY or INCRBYFLOAT. A whole number is added exactly (int64); a fraction, or a number in a string, as a long double. Without a body 1 is added.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":false,"content":{"application/json":{"schema":{"type":"object","properties":{"by":{"$ref":"#/components/schemas/Number"}},"additionalProperties":false},"examples":{"usual":{"value":{"by":5}}}}}},"responses":{"200":{"description":"The new value.","content":{"application/json":{"schema":{"type":"object","properties":{"value":{"$ref":"#/components/schemas/Number"}},"required":["value"]},"examples":{"usual":{"value":{"value":15}}}}}},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/NotANumber"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/strings/{key}/append":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"appendString","tags":["strings"],"summary":"Append to a string","description":"APPEND; a missing key is made.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":false,"description":"The bytes are the value, also without a content type; an empty body is the empty string.","content":{"application/octet-stream":{"schema":{"$ref":"#/components/schemas/Octets"},"examples":{"usual":{"value":" Lovelace"}}},"text/*":{"schema":{"type":"string"}},"application/json":{"schema":{}}}},"responses":{"200":{"description":"The new length in bytes.","content":{"application/json":{"schema":{"type":"object","properties":{"length":{"type":"integer","format":"int64","minimum":0}},"required":["length"]},"examples":{"usual":{"value":{"length":12}}}}}},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/strings":{"description":"`QUERY` with `{\"keys\":[\"a\",{\"base64\":\"/wA=\"}]}` answers as GET does: for keys that are many, or any bytes.\n","parameters":[{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getStrings","tags":["strings"],"summary":"Read many strings","description":"MGET. What is missing, or no string, is null.\n","parameters":[{"name":"key","in":"query","description":"The keys.","required":true,"schema":{"type":"array","minItems":1,"items":{"type":"string"}},"example":["a","b"]},{"$ref":"#/components/parameters/keyEncoding"}],"responses":{"200":{"description":"The values by key.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Map"},"examples":{"usual":{"value":{"a":"1","b":{"base64":"/wA="}}}}}}},"400":{"$ref":"#/components/responses/Problem"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headStrings","tags":["strings"],"summary":"The same without the body","parameters":[{"name":"key","in":"query","description":"The keys.","required":true,"schema":{"type":"array","minItems":1,"items":{"type":"string"}},"example":["a","b"]},{"$ref":"#/components/parameters/keyEncoding"}],"responses":{"200":{"description":"As GET."},"400":{"$ref":"#/components/responses/Problem"},"default":{"$ref":"#/components/responses/Problem"}}},"patch":{"operationId":"patchStrings","tags":["strings"],"summary":"Write many strings","description":"MSET: all at once. Names that are not text need the form of pairs.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/MapInput"},"examples":{"usual":{"value":{"a":"1","b":{"base64":"/wA="}}}}}}},"responses":{"204":{"description":"Written."},"400":{"$ref":"#/components/responses/Problem"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/keys/{key}/rename":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"renameKey","tags":["keys"],"summary":"Rename a key","description":"RENAME, which replaces the target; RENAMENX with `if_absent`.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"to":{"$ref":"#/components/schemas/BytesInput"},"if_absent":{"type":"boolean","default":false}},"required":["to"],"additionalProperties":false},"examples":{"usual":{"value":{"to":"jobs2"}}}}}},"responses":{"204":{"description":"Renamed."},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/ConditionFailed"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/keys/{key}/copy":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"copyKey","tags":["keys"],"summary":"Copy a key","description":"COPY, with REPLACE if `replace` is true.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"to":{"$ref":"#/components/schemas/BytesInput"},"replace":{"type":"boolean","default":false}},"required":["to"],"additionalProperties":false},"examples":{"usual":{"value":{"to":"jobs2","replace":true}}}}}},"responses":{"201":{"description":"Copied to a new key.","headers":{"Location":{"$ref":"#/components/headers/Location"}}},"204":{"description":"Copied, in place of what was there."},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/ConditionFailed"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/keys":{"parameters":[{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getKeys","tags":["keys"],"summary":"A page of keys","description":"SCAN. A page may be empty while there are more; a key may come twice.\n\nWith `Accept: application/x-ndjson` the whole scan from `cursor` on, a line `{\"key\":...}` for each key, as fast as it is read.\nIf it cannot be finished, the last line is `{\"error\":...}` with a problem.\n","parameters":[{"name":"cursor","in":"query","description":"Where to go on; `next_cursor` of the page before.","schema":{"type":"string","pattern":"^[0-9]+$"}},{"name":"match","in":"query","description":"A glob pattern (SCAN MATCH).","schema":{"type":"string"},"example":"user/*"},{"name":"type","in":"query","description":"Only keys of this type.","schema":{"type":"string"}},{"name":"count","in":"query","description":"How many keys to look at, about.","schema":{"type":"integer","minimum":1,"maximum":100000},"example":100}],"responses":{"200":{"description":"A page.","headers":{"Link":{"$ref":"#/components/headers/Link"}},"content":{"application/json":{"schema":{"type":"object","properties":{"keys":{"type":"array","items":{"$ref":"#/components/schemas/Bytes"}},"next_cursor":{"type":["string","null"]}},"required":["keys","next_cursor"]},"examples":{"usual":{"value":{"keys":["user/1"],"next_cursor":null}}}},"application/x-ndjson":{"schema":{"type":"string"},"examples":{"usual":{"value":"{\"key\":\"user/1\"}\n"}}}}},"400":{"$ref":"#/components/responses/Problem"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headKeys","tags":["keys"],"summary":"The same without the body","parameters":[{"name":"cursor","in":"query","description":"Where to go on; `next_cursor` of the page before.","schema":{"type":"string","pattern":"^[0-9]+$"}},{"name":"match","in":"query","description":"A glob pattern (SCAN MATCH).","schema":{"type":"string"}},{"name":"type","in":"query","description":"Only keys of this type.","schema":{"type":"string"}},{"name":"count","in":"query","description":"How many keys to look at, about.","schema":{"type":"integer","minimum":1,"maximum":100000}}],"responses":{"200":{"description":"As GET."},"400":{"$ref":"#/components/responses/Problem"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/hashes/{key}":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getHash","tags":["hashes"],"summary":"Read a hash","description":"HGETALL; HMGET with `field`.\n","parameters":[{"name":"field","in":"query","description":"Only these fields; those that are missing are null.","schema":{"type":"array","items":{"type":"string"}},"example":["name","email"]}],"responses":{"200":{"description":"The values by field.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Map"},"examples":{"all":{"value":{"name":"Ada","age":"36"}},"fields":{"value":{"name":"Ada","email":null}}}}}},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headHash","tags":["hashes"],"summary":"Whether a hash is there","parameters":[{"name":"field","in":"query","description":"Only these fields; those that are missing are null.","schema":{"type":"array","items":{"type":"string"}}}],"responses":{"200":{"description":"It is."},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"put":{"operationId":"putHash","tags":["hashes"],"summary":"Replace a hash","description":"UNLINK and HSET in one transaction. As with PUT of a string, what was there may be of any type, and its time to live is dropped.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/MapInput"},"examples":{"usual":{"value":{"name":"Ada"}}}}}},"responses":{"201":{"description":"Created.","headers":{"Location":{"$ref":"#/components/headers/Location"}}},"204":{"description":"Replaced."},"400":{"$ref":"#/components/responses/Problem"},"default":{"$ref":"#/components/responses/Problem"}}},"patch":{"operationId":"patchHash","tags":["hashes"],"summary":"Change fields of a hash","description":"HSET, and HDEL of the fields that are null, in one transaction.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/MapPatch"},"examples":{"usual":{"value":{"name":"Ada","age":null}}}}}},"responses":{"204":{"description":"Changed."},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"delete":{"operationId":"deleteHash","tags":["hashes"],"summary":"Delete a key","description":"UNLINK. As in Redis, the key may be of any type.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"responses":{"204":{"description":"Deleted."},"404":{"$ref":"#/components/responses/KeyNotFound"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/hashes/{key}/fields/{field}":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/field"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getHashField","tags":["hashes"],"summary":"Read a field","description":"HGET.\n","responses":{"200":{"description":"The value.","content":{"application/octet-stream":{"schema":{"$ref":"#/components/schemas/Octets"}},"application/json":{"schema":{"type":"object","properties":{"value":{"$ref":"#/components/schemas/Bytes"}},"required":["value"]},"examples":{"usual":{"value":{"value":"Ada"}}}}}},"404":{"$ref":"#/components/responses/ElementNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headHashField","tags":["hashes"],"summary":"Whether a field is there","responses":{"200":{"description":"It is."},"404":{"$ref":"#/components/responses/ElementNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"put":{"operationId":"putHashField","tags":["hashes"],"summary":"Write a field","description":"HSET.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":false,"description":"The bytes are the value, also without a content type; an empty body is the empty string.","content":{"application/octet-stream":{"schema":{"$ref":"#/components/schemas/Octets"},"examples":{"usual":{"value":"Ada"}}},"text/*":{"schema":{"type":"string"}},"application/json":{"schema":{}}}},"responses":{"201":{"description":"Created.","headers":{"Location":{"$ref":"#/components/headers/Location"}}},"204":{"description":"Replaced."},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"delete":{"operationId":"deleteHashField","tags":["hashes"],"summary":"Delete a field","description":"HDEL.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"responses":{"204":{"description":"Deleted."},"404":{"$ref":"#/components/responses/ElementNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/hashes/{key}/fields/{field}/increment":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/field"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"incrementHashField","tags":["hashes"],"summary":"Add to a number","description":"HINCRBY or HINCRBYFLOAT. A whole number is added exactly (int64); a fraction, or a number in a string, as a long double. Without a body 1 is added.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":false,"content":{"application/json":{"schema":{"type":"object","properties":{"by":{"$ref":"#/components/schemas/Number"}},"additionalProperties":false},"examples":{"usual":{"value":{"by":5}}}}}},"responses":{"200":{"description":"The new value.","content":{"application/json":{"schema":{"type":"object","properties":{"value":{"$ref":"#/components/schemas/Number"}},"required":["value"]},"examples":{"usual":{"value":{"value":15}}}}}},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/NotANumber"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/lists/{key}":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getList","tags":["lists"],"summary":"Read a list","description":"LRANGE, and LLEN.\n","parameters":[{"name":"start","in":"query","description":"The first index, from 0; negative from the end.","schema":{"type":"integer","format":"int64"}},{"name":"stop","in":"query","description":"The last index, inclusive.","schema":{"type":"integer","format":"int64"}}],"responses":{"200":{"description":"The items.","content":{"application/json":{"schema":{"type":"object","properties":{"length":{"type":"integer","format":"int64","minimum":0},"items":{"type":"array","items":{"$ref":"#/components/schemas/Bytes"}}},"required":["length","items"]},"examples":{"usual":{"value":{"length":3,"items":["a","b","c"]}}}}}},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headList","tags":["lists"],"summary":"Whether a list is there","parameters":[{"name":"start","in":"query","description":"The first index, from 0; negative from the end.","schema":{"type":"integer","format":"int64"}},{"name":"stop","in":"query","description":"The last index, inclusive.","schema":{"type":"integer","format":"int64"}}],"responses":{"200":{"description":"It is."},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"delete":{"operationId":"deleteList","tags":["lists"],"summary":"Delete a key","description":"UNLINK. As in Redis, the key may be of any type.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"responses":{"204":{"description":"Deleted."},"404":{"$ref":"#/components/responses/KeyNotFound"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/lists/{key}/push":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"pushList","tags":["lists"],"summary":"Push to a list","description":"RPUSH, or LPUSH for the left side; RPUSHX and LPUSHX with `if_exists`.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"side":{"enum":["left","right"],"default":"right"},"values":{"type":"array","items":{"$ref":"#/components/schemas/BytesInput"},"minItems":1},"if_exists":{"type":"boolean","default":false}},"required":["values"],"additionalProperties":false},"examples":{"usual":{"value":{"values":["a","b"]}}}}}},"responses":{"200":{"description":"The new length.","content":{"application/json":{"schema":{"type":"object","properties":{"length":{"type":"integer","format":"int64","minimum":0}},"required":["length"]},"examples":{"usual":{"value":{"length":2}}}}}},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/lists/{key}/pop":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"popList","tags":["lists"],"summary":"Pop from a list","description":"LPOP, or RPOP for the right side; BLMPOP with `wait_ms`, which is bounded by the gateway's setting and by Request-Timeout-Ms.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":false,"content":{"application/json":{"schema":{"type":"object","properties":{"side":{"enum":["left","right"],"default":"left"},"count":{"type":"integer","minimum":1,"maximum":1000000,"default":1},"wait_ms":{"type":"integer","minimum":0,"maximum":86400000,"default":0}},"additionalProperties":false},"examples":{"usual":{"value":{"count":2,"wait_ms":1000}}}}}},"responses":{"200":{"description":"What was popped.","content":{"application/json":{"schema":{"type":"object","properties":{"values":{"type":"array","items":{"$ref":"#/components/schemas/Bytes"}}},"required":["values"]},"examples":{"usual":{"value":{"values":["a","b"]}}}}}},"204":{"description":"There is nothing."},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/lists/{key}/items/{index}":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/index"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getListItem","tags":["lists"],"summary":"Read an item","description":"LINDEX.\n","responses":{"200":{"description":"The value.","content":{"application/octet-stream":{"schema":{"$ref":"#/components/schemas/Octets"}},"application/json":{"schema":{"type":"object","properties":{"value":{"$ref":"#/components/schemas/Bytes"}},"required":["value"]},"examples":{"usual":{"value":{"value":"c"}}}}}},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/ElementNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headListItem","tags":["lists"],"summary":"Whether an item is there","responses":{"200":{"description":"It is."},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/ElementNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"put":{"operationId":"putListItem","tags":["lists"],"summary":"Write an item","description":"LSET.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":false,"description":"The bytes are the value, also without a content type; an empty body is the empty string.","content":{"application/octet-stream":{"schema":{"$ref":"#/components/schemas/Octets"},"examples":{"usual":{"value":"d"}}},"text/*":{"schema":{"type":"string"}},"application/json":{"schema":{}}}},"responses":{"204":{"description":"Written."},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/ElementNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/lists/{key}/move":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"moveListItem","tags":["lists"],"summary":"Move an item to another list","description":"LMOVE, or BLMOVE with `wait_ms`.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"to":{"$ref":"#/components/schemas/BytesInput"},"from_side":{"enum":["left","right"],"default":"left"},"to_side":{"enum":["left","right"],"default":"right"},"wait_ms":{"type":"integer","minimum":0,"maximum":86400000,"default":0}},"required":["to"],"additionalProperties":false},"examples":{"usual":{"value":{"to":"done"}}}}}},"responses":{"200":{"description":"What was moved.","content":{"application/json":{"schema":{"type":"object","properties":{"value":{"$ref":"#/components/schemas/Bytes"}},"required":["value"]},"examples":{"usual":{"value":{"value":"a"}}}}}},"204":{"description":"There is nothing."},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/lists/{key}/trim":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"trimList","tags":["lists"],"summary":"Keep a part of a list","description":"LTRIM.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"start":{"type":"integer","format":"int64"},"stop":{"type":"integer","format":"int64"}},"required":["start","stop"],"additionalProperties":false},"examples":{"usual":{"value":{"start":0,"stop":99}}}}}},"responses":{"204":{"description":"Trimmed."},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/lists/{key}/insert":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"insertIntoList","tags":["lists"],"summary":"Insert beside an item","description":"LINSERT. One of `before` and `after` is needed.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"before":{"$ref":"#/components/schemas/BytesInput"},"after":{"$ref":"#/components/schemas/BytesInput"},"value":{"$ref":"#/components/schemas/BytesInput"}},"required":["value"],"additionalProperties":false},"examples":{"usual":{"value":{"before":"b","value":"a"}}}}}},"responses":{"200":{"description":"The new length.","content":{"application/json":{"schema":{"type":"object","properties":{"length":{"type":"integer","format":"int64","minimum":0}},"required":["length"]},"examples":{"usual":{"value":{"length":3}}}}}},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/NotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/sets/{key}":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getSet","tags":["sets"],"summary":"Read a set","description":"SMEMBERS.\n","responses":{"200":{"description":"The members.","content":{"application/json":{"schema":{"type":"object","properties":{"members":{"type":"array","items":{"$ref":"#/components/schemas/Bytes"}}},"required":["members"]},"examples":{"usual":{"value":{"members":["a"]}}}}}},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headSet","tags":["sets"],"summary":"Whether a set is there","responses":{"200":{"description":"It is."},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"delete":{"operationId":"deleteSet","tags":["sets"],"summary":"Delete a key","description":"UNLINK. As in Redis, the key may be of any type.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"responses":{"204":{"description":"Deleted."},"404":{"$ref":"#/components/responses/KeyNotFound"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/sets/{key}/add":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"addToSet","tags":["sets"],"summary":"Add members","description":"SADD.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"members":{"type":"array","items":{"$ref":"#/components/schemas/BytesInput"},"minItems":1}},"required":["members"],"additionalProperties":false},"examples":{"usual":{"value":{"members":["a","b"]}}}}}},"responses":{"200":{"description":"How many are new.","content":{"application/json":{"schema":{"type":"object","properties":{"added":{"type":"integer","format":"int64","minimum":0}},"required":["added"]},"examples":{"usual":{"value":{"added":1}}}}}},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/sets/{key}/remove":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"removeFromSet","tags":["sets"],"summary":"Remove members","description":"SREM.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"members":{"type":"array","items":{"$ref":"#/components/schemas/BytesInput"},"minItems":1}},"required":["members"],"additionalProperties":false},"examples":{"usual":{"value":{"members":["a","b"]}}}}}},"responses":{"200":{"description":"How many were there.","content":{"application/json":{"schema":{"type":"object","properties":{"removed":{"type":"integer","format":"int64","minimum":0}},"required":["removed"]},"examples":{"usual":{"value":{"removed":1}}}}}},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/sets/{key}/pop":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"popSet","tags":["sets"],"summary":"Pop random members","description":"SPOP.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":false,"content":{"application/json":{"schema":{"type":"object","properties":{"count":{"type":"integer","minimum":1,"maximum":1000000,"default":1}},"additionalProperties":false},"examples":{"usual":{"value":{"count":2}}}}}},"responses":{"200":{"description":"What was popped.","content":{"application/json":{"schema":{"type":"object","properties":{"members":{"type":"array","items":{"$ref":"#/components/schemas/Bytes"}}},"required":["members"]},"examples":{"usual":{"value":{"members":["a"]}}}}}},"204":{"description":"There is nothing."},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/sets/{key}/members/{member}":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/member"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"head":{"operationId":"headSetMember","tags":["sets"],"summary":"Whether a member is there","description":"SISMEMBER.\n","responses":{"204":{"description":"It is."},"404":{"$ref":"#/components/responses/ElementNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"put":{"operationId":"putSetMember","tags":["sets"],"summary":"Add a member","description":"SADD.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"responses":{"201":{"description":"Added.","headers":{"Location":{"$ref":"#/components/headers/Location"}}},"204":{"description":"It is there already."},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"delete":{"operationId":"deleteSetMember","tags":["sets"],"summary":"Remove a member","description":"SREM.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"responses":{"204":{"description":"Removed."},"404":{"$ref":"#/components/responses/ElementNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/set-operations/union":{"parameters":[{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getUnion","tags":["sets"],"summary":"The union of sets","description":"SUNION.\n","parameters":[{"name":"key","in":"query","description":"The sets' keys.","required":true,"schema":{"type":"array","minItems":1,"items":{"type":"string"}},"example":["a","b"]},{"$ref":"#/components/parameters/keyEncoding"}],"responses":{"200":{"description":"The members.","content":{"application/json":{"schema":{"type":"object","properties":{"members":{"type":"array","items":{"$ref":"#/components/schemas/Bytes"}}},"required":["members"]},"examples":{"usual":{"value":{"members":["1","2"]}}}}}},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headUnion","tags":["sets"],"summary":"The same without the body","parameters":[{"name":"key","in":"query","description":"The sets' keys.","required":true,"schema":{"type":"array","minItems":1,"items":{"type":"string"}},"example":["a","b"]},{"$ref":"#/components/parameters/keyEncoding"}],"responses":{"200":{"description":"As GET."},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/set-operations/intersection":{"parameters":[{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getIntersection","tags":["sets"],"summary":"The intersection of sets","description":"SINTER.\n","parameters":[{"name":"key","in":"query","description":"The sets' keys.","required":true,"schema":{"type":"array","minItems":1,"items":{"type":"string"}},"example":["a","b"]},{"$ref":"#/components/parameters/keyEncoding"}],"responses":{"200":{"description":"The members.","content":{"application/json":{"schema":{"type":"object","properties":{"members":{"type":"array","items":{"$ref":"#/components/schemas/Bytes"}}},"required":["members"]},"examples":{"usual":{"value":{"members":["2"]}}}}}},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headIntersection","tags":["sets"],"summary":"The same without the body","parameters":[{"name":"key","in":"query","description":"The sets' keys.","required":true,"schema":{"type":"array","minItems":1,"items":{"type":"string"}},"example":["a","b"]},{"$ref":"#/components/parameters/keyEncoding"}],"responses":{"200":{"description":"As GET."},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/set-operations/difference":{"parameters":[{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getDifference","tags":["sets"],"summary":"The difference of sets","description":"SDIFF.\n","parameters":[{"name":"key","in":"query","description":"The sets' keys.","required":true,"schema":{"type":"array","minItems":1,"items":{"type":"string"}},"example":["a","b"]},{"$ref":"#/components/parameters/keyEncoding"}],"responses":{"200":{"description":"The members.","content":{"application/json":{"schema":{"type":"object","properties":{"members":{"type":"array","items":{"$ref":"#/components/schemas/Bytes"}}},"required":["members"]},"examples":{"usual":{"value":{"members":["1"]}}}}}},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headDifference","tags":["sets"],"summary":"The same without the body","parameters":[{"name":"key","in":"query","description":"The sets' keys.","required":true,"schema":{"type":"array","minItems":1,"items":{"type":"string"}},"example":["a","b"]},{"$ref":"#/components/parameters/keyEncoding"}],"responses":{"200":{"description":"As GET."},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/sorted-sets/{key}":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getSortedSet","tags":["sorted sets"],"summary":"Read a sorted set","description":"ZRANGE. By rank `offset` and `limit` take the place of `min` and `max`. By lex there are no scores.\n","parameters":[{"name":"by","in":"query","description":"What `min` and `max` are.","schema":{"enum":["rank","score","lex"],"default":"rank"}},{"name":"min","in":"query","description":"The lower bound: a rank, a score (`(` excludes it), or a member behind `[` or `(`.","schema":{"type":"string"}},{"name":"max","in":"query","description":"The upper bound.","schema":{"type":"string"}},{"name":"rev","in":"query","description":"From the highest to the lowest.","schema":{"type":"boolean","default":false}},{"name":"offset","in":"query","description":"How many to pass over.","schema":{"type":"integer","format":"int64","minimum":0}},{"name":"limit","in":"query","description":"How many at most.","schema":{"type":"integer","format":"int64","minimum":1}}],"responses":{"200":{"description":"The members.","content":{"application/json":{"schema":{"type":"object","properties":{"members":{"type":"array","items":{"oneOf":[{"$ref":"#/components/schemas/ScoredMember"},{"type":"object","properties":{"member":{"$ref":"#/components/schemas/Bytes"}},"required":["member"],"additionalProperties":false}]}}},"required":["members"]},"examples":{"usual":{"value":{"members":[{"member":"a","score":1.5},{"member":"b","score":2}]}}}}}},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headSortedSet","tags":["sorted sets"],"summary":"Whether a sorted set is there","parameters":[{"name":"by","in":"query","description":"What `min` and `max` are.","schema":{"enum":["rank","score","lex"],"default":"rank"}},{"name":"min","in":"query","description":"The lower bound: a rank, a score (`(` excludes it), or a member behind `[` or `(`.","schema":{"type":"string"}},{"name":"max","in":"query","description":"The upper bound.","schema":{"type":"string"}},{"name":"rev","in":"query","description":"From the highest to the lowest.","schema":{"type":"boolean","default":false}},{"name":"offset","in":"query","description":"How many to pass over.","schema":{"type":"integer","format":"int64","minimum":0}},{"name":"limit","in":"query","description":"How many at most.","schema":{"type":"integer","format":"int64","minimum":1}}],"responses":{"200":{"description":"It is."},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"delete":{"operationId":"deleteSortedSet","tags":["sorted sets"],"summary":"Delete a key","description":"UNLINK. As in Redis, the key may be of any type.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"responses":{"204":{"description":"Deleted."},"404":{"$ref":"#/components/responses/KeyNotFound"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/sorted-sets/{key}/add":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"addToSortedSet","tags":["sorted sets"],"summary":"Add or change members","description":"ZADD with CH.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"members":{"type":"array","items":{"$ref":"#/components/schemas/ScoredMemberInput"},"minItems":1},"when":{"enum":["nx","xx","gt","lt"]}},"required":["members"],"additionalProperties":false},"examples":{"usual":{"value":{"members":[{"member":"a","score":1.5}],"when":"gt"}}}}}},"responses":{"200":{"description":"How many were added or changed.","content":{"application/json":{"schema":{"type":"object","properties":{"changed":{"type":"integer","format":"int64","minimum":0}},"required":["changed"]},"examples":{"usual":{"value":{"changed":1}}}}}},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/sorted-sets/{key}/remove":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"removeFromSortedSet","tags":["sorted sets"],"summary":"Remove members","description":"ZREM.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"members":{"type":"array","items":{"$ref":"#/components/schemas/BytesInput"},"minItems":1}},"required":["members"],"additionalProperties":false},"examples":{"usual":{"value":{"members":["a","b"]}}}}}},"responses":{"200":{"description":"How many were there.","content":{"application/json":{"schema":{"type":"object","properties":{"removed":{"type":"integer","format":"int64","minimum":0}},"required":["removed"]},"examples":{"usual":{"value":{"removed":2}}}}}},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/sorted-sets/{key}/pop":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"popSortedSet","tags":["sorted sets"],"summary":"Pop members","description":"ZPOPMIN or ZPOPMAX; BZMPOP with `wait_ms`.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":false,"content":{"application/json":{"schema":{"type":"object","properties":{"side":{"enum":["min","max"],"default":"min"},"count":{"type":"integer","minimum":1,"maximum":1000000,"default":1},"wait_ms":{"type":"integer","minimum":0,"maximum":86400000,"default":0}},"additionalProperties":false},"examples":{"usual":{"value":{"side":"max"}}}}}},"responses":{"200":{"description":"What was popped.","content":{"application/json":{"schema":{"type":"object","properties":{"members":{"type":"array","items":{"$ref":"#/components/schemas/ScoredMember"}}},"required":["members"]},"examples":{"usual":{"value":{"members":[{"member":"b","score":2}]}}}}}},"204":{"description":"There is nothing."},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/sorted-sets/{key}/members/{member}":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/member"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getSortedSetMember","tags":["sorted sets"],"summary":"The score and the rank of a member","description":"ZSCORE and ZRANK.\n","responses":{"200":{"description":"The member.","content":{"application/json":{"schema":{"type":"object","properties":{"score":{"$ref":"#/components/schemas/Number"},"rank":{"type":"integer","format":"int64","minimum":0}},"required":["score","rank"]},"examples":{"usual":{"value":{"score":1.5,"rank":0}}}}}},"404":{"$ref":"#/components/responses/ElementNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headSortedSetMember","tags":["sorted sets"],"summary":"Whether a member is there","responses":{"200":{"description":"It is."},"404":{"$ref":"#/components/responses/ElementNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"put":{"operationId":"putSortedSetMember","tags":["sorted sets"],"summary":"Set the score of a member","description":"ZADD. nx: only if it is new; xx: only if it is there; gt, lt: only if the score becomes greater, less.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"score":{"$ref":"#/components/schemas/Number"},"when":{"enum":["nx","xx","gt","lt"]}},"required":["score"],"additionalProperties":false},"examples":{"usual":{"value":{"score":1.5}}}}}},"responses":{"201":{"description":"Added.","headers":{"Location":{"$ref":"#/components/headers/Location"}}},"204":{"description":"Changed."},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/ConditionFailed"},"default":{"$ref":"#/components/responses/Problem"}}},"delete":{"operationId":"deleteSortedSetMember","tags":["sorted sets"],"summary":"Remove a member","description":"ZREM.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"responses":{"204":{"description":"Removed."},"404":{"$ref":"#/components/responses/ElementNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/sorted-sets/{key}/members/{member}/increment":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/member"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"incrementSortedSetMember","tags":["sorted sets"],"summary":"Add to a score","description":"ZINCRBY. Without a body 1 is added.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":false,"content":{"application/json":{"schema":{"type":"object","properties":{"by":{"$ref":"#/components/schemas/Number"}},"additionalProperties":false},"examples":{"usual":{"value":{"by":5}}}}}},"responses":{"200":{"description":"The new score.","content":{"application/json":{"schema":{"type":"object","properties":{"score":{"$ref":"#/components/schemas/Number"}},"required":["score"]},"examples":{"usual":{"value":{"score":6.5}}}}}},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/NotANumber"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/streams/{key}/entries":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getEntries","tags":["streams"],"summary":"Read entries","description":"XRANGE or XREVRANGE.\n\nWith `Accept: text/event-stream` server-sent events without an end: `event: message` with an entry, whose id is the event's, so that\n`Last-Event-ID` goes on exactly behind it. Without that, the entries from `start` on, or those that are added from now on. `: hb`\ncomes at least every 15 s. A lost connection to Redis, or a reader that is slow for a while, costs nothing but time: what is\nstill in the stream is sent. One connection to Redis waits for all readers of a stream on an event loop.\n","parameters":[{"name":"Last-Event-ID","in":"header","description":"The id behind which events go on.","schema":{"type":"string","pattern":"^[0-9]{1,19}(-[0-9]{1,19})?$"},"example":"1699999999999-0"},{"name":"start","in":"query","description":"The lowest id; `-` without, `(` excludes it.","schema":{"type":"string"}},{"name":"end","in":"query","description":"The highest id; `+` without.","schema":{"type":"string"}},{"name":"count","in":"query","description":"How many at most.","schema":{"type":"integer","minimum":1,"maximum":1000000}},{"name":"rev","in":"query","description":"The newest first.","schema":{"type":"boolean","default":false}}],"responses":{"200":{"description":"The entries.","content":{"application/json":{"schema":{"type":"object","properties":{"entries":{"type":"array","items":{"$ref":"#/components/schemas/Entry"}}},"required":["entries"]},"examples":{"usual":{"value":{"entries":[{"id":"1700000000000-0","fields":[["temperature","21.5"]]}]}}}},"text/event-stream":{"schema":{"type":"string"},"examples":{"usual":{"value":"retry: 1000\n\nid: 1700000000000-0\nevent: message\ndata: {\"id\":\"1700000000000-0\",\"fields\":[[\"temperature\",\"21.5\"]]}\n\n"}}}}},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headEntries","tags":["streams"],"summary":"Whether a stream is there","parameters":[{"name":"start","in":"query","description":"The lowest id; `-` without, `(` excludes it.","schema":{"type":"string"}},{"name":"end","in":"query","description":"The highest id; `+` without.","schema":{"type":"string"}},{"name":"count","in":"query","description":"How many at most.","schema":{"type":"integer","minimum":1,"maximum":1000000}},{"name":"rev","in":"query","description":"The newest first.","schema":{"type":"boolean","default":false}}],"responses":{"200":{"description":"It is."},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"post":{"operationId":"addEntry","tags":["streams"],"summary":"Add an entry","description":"XADD; with `if_exists` only to a stream that is there. `max_length` or `min_id` trims it.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"fields":{"$ref":"#/components/schemas/MapInput"},"id":{"$ref":"#/components/schemas/BytesInput"},"if_exists":{"type":"boolean","default":false},"max_length":{"type":"integer","format":"int64","minimum":0},"min_id":{"$ref":"#/components/schemas/BytesInput"},"approximate":{"type":"boolean","default":false}},"required":["fields"],"additionalProperties":false},"examples":{"usual":{"value":{"fields":{"temperature":"21.5"}}}}}}},"responses":{"201":{"description":"Added.","headers":{"Location":{"$ref":"#/components/headers/Location"}},"content":{"application/json":{"schema":{"type":"object","properties":{"id":{"type":"string"}},"required":["id"]},"examples":{"usual":{"value":{"id":"1700000000000-0"}}}}}},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/Conflict"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/streams/{key}/entries/trim":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"trimStream","tags":["streams"],"summary":"Trim a stream","description":"XTRIM. One of `max_length` and `min_id` is needed.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"max_length":{"type":"integer","format":"int64","minimum":0},"min_id":{"$ref":"#/components/schemas/BytesInput"},"approximate":{"type":"boolean","default":false}},"additionalProperties":false},"examples":{"usual":{"value":{"max_length":1000,"approximate":true}}}}}},"responses":{"200":{"description":"How many entries went.","content":{"application/json":{"schema":{"type":"object","properties":{"removed":{"type":"integer","format":"int64","minimum":0}},"required":["removed"]},"examples":{"usual":{"value":{"removed":0}}}}}},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/streams/{key}/entries/{id}":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/entryID"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getEntry","tags":["streams"],"summary":"Read an entry","description":"XRANGE.\n","responses":{"200":{"description":"The entry.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Entry"},"examples":{"usual":{"value":{"id":"1700000000000-0","fields":[["temperature","21.5"]]}}}}}},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/ElementNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headEntry","tags":["streams"],"summary":"Whether an entry is there","responses":{"200":{"description":"It is."},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/ElementNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"delete":{"operationId":"deleteEntry","tags":["streams"],"summary":"Delete an entry","description":"XDEL.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"responses":{"204":{"description":"Deleted."},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/ElementNotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/streams/{key}/groups/{group}":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/group"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getGroup","tags":["streams"],"summary":"What a group has not acknowledged","description":"XPENDING.\n","responses":{"200":{"description":"A summary.","content":{"application/json":{"schema":{"type":"object","properties":{"pending":{"type":"integer","format":"int64","minimum":0},"first_id":{"type":["string","null"]},"last_id":{"type":["string","null"]},"consumers":{"type":"array","items":{"type":"object","properties":{"name":{"$ref":"#/components/schemas/Bytes"},"pending":{"type":"integer","format":"int64","minimum":0}},"required":["name","pending"]}}},"required":["pending","first_id","last_id","consumers"]},"examples":{"usual":{"value":{"pending":1,"first_id":"1700000000000-0","last_id":"1700000000000-0","consumers":[{"name":"worker-1","pending":1}]}}}}}},"404":{"$ref":"#/components/responses/NotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headGroup","tags":["streams"],"summary":"Whether a group is there","responses":{"200":{"description":"It is."},"404":{"$ref":"#/components/responses/NotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"put":{"operationId":"putGroup","tags":["streams"],"summary":"Make a group","description":"XGROUP CREATE, from `start` on (`$` without: only new entries). A group that is there is 409.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":false,"content":{"application/json":{"schema":{"type":"object","properties":{"start":{"$ref":"#/components/schemas/BytesInput"},"create_stream":{"type":"boolean","default":false}},"additionalProperties":false},"examples":{"usual":{"value":{"start":"0","create_stream":true}}}}}},"responses":{"201":{"description":"Made.","headers":{"Location":{"$ref":"#/components/headers/Location"}}},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/KeyNotFound"},"409":{"$ref":"#/components/responses/Conflict"},"default":{"$ref":"#/components/responses/Problem"}}},"delete":{"operationId":"deleteGroup","tags":["streams"],"summary":"Remove a group","description":"XGROUP DESTROY.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"responses":{"204":{"description":"Removed."},"404":{"$ref":"#/components/responses/NotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/streams/{key}/groups/{group}/read":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/group"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"readGroup","tags":["streams"],"summary":"Read as a consumer","description":"XREADGROUP, of new entries, or of the consumer's own from `start` on; `wait_ms` waits for new ones.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"consumer":{"$ref":"#/components/schemas/BytesInput"},"start":{"$ref":"#/components/schemas/BytesInput"},"no_ack":{"type":"boolean","default":false},"count":{"type":"integer","minimum":1,"maximum":1000000},"wait_ms":{"type":"integer","minimum":0,"maximum":86400000,"default":0}},"required":["consumer"],"additionalProperties":false},"examples":{"usual":{"value":{"consumer":"worker-1","count":10,"wait_ms":1000}}}}}},"responses":{"200":{"description":"The entries.","content":{"application/json":{"schema":{"type":"object","properties":{"entries":{"type":"array","items":{"$ref":"#/components/schemas/Entry"}}},"required":["entries"]},"examples":{"usual":{"value":{"entries":[{"id":"1700000000000-0","fields":[["temperature","21.5"]]}]}}}}}},"204":{"description":"There is nothing."},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/NotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/streams/{key}/groups/{group}/ack":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/group"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"acknowledge","tags":["streams"],"summary":"Acknowledge entries","description":"XACK.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"ids":{"type":"array","items":{"$ref":"#/components/schemas/BytesInput"},"minItems":1}},"required":["ids"],"additionalProperties":false},"examples":{"usual":{"value":{"ids":["1700000000000-0"]}}}}}},"responses":{"200":{"description":"How many were pending.","content":{"application/json":{"schema":{"type":"object","properties":{"acknowledged":{"type":"integer","format":"int64","minimum":0}},"required":["acknowledged"]},"examples":{"usual":{"value":{"acknowledged":1}}}}}},"400":{"$ref":"#/components/responses/Problem"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/streams/{key}/groups/{group}/claim":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/group"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"claim","tags":["streams"],"summary":"Take over entries of other consumers","description":"XCLAIM of `ids`; XAUTOCLAIM without, from `start` on.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","properties":{"consumer":{"$ref":"#/components/schemas/BytesInput"},"min_idle_ms":{"type":"integer","format":"int64","minimum":0},"ids":{"type":"array","items":{"$ref":"#/components/schemas/BytesInput"},"minItems":1},"start":{"$ref":"#/components/schemas/BytesInput"},"count":{"type":"integer","minimum":1,"maximum":1000000}},"required":["consumer"],"additionalProperties":false},"examples":{"usual":{"value":{"consumer":"worker-2","min_idle_ms":60000}}}}}},"responses":{"200":{"description":"The entries; without `ids` also where to go on, and the ids of entries that are gone.","content":{"application/json":{"schema":{"type":"object","properties":{"next_start":{"type":"string"},"entries":{"type":"array","items":{"$ref":"#/components/schemas/Entry"}},"deleted":{"type":"array","items":{"type":"string"}}},"required":["entries"]},"examples":{"usual":{"value":{"next_start":"0-0","entries":[{"id":"1700000000000-0","fields":[["temperature","21.5"]]}],"deleted":[]}}}}}},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/NotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/streams/{key}/groups/{group}/pending":{"parameters":[{"$ref":"#/components/parameters/key"},{"$ref":"#/components/parameters/group"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getPending","tags":["streams"],"summary":"The entries that are not acknowledged","description":"XPENDING.\n","parameters":[{"name":"start","in":"query","description":"The lowest id.","schema":{"type":"string"}},{"name":"end","in":"query","description":"The highest id.","schema":{"type":"string"}},{"name":"count","in":"query","description":"How many at most.","schema":{"type":"integer","minimum":1,"maximum":1000000,"default":100}},{"name":"consumer","in":"query","description":"Only this consumer's.","schema":{"type":"string"}},{"name":"min_idle_ms","in":"query","description":"Only those that have waited as long.","schema":{"type":"integer","format":"int64","minimum":0}}],"responses":{"200":{"description":"The entries.","content":{"application/json":{"schema":{"type":"object","properties":{"pending":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},"consumer":{"$ref":"#/components/schemas/Bytes"},"idle_ms":{"type":"integer","format":"int64","minimum":0},"deliveries":{"type":"integer","format":"int64","minimum":0}},"required":["id","consumer","idle_ms","deliveries"]}}},"required":["pending"]},"examples":{"usual":{"value":{"pending":[{"id":"1700000000000-0","consumer":"worker-1","idle_ms":1200,"deliveries":1}]}}}}}},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/NotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headPending","tags":["streams"],"summary":"The same without the body","parameters":[{"name":"start","in":"query","description":"The lowest id.","schema":{"type":"string"}},{"name":"end","in":"query","description":"The highest id.","schema":{"type":"string"}},{"name":"count","in":"query","description":"How many at most.","schema":{"type":"integer","minimum":1,"maximum":1000000,"default":100}},{"name":"consumer","in":"query","description":"Only this consumer's.","schema":{"type":"string"}},{"name":"min_idle_ms","in":"query","description":"Only those that have waited as long.","schema":{"type":"integer","format":"int64","minimum":0}}],"responses":{"200":{"description":"As GET."},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/NotFound"},"409":{"$ref":"#/components/responses/WrongType"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/scripts":{"parameters":[{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"loadScript","tags":["scripts"],"summary":"Load a script","description":"SCRIPT LOAD. The body is the Lua source.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":false,"description":"The bytes are the value, also without a content type; an empty body is the empty string.","content":{"application/octet-stream":{"schema":{"$ref":"#/components/schemas/Octets"},"examples":{"usual":{"value":"return 1"}}},"text/*":{"schema":{"type":"string"}},"application/json":{"schema":{}}}},"responses":{"201":{"description":"Loaded.","headers":{"Location":{"$ref":"#/components/headers/Location"}},"content":{"application/json":{"schema":{"type":"object","properties":{"sha":{"type":"string"}},"required":["sha"]},"examples":{"usual":{"value":{"sha":"e0e1f9fabfc9d4800c877a703b823ac0578ff8db"}}}}}},"400":{"$ref":"#/components/responses/Problem"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/scripts/{sha}/invocations":{"parameters":[{"$ref":"#/components/parameters/sha"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"invokeScript","tags":["scripts"],"summary":"Run a script","description":"EVALSHA, or EVALSHA_RO with `read_only`. A script that failed may have changed data before.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":false,"content":{"application/json":{"schema":{"type":"object","properties":{"keys":{"type":"array","items":{"$ref":"#/components/schemas/BytesInput"}},"arguments":{"type":"array","items":{"$ref":"#/components/schemas/BytesInput"}},"read_only":{"type":"boolean","default":false}},"additionalProperties":false},"examples":{"usual":{"value":{"keys":["k"],"arguments":["1"]}}}}}},"responses":{"200":{"description":"What it returned.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Result"},"examples":{"usual":{"value":{"result":1}}}}}},"400":{"$ref":"#/components/responses/Problem"},"404":{"$ref":"#/components/responses/NotFound"},"422":{"$ref":"#/components/responses/Problem"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/functions/{name}/invocations":{"parameters":[{"$ref":"#/components/parameters/functionName"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"invokeFunction","tags":["scripts"],"summary":"Call a function","description":"FCALL, or FCALL_RO with `read_only`.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":false,"content":{"application/json":{"schema":{"type":"object","properties":{"keys":{"type":"array","items":{"$ref":"#/components/schemas/BytesInput"}},"arguments":{"type":"array","items":{"$ref":"#/components/schemas/BytesInput"}},"read_only":{"type":"boolean","default":false}},"additionalProperties":false},"examples":{"usual":{"value":{"keys":["k"],"arguments":["1"]}}}}}},"responses":{"200":{"description":"What it returned.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Result"},"examples":{"usual":{"value":{"result":9}}}}}},"400":{"$ref":"#/components/responses/Problem"},"422":{"$ref":"#/components/responses/Problem"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/commands":{"description":"`QUERY` takes and answers what POST does, for commands that only read (scope `read`). A command that may change data is 422\n(`/problems/not-read-only`).\n","parameters":[{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"postCommand","tags":["commands"],"summary":"Run one command","description":"A blocking command (`BLPOP`, `BRPOP`, `BRPOPLPUSH`, `BLMOVE`, `BLMPOP`, `BZPOPMIN`, `BZPOPMAX`, `BZMPOP`, `XREAD` and\n`XREADGROUP` with `BLOCK`) waits on a connection of its own, at most as long as the gateway's setting; 0 means that\nmaximum. `Request-Timeout-Ms` from 200 on shortens the wait so that the answer comes before it. A timeout that cannot be read as\nplain decimal digits is 400.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"oneOf":[{"$ref":"#/components/schemas/Command"},{"type":"object","properties":{"command":{"$ref":"#/components/schemas/Command"}},"required":["command"],"additionalProperties":false}]},"examples":{"array":{"value":["GET","k"]},"object":{"value":{"command":["SET","k",{"base64":"/wA="}]}},"increment":{"value":["INCR","visits"]}}}}},"responses":{"200":{"description":"The reply of Redis.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Result"},"examples":{"text":{"value":{"result":"v"}},"status":{"value":{"result":"OK"}},"number":{"value":{"result":9223372036854775807}}}},"application/x-resp":{"schema":{"type":"string","description":"The reply in RESP3, without attributes. Errors are problems all the same."}}}},"400":{"$ref":"#/components/responses/Problem"},"403":{"description":"The command is refused (`/problems/command-not-allowed`), or the token's scopes do not allow it\n(`/problems/insufficient-scope`), or it names a key that the token is not for, or none that could be told\n(`/problems/key-not-allowed`).\n","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"refused":{"value":{"type":"/problems/command-not-allowed","title":"Command not allowed","status":403,"detail":"It would show the traffic of others.","instance":"6f1c2a9e00d41b37","command":"MONITOR","outcome":"not-executed","retryable":false}}}}}},"409":{"$ref":"#/components/responses/WrongType"},"415":{"$ref":"#/components/responses/Problem"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/pipelines":{"parameters":[{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"postPipeline","tags":["commands"],"summary":"Run commands in one write","description":"Order is kept, atomicity is not promised. An error of one command is one of the results. A command that is refused\nrefuses the whole batch before anything runs; blocking commands are refused here. When the connection is lost, the\nbatch is sent again only if all commands are reads, or overwrites followed by reads.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Batch"},"examples":{"batch":{"value":{"commands":[["SET","k","v"],["INCR","k"]]}}}}}},"responses":{"200":{"description":"One result a command, in order.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Results"},"examples":{"usual":{"value":{"results":[{"result":"OK"},{"error":{"type":"/problems/not-a-number","title":"Not a number","status":409,"detail":"The stored value cannot be counted with.","redis_error":"ERR value is not an integer or out of range","command":"INCR","command_index":1,"outcome":"not-executed","retryable":false}}]}}}}}},"400":{"$ref":"#/components/responses/Problem"},"403":{"$ref":"#/components/responses/Problem"},"415":{"$ref":"#/components/responses/Problem"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/transactions":{"parameters":[{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"postTransaction","tags":["commands"],"summary":"Run commands atomically","description":"MULTI, the commands, EXEC in one write. A command that fails while it runs is one of the results, as in Redis; the\nothers have run.\n\nWith `if_match` and `if_none_match` the keys are watched and read first, on a connection of their own, and the commands run only\nif every condition holds: 412 if one does not, 409 if a key changed in between (nothing ran in either case, and the\nsame may be tried again). A tag is that of the string at the key, or `*` for any type of key.\n","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Transaction"},"examples":{"batch":{"value":{"commands":[["SET","k","1"],["INCR","k"]]}},"conditional":{"value":{"if_match":{"cart:7":"\"b92e433de4dd0543\""},"if_none_match":["order:7"],"commands":[["SET","order:7","3 items"],["DEL","cart:7"]]}}}}}},"responses":{"200":{"description":"One result a command, in order.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Results"},"examples":{"usual":{"value":{"results":[{"result":"OK"},{"result":2}]}},"conditional":{"value":{"results":[{"result":"OK"},{"result":1}]}}}}}},"400":{"$ref":"#/components/responses/Problem"},"403":{"$ref":"#/components/responses/Problem"},"409":{"description":"A watched key changed (`/problems/transaction-conflict`); nothing ran.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"412":{"description":"A condition does not hold (`/problems/precondition-failed`); nothing ran.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"415":{"$ref":"#/components/responses/Problem"},"422":{"description":"Redis refused to queue a command (`/problems/transaction-aborted`); nothing ran. `command_index` names it.\n","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"501":{"$ref":"#/components/responses/Problem"},"default":{"$ref":"#/components/responses/Problem"}}}},"/openapi.yaml":{"get":{"operationId":"getOpenAPIYAML","tags":["description"],"summary":"This document","responses":{"200":{"description":"The document.","content":{"application/yaml":{"schema":{"type":"string"}}}},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headOpenAPIYAML","tags":["description"],"summary":"The size of this document","responses":{"200":{"description":"It is there."}}}},"/openapi.json":{"get":{"operationId":"getOpenAPIJSON","tags":["description"],"summary":"This document in JSON","responses":{"200":{"description":"The document.","content":{"application/json":{"schema":{"type":"object"},"examples":{"part":{"value":{"openapi":"3.1.0","info":{"title":"Baton"}}}}}}},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headOpenAPIJSON","tags":["description"],"summary":"The size of this document in JSON","responses":{"200":{"description":"It is there."}}}},"/v1/channels/{channel}/messages":{"parameters":[{"name":"channel","in":"path","required":true,"description":"The channel, percent-encoded.","schema":{"type":"string"},"example":"news"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"subscribeChannel","tags":["channels"],"summary":"Subscribe","parameters":[{"name":"channel","in":"query","description":"A further channel; may be given up to 99 times.","schema":{"type":"array","maxItems":99,"items":{"type":"string"}},"explode":true}],"responses":{"200":{"$ref":"#/components/responses/Messages"},"503":{"$ref":"#/components/responses/Problem"},"504":{"$ref":"#/components/responses/Problem"},"default":{"$ref":"#/components/responses/Problem"}}},"post":{"operationId":"publishChannel","tags":["channels"],"summary":"Publish","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"description":"The message, whatever its type.","content":{"application/octet-stream":{"schema":{"$ref":"#/components/schemas/Octets"},"examples":{"usual":{"value":"hello"}}}}},"responses":{"200":{"description":"How many Redis has handed it to; a gateway counts as one an event loop, however many listen to it.","content":{"application/json":{"schema":{"type":"object","required":["receivers"],"properties":{"receivers":{"type":"integer","minimum":0}}},"examples":{"usual":{"value":{"receivers":1}}}}}},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/patterns/{pattern}/messages":{"parameters":[{"name":"pattern","in":"path","required":true,"description":"A glob-style pattern of channels (PSUBSCRIBE), percent-encoded.","schema":{"type":"string"},"example":"news.*"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"subscribePattern","tags":["channels"],"summary":"Subscribe","parameters":[{"name":"pattern","in":"query","description":"A further pattern; may be given up to 99 times.","schema":{"type":"array","maxItems":99,"items":{"type":"string"}},"explode":true}],"responses":{"200":{"$ref":"#/components/responses/Messages"},"503":{"$ref":"#/components/responses/Problem"},"504":{"$ref":"#/components/responses/Problem"},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/shard-channels/{channel}/messages":{"parameters":[{"name":"channel","in":"path","required":true,"description":"The shard channel (SSUBSCRIBE), percent-encoded.","schema":{"type":"string"},"example":"news"},{"$ref":"#/components/parameters/keyEncoding"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"subscribeShardChannel","tags":["channels"],"summary":"Subscribe","parameters":[{"name":"channel","in":"query","description":"A further shard channel; may be given up to 99 times.","schema":{"type":"array","maxItems":99,"items":{"type":"string"}},"explode":true}],"responses":{"200":{"$ref":"#/components/responses/Messages"},"503":{"$ref":"#/components/responses/Problem"},"504":{"$ref":"#/components/responses/Problem"},"default":{"$ref":"#/components/responses/Problem"}}},"post":{"operationId":"publishShardChannel","tags":["channels"],"summary":"Publish","parameters":[{"$ref":"#/components/parameters/idempotencyKey"}],"requestBody":{"description":"The message, whatever its type.","content":{"application/octet-stream":{"schema":{"$ref":"#/components/schemas/Octets"},"examples":{"usual":{"value":"hello"}}}}},"responses":{"200":{"description":"How many Redis has handed it to; a gateway counts as one an event loop, however many listen to it.","content":{"application/json":{"schema":{"type":"object","required":["receivers"],"properties":{"receivers":{"type":"integer","minimum":0}}},"examples":{"usual":{"value":{"receivers":1}}}}}},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/info":{"parameters":[{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getInfo","tags":["description"],"summary":"What Redis and the gateway say of themselves","description":"INFO, and what this process has to say beside it. Needs the scope `admin`. All values of Redis are strings as it writes them;\nsections have their names in lower case, as INFO takes them.\n","parameters":[{"name":"section","in":"query","description":"One section, or `all`, `everything`, `modules`. Without it, those that Redis shows by default.","schema":{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$"},"example":"memory"}],"responses":{"200":{"description":"Sections and fields, and the gateway.","content":{"application/json":{"schema":{"type":"object","properties":{"redis":{"type":"object","additionalProperties":{"type":"object","additionalProperties":{"type":"string"}}},"baton":{"type":"object","properties":{"version":{"type":"string"},"uptime_s":{"type":"integer","minimum":0},"event_loops":{"type":"integer","minimum":1},"draining":{"type":"boolean"}},"required":["version","uptime_s","event_loops","draining"]}},"required":["redis","baton"]},"examples":{"memory":{"value":{"redis":{"memory":{"used_memory":"1048576","maxmemory_policy":"noeviction"}},"baton":{"version":"0.1.0","uptime_s":86400,"event_loops":2,"draining":false}}}}}}},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headInfo","tags":["description"],"summary":"The same without the body","parameters":[{"name":"section","in":"query","schema":{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$"}}],"responses":{"200":{"description":"As for GET, without the body."},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/topology":{"parameters":[{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getTopology","tags":["description"],"summary":"Which Redis servers there are","description":"The upstream, the gateway's connections to it over all event loops, and what INFO says of its replication. Needs the scope\n`admin`.\n","responses":{"200":{"description":"The upstreams, of which there is one.","content":{"application/json":{"schema":{"type":"object","properties":{"upstreams":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"endpoint":{"type":"string","description":"Without credentials."},"mode":{"type":"string","enum":["single"]},"connections":{"type":"object","properties":{"ready":{"type":"integer","minimum":0},"draining":{"type":"integer","minimum":0},"dialing":{"type":"integer","minimum":0}},"required":["ready","draining","dialing"]},"role":{"type":"string","enum":["master","replica"]},"master":{"type":"object","description":"Whom a replica follows.","properties":{"address":{"type":"string"},"link":{"type":"string"}},"required":["address","link"]},"replicas":{"type":"array","items":{"type":"object","properties":{"address":{"type":"string"},"state":{"type":"string"},"offset":{"type":"integer","format":"int64"},"lag_s":{"type":"integer","format":"int64"}},"required":["address","state"]}}},"required":["name","endpoint","mode","connections","role","replicas"]}}},"required":["upstreams"]},"examples":{"replicated":{"value":{"upstreams":[{"name":"main","endpoint":"10.0.0.5:6379","mode":"single","connections":{"ready":4,"draining":0,"dialing":0},"role":"master","replicas":[{"address":"10.0.0.6:6379","state":"online","offset":4242,"lag_s":0}]}]}},"single":{"value":{"upstreams":[{"name":"main","endpoint":"10.0.0.5:6379","mode":"single","connections":{"ready":2,"draining":0,"dialing":0},"role":"master","replicas":[]}]}}}}}},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headTopology","tags":["description"],"summary":"The same without the body","responses":{"200":{"description":"As for GET, without the body."},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/maintenance":{"parameters":[{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getMaintenance","tags":["maintenance"],"summary":"What the upstream is going through","description":"Answered from memory. The `ETag` is weak: it names the revision, and counts may change without a new one. With\n`If-None-Match` and `Prefer: wait=30` (RFC 7240) a request that knows the current revision is held until the next one\ncomes (200), or the time is over (304); `Preference-Applied` tells the time that was granted. It is held no longer than\n`maintenance-wait-maximum`, and not at all while `maintenance-watchers-maximum` others wait, or the gateway is draining.\n","parameters":[{"name":"If-None-Match","in":"header","schema":{"type":"string"}},{"name":"Prefer","in":"header","description":"`wait=N`, in seconds.","schema":{"type":"string"}}],"responses":{"200":{"description":"The picture, over all event loops.","headers":{"ETag":{"schema":{"type":"string"}}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Maintenance"},"examples":{"usual":{"value":{"state":"normal","revision":2,"since":"2026-03-01T12:00:00.099Z","upstreams":[{"name":"main","endpoint":"10.0.0.5:6379","mode":"auto","notifications":"unsupported","state":"normal","connections":{"ready":2,"draining":0,"dialing":0},"timeouts":{"configured_ms":1000,"effective_ms":1000},"windows":[],"handoffs":[],"last_handoff":null}],"history":[{"revision":1,"at":"2026-03-01T12:00:00.099Z","upstream":"main","event":"notifications","notifications":"unsupported"},{"revision":2,"at":"2026-03-01T12:00:00.099Z","upstream":"main","event":"state","state":"normal"}]}}}}}},"304":{"description":"The revision is the known one."},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headMaintenance","tags":["maintenance"],"responses":{"200":{"description":"As for GET, without the body."},"304":{"description":"The revision is the known one."}}}},"/v1/maintenance/events":{"parameters":[{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getMaintenanceEvents","tags":["maintenance"],"summary":"Changes as server-sent events","description":"First `event: snapshot` with the whole picture, then `event: change` for each revision, with a MaintenanceEvent. `id:`\nnames the revision. With `Last-Event-ID` only what was missed is sent, if that is among the newest 64 revisions of this\nprocess, else a snapshot. `: hb` comes every 10 s. A subscriber that does not keep up gets `event: overflow`, and the\nresponse ends; it also ends when the gateway drains.\n","parameters":[{"name":"Last-Event-ID","in":"header","schema":{"type":"string"}}],"responses":{"200":{"description":"The events, until the caller has enough.","content":{"text/event-stream":{"schema":{"type":"string"}}}},"503":{"description":"Too many watchers (`maintenance-watchers-maximum`), or the gateway is draining.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"default":{"$ref":"#/components/responses/Problem"}}}},"/v1/maintenance/handoffs":{"parameters":[{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"postHandoff","tags":["maintenance"],"summary":"Move the connections by hand","description":"The same move as an announced one, for servers that announce nothing: new connections are opened to the target, requests\ngo to them, and the old ones finish what they were given. Needs the scope `admin`, and the gateway's credentials are sent\nto the target.\n","requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","required":["upstream"],"additionalProperties":false,"properties":{"upstream":{"const":"main"},"target":{"type":"string","description":"`host:port`; without it the configured endpoint anew."},"grace_ms":{"type":"integer","minimum":1000,"maximum":120000,"default":15000}}},"examples":{"move":{"value":{"upstream":"main","target":"192.0.2.7:6379","grace_ms":15000}}}}}},"responses":{"202":{"description":"The move has begun. The picture holds it; watch `/v1/maintenance` for its end.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Maintenance"},"examples":{"usual":{"value":{"state":"maintenance","revision":5,"since":"2026-03-01T13:30:00.947Z","upstreams":[{"name":"main","endpoint":"10.0.0.5:6379","mode":"auto","notifications":"unsupported","state":"moving","connections":{"ready":2,"draining":0,"dialing":2},"timeouts":{"configured_ms":1000,"effective_ms":10000},"windows":[],"handoffs":[{"seq":null,"target":"192.0.2.7:6379","announced_at":"2026-03-01T13:30:00.947Z","deadline":"2026-03-01T13:30:15.947Z","phase":"dialing","moved":0,"remaining":2,"held":0,"in_flight":0,"resent":0,"failed":0,"failed_dials":0}],"last_handoff":null}],"history":[{"revision":1,"at":"2026-03-01T12:00:00.099Z","upstream":"main","event":"notifications","notifications":"unsupported"},{"revision":2,"at":"2026-03-01T12:00:00.099Z","upstream":"main","event":"state","state":"normal"},{"revision":3,"at":"2026-03-01T13:30:00.947Z","upstream":"main","event":"handoff","phase":"waiting","target":"192.0.2.7:6379"},{"revision":4,"at":"2026-03-01T13:30:00.947Z","upstream":"main","event":"handoff","phase":"dialing","target":"192.0.2.7:6379"},{"revision":5,"at":"2026-03-01T13:30:00.947Z","upstream":"main","event":"state","state":"moving"}]}}}}}},"400":{"$ref":"#/components/responses/Problem"},"403":{"$ref":"#/components/responses/Problem"},"415":{"$ref":"#/components/responses/Problem"},"503":{"description":"Too many moves go on, or the gateway is draining.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"default":{"$ref":"#/components/responses/Problem"}}}},"/livez":{"get":{"operationId":"getLiveness","tags":["health"],"summary":"Whether the process answers","security":[{}],"parameters":[{"$ref":"#/components/parameters/verbose"}],"responses":{"200":{"$ref":"#/components/responses/Health"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headLiveness","tags":["health"],"security":[{}],"responses":{"200":{"description":"It does."},"default":{"$ref":"#/components/responses/Problem"}}}},"/readyz":{"get":{"operationId":"getReadiness","tags":["health"],"summary":"Whether the gateway accepts work","security":[{}],"parameters":[{"$ref":"#/components/parameters/verbose"}],"responses":{"200":{"$ref":"#/components/responses/Health"},"503":{"$ref":"#/components/responses/Health"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headReadiness","tags":["health"],"security":[{}],"responses":{"200":{"description":"It does."},"503":{"description":"It does not."},"default":{"$ref":"#/components/responses/Problem"}}}},"/health":{"get":{"operationId":"getHealth","tags":["health"],"summary":"A check an upstream","security":[{}],"parameters":[{"$ref":"#/components/parameters/verbose"}],"responses":{"200":{"description":"Healthy.","content":{"application/health+json":{"schema":{"type":"object"},"examples":{"usual":{"value":{"status":"pass","description":"serving","checks":{"redis:main":[{"componentType":"datastore","status":"pass","maintenance":"normal","ready":1,"connecting":0,"leased":0,"held":0,"inFlight":0}]}}}}}}},"503":{"description":"Not healthy.","content":{"application/health+json":{"schema":{"type":"object"}}}},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headHealth","tags":["health"],"security":[{}],"responses":{"200":{"description":"Healthy."},"503":{"description":"Not healthy."},"default":{"$ref":"#/components/responses/Problem"}}}},"/metrics":{"get":{"operationId":"getMetrics","tags":["health"],"summary":"Metrics in the Prometheus text format","responses":{"200":{"description":"The metrics.","content":{"text/plain":{"schema":{"type":"string"}}}},"401":{"$ref":"#/components/responses/Unauthorized"},"default":{"$ref":"#/components/responses/Problem"}}},"head":{"operationId":"headMetrics","tags":["health"],"responses":{"200":{"description":"There are metrics."},"401":{"$ref":"#/components/responses/Unauthorized"},"default":{"$ref":"#/components/responses/Problem"}}}},"/":{"servers":[{"url":"/"},{"url":"/upstash"}],"parameters":[{"$ref":"#/components/parameters/upstashEncoding"},{"$ref":"#/components/parameters/upstashResponseFormat"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"postUpstashCommand","tags":["upstash"],"summary":"Run one command","requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/UpstashCommand"},"examples":{"set":{"value":["SET","greeting","hello","EX",100]}}}}},"responses":{"200":{"$ref":"#/components/responses/UpstashResult"},"400":{"$ref":"#/components/responses/UpstashError"},"401":{"$ref":"#/components/responses/UpstashError"},"default":{"$ref":"#/components/responses/UpstashError"}}}},"/pipeline":{"servers":[{"url":"/"},{"url":"/upstash"}],"parameters":[{"$ref":"#/components/parameters/upstashEncoding"},{"$ref":"#/components/parameters/upstashResponseFormat"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"postUpstashPipeline","tags":["upstash"],"summary":"Run commands in one write","description":"Order is kept, atomicity is not promised; an error of one command is one of the results. In the form `resp2` the results are\nthe elements of one array.\n","requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/UpstashCommands"},"examples":{"batch":{"value":[["SET","k","1"],["INCR","k"]]}}}}},"responses":{"200":{"$ref":"#/components/responses/UpstashResults"},"400":{"$ref":"#/components/responses/UpstashError"},"401":{"$ref":"#/components/responses/UpstashError"},"default":{"$ref":"#/components/responses/UpstashError"}}}},"/multi-exec":{"servers":[{"url":"/"},{"url":"/upstash"}],"parameters":[{"$ref":"#/components/parameters/upstashEncoding"},{"$ref":"#/components/parameters/upstashResponseFormat"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"post":{"operationId":"postUpstashTransaction","tags":["upstash"],"summary":"Run commands atomically","description":"MULTI, the commands, EXEC in one write, always answered in JSON. A transaction that is discarded as a whole is 400 with\n`EXECABORT`.\n","requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/UpstashCommands"},"examples":{"batch":{"value":[["SET","k","1"],["INCR","k"]]}}}}},"responses":{"200":{"$ref":"#/components/responses/UpstashResults"},"400":{"$ref":"#/components/responses/UpstashError"},"401":{"$ref":"#/components/responses/UpstashError"},"default":{"$ref":"#/components/responses/UpstashError"}}}},"/{command}":{"servers":[{"url":"/"},{"url":"/upstash"}],"parameters":[{"name":"command","in":"path","required":true,"description":"The command and its arguments, one percent-encoded segment each: `set/greeting/hello`. Behind them come the body, if\nthere is one, as one argument, and the query's names and values, in order: `?EX=100`. The first segments `v1`, `livez`,\n`readyz`, `health`, `metrics`, `openapi.yaml`, `openapi.json`, `status` and `problems` are not commands, but for the mount at\n`/upstash`. `/subscribe/{channel}` and `/psubscribe/{pattern}` answer with server-sent events: `data: subscribe,<channel>,1`,\nthen `data: message,<channel>,<payload>` or `data: pmessage,<pattern>,<channel>,<payload>`, with a `data:` line for each line of\nthe payload.\n","schema":{"type":"string","minLength":1},"example":"get/greeting"},{"$ref":"#/components/parameters/upstashEncoding"},{"$ref":"#/components/parameters/upstashResponseFormat"},{"$ref":"#/components/parameters/requestTimeout"},{"$ref":"#/components/parameters/requestID"}],"get":{"operationId":"getUpstashPath","tags":["upstash"],"summary":"Run a command that only reads","description":"With the setting `upstash-writes-by-get` also one that writes.\n","responses":{"200":{"$ref":"#/components/responses/UpstashResult"},"400":{"$ref":"#/components/responses/UpstashError"},"401":{"$ref":"#/components/responses/UpstashError"},"default":{"$ref":"#/components/responses/UpstashError"}}},"head":{"operationId":"headUpstashPath","tags":["upstash"],"summary":"The same without the body","responses":{"200":{"description":"The command ran."},"default":{"description":"As for GET."}}},"post":{"operationId":"postUpstashPath","tags":["upstash"],"summary":"Run any command","requestBody":{"description":"One more argument, whatever its type; none if it is empty.","content":{"application/octet-stream":{"examples":{"usual":{"value":"hello"}}}}},"responses":{"200":{"$ref":"#/components/responses/UpstashResult"},"400":{"$ref":"#/components/responses/UpstashError"},"401":{"$ref":"#/components/responses/UpstashError"},"default":{"$ref":"#/components/responses/UpstashError"}}},"put":{"operationId":"putUpstashPath","tags":["upstash"],"summary":"Run any command","requestBody":{"description":"One more argument, whatever its type; none if it is empty.","content":{"application/octet-stream":{"examples":{"usual":{"value":"hello"}}}}},"responses":{"200":{"$ref":"#/components/responses/UpstashResult"},"400":{"$ref":"#/components/responses/UpstashError"},"401":{"$ref":"#/components/responses/UpstashError"},"default":{"$ref":"#/components/responses/UpstashError"}}}}},"components":{"securitySchemes":{"bearer":{"type":"http","scheme":"bearer","description":"Asked for when the gateway has a token file: on every route but the health ones and OPTIONS. The scopes are `read` (safe\nmethods, commands that only read, subscriptions), `write`, `publish` (messages to channels; `write` holds it), and `admin` (moves\nby hand, `/v1/info`, `/v1/topology`).\n\nA token may be for keys with certain beginnings only; channels count as keys, and patterns must begin so, too. Another key is 403\n`/problems/key-not-allowed` on every route, as are commands whose keys cannot be told (`KEYS`, `SCAN` without such a `MATCH`, `INFO`,\nscripts and functions ...). In a batch `command_index` names the command, and nothing runs.\n"}},"parameters":{"ifMatch":{"name":"If-Match","in":"header","description":"`*`, or entity tags: go on only if the key is there, or has one of them.","schema":{"type":"string"}},"ifNoneMatch":{"name":"If-None-Match","in":"header","description":"`*`, or entity tags: go on only if the key is not there, or has none of them.","schema":{"type":"string"}},"idempotencyKey":{"name":"Idempotency-Key","in":"header","description":"Run this once: the answer is kept (setting `idempotency-time`) in the same atomic step as the write, and a repeat with the same key\nhas it, with `Idempotency-Replayed: true`. For another request with the same key 422; an answer that says that nothing\nsucceeded is not kept. Not together with conditions, waits, scripts, and commands whose replies a script cannot hold\n(422 `/problems/idempotency-not-possible`).\n","schema":{"type":"string","minLength":1,"maxLength":257,"pattern":"^(\"[!#-~]{1,255}\"|[!#-~]{1,255})$"}},"upstashEncoding":{"name":"Upstash-Encoding","in":"header","description":"`base64`: strings in base64, but for an OK that is a whole result. Any other value says nothing.","schema":{"type":"string"}},"upstashResponseFormat":{"name":"Upstash-Response-Format","in":"header","description":"`resp2`: the bytes of the RESP2 reply. Not together with `Upstash-Encoding`.","schema":{"type":"string","enum":["json","resp2"],"default":"json"}},"key":{"name":"key","in":"path","required":true,"description":"The key, percent-encoded.","schema":{"type":"string"},"example":"user%2F1"},"field":{"name":"field","in":"path","required":true,"description":"The field, percent-encoded; `key_encoding` is for it too.","schema":{"type":"string"},"example":"name"},"member":{"name":"member","in":"path","required":true,"description":"The member, percent-encoded; `key_encoding` is for it too.","schema":{"type":"string"},"example":"a"},"group":{"name":"group","in":"path","required":true,"description":"The group, percent-encoded; `key_encoding` is for it too.","schema":{"type":"string"},"example":"workers"},"index":{"name":"index","in":"path","required":true,"description":"From 0; negative from the end.","schema":{"type":"string"},"example":"-1"},"entryID":{"name":"id","in":"path","required":true,"description":"The entry's id.","schema":{"type":"string"},"example":"1700000000000-0"},"sha":{"name":"sha","in":"path","required":true,"description":"The script's SHA-1.","schema":{"type":"string"},"example":"e0e1f9fabfc9d4800c877a703b823ac0578ff8db"},"functionName":{"name":"name","in":"path","required":true,"description":"The function's name.","schema":{"type":"string"},"example":"reserve"},"keyEncoding":{"name":"key_encoding","in":"query","description":"How the key's segment is encoded beyond percent-encoding.","schema":{"type":"string","enum":["base64url"]}},"requestTimeout":{"name":"Request-Timeout-Ms","in":"header","description":"Lowers the deadline of this request, which counts from when all of it has come; it never raises it over the gateway's setting.","schema":{"type":"integer","format":"int64","minimum":1}},"requestID":{"name":"X-Request-Id","in":"header","description":"Taken if it is 1 to 128 letters, digits and characters of `_.:+/=-`, else one is made.","schema":{"type":"string"}},"verbose":{"name":"verbose","in":"query","description":"A line a check.","allowEmptyValue":true,"schema":{"type":"string"},"example":""}},"headers":{"UpstashSyncToken":{"description":"Another one for each answer. Any that comes back is accepted, since reads go to the server that takes the writes.","schema":{"type":"string"}},"TTL":{"description":"The time to live in milliseconds; absent when there is none.","schema":{"type":"integer","format":"int64","minimum":0}},"Location":{"description":"The path of what was made.","schema":{"type":"string","format":"uri-reference"}},"Link":{"description":"The next page (`rel=\"next\"`); absent on the last.","schema":{"type":"string"}},"ETag":{"description":"The strong entity tag of the value in this form.","schema":{"type":"string"},"example":"\"96ca223b3d5dcf80\""},"AcceptRanges":{"schema":{"type":"string","const":"bytes"}},"ContentRange":{"schema":{"type":"string"},"example":"bytes 0-3/10"},"PreferenceApplied":{"schema":{"type":"string"},"example":"return=representation"},"Allow":{"schema":{"type":"string"},"example":"GET, HEAD, PUT, DELETE, OPTIONS"},"RetryAfter":{"description":"Seconds; with 503.","schema":{"type":"integer","minimum":0}},"WWWAuthenticate":{"schema":{"type":"string"},"example":"Bearer"}},"responses":{"UpstashResult":{"description":"The command's reply, as RESP2 has it.","headers":{"Upstash-Sync-Token":{"$ref":"#/components/headers/UpstashSyncToken"}},"content":{"application/json":{"schema":{"type":"object","required":["result"],"properties":{"result":{}}},"examples":{"status":{"value":{"result":"OK"}},"value":{"value":{"result":"hello"}}}},"application/octet-stream":{}}},"UpstashResults":{"description":"One result a command, in order.","headers":{"Upstash-Sync-Token":{"$ref":"#/components/headers/UpstashSyncToken"}},"content":{"application/json":{"schema":{"type":"array","items":{"type":"object","properties":{"result":{},"error":{"type":"string"}}}},"examples":{"usual":{"value":[{"result":"OK"},{"result":2}]}}},"application/octet-stream":{}}},"UpstashError":{"description":"What Redis says, as it says it, or what is wrong with the request; from 500 on what is wrong with Redis. Everything that Redis\ndid not say itself has the members of a problem beside it.\n","headers":{"Upstash-Sync-Token":{"$ref":"#/components/headers/UpstashSyncToken"}},"content":{"application/json":{"schema":{"type":"object","required":["error"],"properties":{"error":{"type":"string"}}}},"application/octet-stream":{}}},"Problem":{"description":"A problem. Besides the ones of the route: 400 (malformed), 401, 403, 405 (with `Allow`), 406, 408, 413, 414, 415, 431,\n500, 501, 502 (`outcome-unknown`, `backend-auth`, `backend-protocol`, `backend-io`), 503 (with `Retry-After`), 504\n(`deadline-exceeded`) and 507 (`out-of-memory`).\n","headers":{"Allow":{"$ref":"#/components/headers/Allow"},"Retry-After":{"$ref":"#/components/headers/RetryAfter"},"WWW-Authenticate":{"$ref":"#/components/headers/WWWAuthenticate"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"lost":{"value":{"type":"/problems/outcome-unknown","title":"Outcome unknown","status":502,"detail":"The connection to Redis was lost after the command was sent; it may have run.","instance":"6f1c2a9e00d41b37","outcome":"unknown","retryable":false}}}}}},"Unauthorized":{"description":"No valid token.","headers":{"WWW-Authenticate":{"$ref":"#/components/headers/WWWAuthenticate"}},"content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"Messages":{"description":"Server-sent events, from the moment on that Redis has confirmed the subscription: `retry: 1000`, `: hb` at least every 15 s, and\n- `event: message` with `{\"channel\":...,\"message\":...}`, for patterns with `pattern`, too; bytes that are not UTF-8 as\n  `{\"base64\":\"...\"}`;\n- `event: gap` with `{\"reason\":\"connection-lost\",\"duration_ms\":n}` where messages may have been missed, because the connection to\n  Redis was lost. A move that Redis announces leaves none: messages come in order and once, but that equal ones which are\n  published side by side while it lasts may count as one;\n- `event: overflow` with `{}`, and the end, for who does not keep up.\n","content":{"text/event-stream":{"schema":{"type":"string"},"examples":{"channel":{"value":"retry: 1000\n\nevent: message\ndata: {\"channel\":\"news\",\"message\":\"hello\"}\n\n"},"pattern":{"value":"retry: 1000\n\nevent: message\ndata: {\"pattern\":\"news.*\",\"channel\":\"news.eu\",\"message\":\"hello\"}\n\n"}}}}},"NotModified":{"description":"The caller has the value (`If-None-Match`).","headers":{"ETag":{"$ref":"#/components/headers/ETag"}}},"PreconditionFailed":{"description":"The value is not as `If-Match` or `If-None-Match` demands; nothing was written.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"KeyNotFound":{"description":"There is no such key.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"missing":{"value":{"type":"/problems/key-not-found","title":"Key not found","status":404,"detail":"There is no such key.","instance":"6f1c2a9e00d41b37","retryable":false}}}}}},"ElementNotFound":{"description":"The key is missing, or holds no such field, member or entry (`/problems/element-not-found`).","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"NotFound":{"description":"The key, or what it should hold, is missing; the problem's `type` says which.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"ConditionFailed":{"description":"The condition does not hold (`/problems/condition-failed`), or the key holds a value of another type.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"NotANumber":{"description":"The stored value is no number, or of another type, or the result would be out of range.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"Conflict":{"description":"The state of the data does not allow it, or the key holds a value of another type.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}},"WrongType":{"description":"The key holds a value of another type.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"},"examples":{"wrongType":{"value":{"type":"/problems/wrong-type","title":"Wrong type","status":409,"detail":"The key holds a value of another type.","instance":"6f1c2a9e00d41b37","redis_error":"WRONGTYPE Operation against a key holding the wrong kind of value","command":"GET","outcome":"not-executed","retryable":false}}}}}},"Health":{"description":"The state, in words.","content":{"text/plain":{"schema":{"type":"string"},"examples":{"live":{"value":"ok\n"},"ready":{"value":"readyz check passed\n"},"checks":{"value":"[+]listener ok\n[+]redis:main ok\nreadyz check passed\n"}}}}}},"schemas":{"UpstashCommand":{"description":"The name and the arguments; numbers and booleans are sent as their JSON text.","type":"array","minItems":1,"items":{"type":["string","number","boolean"]}},"UpstashCommands":{"description":"Commands; an empty one has an error as its result.","type":"array","minItems":1,"items":{"oneOf":[{"$ref":"#/components/schemas/UpstashCommand"},{"type":"array","maxItems":0}]}},"Maintenance":{"type":"object","required":["state","revision","since","upstreams","history"],"properties":{"state":{"enum":["normal","maintenance","degraded","down"],"description":"`degraded`: some event loops have no usable connection; `down`: none has."},"revision":{"type":"integer","description":"One more with each change; begins anew when the gateway starts."},"since":{"type":"string","format":"date-time","description":"When `state` last changed."},"upstreams":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"endpoint":{"type":"string","description":"Without credentials."},"mode":{"enum":["disabled","auto","enabled"]},"notifications":{"enum":["on","unsupported","refused","off"]},"state":{"enum":["normal","relaxed","moving","reconnecting","down"]},"connections":{"type":"object","properties":{"ready":{"type":"integer"},"draining":{"type":"integer"},"dialing":{"type":"integer"}}},"timeouts":{"type":"object","properties":{"configured_ms":{"type":"integer"},"effective_ms":{"type":"integer"}}},"windows":{"type":"array","items":{"type":"object","properties":{"kind":{"enum":["migration","failover","slot_migration","move"]},"seq":{"type":["integer","null"]},"shards":{"type":["string","null"]},"opened_at":{"type":"string","format":"date-time"},"closes_by":{"type":"string","format":"date-time"}}}},"handoffs":{"type":"array","items":{"$ref":"#/components/schemas/Handoff"}},"last_handoff":{"oneOf":[{"$ref":"#/components/schemas/Handoff"},{"type":"null"}]}}}},"history":{"type":"array","description":"The newest 64 events, the oldest first.","items":{"$ref":"#/components/schemas/MaintenanceEvent"}}}},"Handoff":{"type":"object","description":"A move of connections; the counts are sums over the event loops.","properties":{"seq":{"type":["integer","null"]},"target":{"type":["string","null"]},"announced_at":{"type":"string","format":"date-time"},"deadline":{"type":"string","format":"date-time"},"phase":{"enum":["waiting","dialing","switched","draining","done","failed"]},"moved":{"type":"integer","description":"Connections that were replaced."},"remaining":{"type":"integer","description":"Connections on the old peer."},"held":{"type":"integer","description":"Requests that waited for a connection at the switch."},"in_flight":{"type":"integer","description":"Requests in flight on old connections at the switch."},"resent":{"type":"integer"},"failed":{"type":"integer","description":"Requests that failed because an old connection closed under them."},"failed_dials":{"type":"integer"},"duration_ms":{"type":"integer","description":"When it has ended."}}},"MaintenanceEvent":{"type":"object","required":["revision","at","upstream","event"],"properties":{"revision":{"type":"integer"},"at":{"type":"string","format":"date-time"},"upstream":{"type":"string"},"event":{"enum":["notifications","window_opened","window_closed","window_expired","handoff","target_refused","peer_not_advertised","state"]},"notifications":{"type":"string"},"kind":{"type":"string"},"phase":{"type":"string"},"state":{"type":"string"},"seq":{"type":"integer"},"target":{"type":"string"}}},"Octets":{"type":"string","description":"Bytes as they are.","contentMediaType":"application/octet-stream"},"Bytes":{"description":"Text, or bytes that are not UTF-8.","oneOf":[{"type":"string"},{"$ref":"#/components/schemas/Base64"}]},"Base64":{"type":"object","properties":{"base64":{"type":"string","contentEncoding":"base64"}},"required":["base64"],"additionalProperties":false},"BytesInput":{"description":"Text or bytes; numbers and booleans are taken by their text.","oneOf":[{"type":"string"},{"type":"number"},{"type":"boolean"},{"$ref":"#/components/schemas/Base64"}]},"Number":{"description":"An exact number by the text of Redis; the infinities are strings. In a request it may be a string.","oneOf":[{"type":"number"},{"type":"string"}]},"Map":{"description":"An object if the names are distinct texts, else an array of pairs.","oneOf":[{"type":"object"},{"type":"array","items":{"type":"array","minItems":2,"maxItems":2}}]},"MapInput":{"description":"An object, or an array of pairs, whose names may be any bytes. Names are distinct.","oneOf":[{"type":"object","minProperties":1,"additionalProperties":{"$ref":"#/components/schemas/BytesInput"}},{"type":"array","minItems":1,"items":{"type":"array","minItems":2,"maxItems":2,"items":{"$ref":"#/components/schemas/BytesInput"}}}]},"MapPatch":{"description":"As `MapInput`, with null for what is to be removed.","oneOf":[{"type":"object","minProperties":1,"additionalProperties":{"oneOf":[{"$ref":"#/components/schemas/BytesInput"},{"type":"null"}]}},{"type":"array","minItems":1,"items":{"type":"array","minItems":2,"maxItems":2,"items":{"oneOf":[{"$ref":"#/components/schemas/BytesInput"},{"type":"null"}]}}}]},"ScoredMember":{"type":"object","properties":{"member":{"$ref":"#/components/schemas/Bytes"},"score":{"$ref":"#/components/schemas/Number"}},"required":["member","score"]},"ScoredMemberInput":{"type":"object","properties":{"member":{"$ref":"#/components/schemas/BytesInput"},"score":{"$ref":"#/components/schemas/Number"}},"required":["member","score"],"additionalProperties":false},"Entry":{"type":"object","properties":{"id":{"type":"string"},"fields":{"description":"Pairs in their order; null for an entry that was deleted.","type":["array","null"],"items":{"type":"array","minItems":2,"maxItems":2,"items":{"$ref":"#/components/schemas/Bytes"}}}},"required":["id","fields"]},"StringValue":{"type":"object","properties":{"key":{"$ref":"#/components/schemas/Bytes"},"value":{"$ref":"#/components/schemas/Bytes"}},"required":["key","value"]},"Key":{"type":"object","properties":{"key":{"$ref":"#/components/schemas/Bytes"},"type":{"type":"string","description":"string, list, set, zset, hash, stream, or a module's own."},"ttl_ms":{"type":["integer","null"],"format":"int64"},"encoding":{"type":["string","null"]},"length":{"type":["integer","null"],"format":"int64","description":"Bytes of a string, elements of any other; null for a module's type."}},"required":["key","type","ttl_ms","encoding","length"]},"TTL":{"type":"object","properties":{"ttl_ms":{"type":["integer","null"],"format":"int64","minimum":0}},"required":["ttl_ms"]},"TTLChange":{"type":"object","properties":{"ttl_ms":{"type":"integer","format":"int64","minimum":1},"expire_at_ms":{"type":"integer","format":"int64","minimum":1},"when":{"description":"nx: only if the key has no time to live; xx: only if it has one; gt, lt: only if it becomes longer, shorter.\n","enum":["nx","xx","gt","lt"]}},"oneOf":[{"required":["ttl_ms"]},{"required":["expire_at_ms"]}],"additionalProperties":false},"Command":{"type":"array","minItems":1,"description":"The name and the arguments. Numbers keep their literal text, true and false are their names.\n","items":{"oneOf":[{"type":"string"},{"type":"number"},{"type":"boolean"},{"$ref":"#/components/schemas/Base64"}]}},"Batch":{"oneOf":[{"type":"object","properties":{"commands":{"$ref":"#/components/schemas/Commands"}},"required":["commands"]},{"$ref":"#/components/schemas/Commands"}]},"Transaction":{"oneOf":[{"type":"object","properties":{"commands":{"$ref":"#/components/schemas/Commands"},"if_match":{"description":"Keys and the entity tags one of which each must have, or `*`; an array of pairs if a key is not UTF-8.","oneOf":[{"type":"object","additionalProperties":{"type":"string","pattern":"^(\\*|.*\"[^\"]*\".*)$"}},{"type":"array","items":{"type":"array","prefixItems":[{"$ref":"#/components/schemas/Bytes"},{"type":"string","pattern":"^(\\*|.*\"[^\"]*\".*)$"}],"minItems":2,"maxItems":2}}]},"if_none_match":{"description":"Keys that must not exist.","type":"array","items":{"$ref":"#/components/schemas/Bytes"}}},"required":["commands"]},{"$ref":"#/components/schemas/Commands"}]},"Commands":{"type":"array","minItems":1,"items":{"$ref":"#/components/schemas/Command"}},"Result":{"type":"object","description":"The reply: text and bytes as in `Bytes`, integers exact, doubles and big numbers as numbers by their text, null, booleans,\narrays (sets too), and maps as objects. A map whose keys are not distinct texts is an array of pairs. An error\ninside of a reply is `{\"error\":{...}}`.\n","properties":{"result":{}},"required":["result"]},"Results":{"type":"object","properties":{"results":{"type":"array","items":{"oneOf":[{"$ref":"#/components/schemas/Result"},{"type":"object","properties":{"error":{"$ref":"#/components/schemas/Problem"}},"required":["error"]}]}}},"required":["results"]},"Problem":{"type":"object","description":"RFC 9457.","properties":{"type":{"type":"string","format":"uri-reference","description":"`/problems/` and the kind."},"title":{"type":"string"},"status":{"type":"integer","minimum":400,"maximum":599},"detail":{"type":"string"},"instance":{"type":"string","description":"The request id. Absent from the errors of a batch."},"current_etag":{"type":"string","description":"The tag that the value has, where a precondition failed."},"redis_error":{"type":"string","description":"The error reply of Redis, at most 512 bytes of it. Redirections are not shown."},"command":{"type":"string","description":"The command's name in upper case."},"command_index":{"type":"integer","minimum":0,"description":"The command's place in the batch."},"outcome":{"enum":["not-executed","executed","unknown"]},"retryable":{"type":"boolean"}},"required":["type","title","status","detail","retryable"]}}}}"###

    static let yaml: StaticString = ###"""
openapi: 3.1.0
info:
  title: Baton
  version: "1.0"
  summary: An HTTP/2 gateway to Redis.
  license:
    name: Apache-2.0
    identifier: Apache-2.0
  description: |
    Baton serves one Redis database over HTTP/2 (h2 over TLS, h2c by prior knowledge) and HTTP/1.1.

    **Keys** are one percent-encoded path segment. Bytes are preserved: `%2F`, `%00` and `%FF` are data, nothing is decoded
    twice, `+` is a plus, and bytes from 0x80 on may also come raw. A percent escape that is not one is 400. With
    `?key_encoding=base64url` the segment is base64url (RFC 4648 section 5), padded or not; the empty key, `.` and `..` need
    it, since they have no segment or clients normalise them away. An empty key is then an empty segment:
    `/v1/strings/?key_encoding=base64url`. Without it, an empty segment and a trailing slash are 404.

    **Query parameters** that a route does not know, or that are given twice, are 400; the problem names them.

    **JSON is never lossy.** Bytes that are not UTF-8 are `{"base64":"..."}`, integers are bare and exact (int64), doubles keep
    the text of Redis, infinities are `"inf"` and `"-inf"`, and `"nan"` is what it says.

    **Errors** are `application/problem+json` (RFC 9457). `outcome` says whether the command ran: `not-executed`, `executed` or
    `unknown`; it is absent where the command ran and found nothing. `retryable` says whether the same request may be sent
    again without harm. A read whose reply was lost is `unknown` and `retryable`.

    **Re-sending.** When a connection to Redis is lost after a command was sent, Baton sends reads again, and writes that
    leave the same data and give the same reply when they run twice. Two replies may differ then: a `PUT` of a string may
    answer 204 although it created the key, and a relative time to live starts anew. Everything else answers
    `outcome-unknown`.

    **Conditional requests.** A string has a strong `ETag`: XXH3 (64 bits) of its bytes as 16 hexadecimal digits, which is what Redis's
    own DIGEST gives from version 8.4 on; its JSON form has a tag of its own. `If-Match`, `If-None-Match` and `If-Range` are evaluated
    in the order of RFC 9110 section 13.2.2. A write is judged by the value and then made by a script that writes only if the value's
    bytes are still the same, so that no update is lost on any Redis; both together fail with 412. HEAD has a tag only where a
    condition makes it read the value, and a 206 only with `If-Range`, `If-Match` or `If-None-Match`. A tag tells values apart that differ
    by chance; who can write a key can make two values that share one. On other routes `If-Match` and `If-None-Match` are 501 on a
    method that changes data rather than ignored; a transaction has `if_match` and `if_none_match`.

    **Idempotency-Key.** A write with this field runs once, however often it is sent: its answer is kept in Redis in the same atomic
    step, for 24 hours unless set otherwise, and given to every repeat. The key belongs to the token that it came with, and to the hash
    slot of the request's first Redis key. Nothing is ever in flight twice: a repeat waits for the first. Since Baton may then send it
    again, a lost connection costs the caller nothing.

    **Content coding.** Request bodies are taken uncompressed only; anything but `identity` is 415. A body of a method that takes
    none is read and dropped.

    **Cross-site requests.** `Sec-Fetch-Site: cross-site` or `same-site` on a method that changes data is 403, unless
    its `Origin` is one of the setting `cors-origins`. To pages of those origins every answer says `Access-Control-Allow-Origin`, never with
    credentials, and `Access-Control-Expose-Headers`; a preflight (`OPTIONS` with `Access-Control-Request-Method`) is answered for ten
    minutes with the methods of the path and the request fields that the API reads. Without the setting there is no CORS.

    **Hosts.** A request whose `:authority` or `Host` is none of the setting `allowed-hosts` is 421 (`/problems/misdirected-request`),
    except for `/livez`, `/readyz` and `/health`. Without tokens that setting is what names this machine.

    **Browsers** are told not to guess the type of what they get: `X-Content-Type-Options: nosniff` stands beside every `Content-Type`,
    over HTTP/2 where the request has `Sec-Fetch-Site` or `Origin`.

    **Timing.** With `Prefer: timing` an answer that Redis had a part in has `Server-Timing: redis;dur=` and the milliseconds from the
    command to the last reply, waiting for a connection included; and `Preference-Applied: timing`.

    **QUERY** (RFC 10008) is a safe method with a body, which this document cannot describe as an operation: the paths that have it,
    `/v1/commands` and `/v1/strings`, say so in their descriptions. It needs `Content-Type: application/json`.

    **OPTIONS** on any path answers 204 with `Allow`, without a token; `OPTIONS *` too. Other methods that a path does not
    have are 405 with `Allow`.

    Every response has `X-Request-Id`.
servers:
  - url: http://127.0.0.1:6380
security:
  - bearer: []
  - {}
tags:
  - name: strings
  - name: keys
  - name: hashes
  - name: lists
  - name: sets
  - name: sorted sets
  - name: streams
  - name: scripts
  - name: channels
    description: |
      Publish and subscribe. One subscription at Redis serves all subscribers of a channel on an event loop; a message reaches who
      listens when it is published, and nobody else.
  - name: upstash
    description: |
      The wire format of Upstash's REST API, for its SDKs, at `/` and at `/upstash`; repeated slashes count as one. Replies have the
      shapes of RESP2, errors are always JSON with `error`. The command policy is that of every other route, and blocking commands
      are refused. With the setting `upstash-token-in-query` the token may stand in `?_token=`.
  - name: commands
    description: |
      Commands are judged before anything is sent, by their exact name in any case of letters and by what they would do to a
      connection that many callers share. Refused are those that change identity, protocol, database or session, that
      subscribe, monitor, wait, replicate, move data between servers or administer Redis, and those that Baton does not know
      and the operator has not named. Blocking commands are allowed on `/v1/commands`, with a wait that is bounded. `QUIT`,
      `SELECT` of the gateway's own database, `CLIENT SETNAME` and `CLIENT SETINFO` answer `OK` and change nothing.
  - name: maintenance
  - name: health
  - name: description
paths:
  /v1/strings/{key}:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
      - $ref: "#/components/parameters/ifMatch"
      - $ref: "#/components/parameters/ifNoneMatch"
    get:
      operationId: getString
      tags: [strings]
      summary: Read a string
      description: |
        GET and PTTL. A single byte range is answered with 206; several ranges, a reversed or malformed one and other units
        are ignored (RFC 9110 section 14.2). A range reads no more of the value than it asks for.
      parameters:
        - name: If-Range
          in: header
          description: The range counts only if the value has this tag.
          schema: { type: string }
        - name: Range
          in: header
          schema: { type: string }
          examples:
            first: { value: bytes=0-3 }
            last: { value: bytes=-4 }
      responses:
        "200":
          description: The value.
          headers:
            ETag: { $ref: "#/components/headers/ETag" }
            Redis-TTL-Ms: { $ref: "#/components/headers/TTL" }
            Accept-Ranges: { $ref: "#/components/headers/AcceptRanges" }
          content:
            application/octet-stream:
              schema: { $ref: "#/components/schemas/Octets" }
            application/json:
              schema: { $ref: "#/components/schemas/StringValue" }
              examples:
                text: { value: { key: user/1, value: Ada } }
                bytes: { value: { key: user/1, value: { base64: /wA= } } }
        "206":
          description: A part of the value.
          headers:
            Redis-TTL-Ms: { $ref: "#/components/headers/TTL" }
            Accept-Ranges: { $ref: "#/components/headers/AcceptRanges" }
            Content-Range: { $ref: "#/components/headers/ContentRange" }
          content:
            application/octet-stream:
              schema: { $ref: "#/components/schemas/Octets" }
        "304": { $ref: "#/components/responses/NotModified" }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        "412": { $ref: "#/components/responses/PreconditionFailed" }
        "416":
          description: The value has no byte of the range.
          headers:
            Content-Range: { $ref: "#/components/headers/ContentRange" }
          content:
            application/problem+json:
              schema: { $ref: "#/components/schemas/Problem" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headString
      tags: [strings]
      summary: The size and time to live of a string
      description: "STRLEN and PTTL; with `Accept: application/json` or a condition what GET would do, without the body."
      responses:
        "200":
          description: The key is a string; `Content-Length` is its size.
          headers:
            Redis-TTL-Ms: { $ref: "#/components/headers/TTL" }
            Accept-Ranges: { $ref: "#/components/headers/AcceptRanges" }
        "304": { $ref: "#/components/responses/NotModified" }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        "412": { $ref: "#/components/responses/PreconditionFailed" }
        default: { $ref: "#/components/responses/Problem" }
    put:
      operationId: putString
      tags: [strings]
      summary: Write a string
      description: |
        The body is the value, octet by octet, whatever its type says. EXISTS and SET in one write: the status
        tells whether the key was there just before. A value of another type is replaced, as SET does. Without an expiry parameter the
        key loses its time to live; the three are mutually exclusive. With `Prefer: return=representation` the old value is
        returned (`SET ... GET`); a key of another type is then 409. With a condition that preference is not applied.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
        - name: ttl_ms
          in: query
          description: Time to live in milliseconds.
          schema: { type: integer, format: int64, minimum: 1 }
        - name: expire_at_ms
          in: query
          description: Unix time in milliseconds at which the key expires.
          schema: { type: integer, format: int64, minimum: 1 }
        - name: keep_ttl
          in: query
          description: Keep the time to live that the key has.
          schema: { type: boolean, default: false }
        - name: Prefer
          in: header
          schema: { type: string }
          example: return=representation
      requestBody:
        required: false
        description: Also without a content type; an empty body is the empty string.
        content:
          application/octet-stream:
            schema: { $ref: "#/components/schemas/Octets" }
            examples:
              usual: { value: Ada }
          text/*:
            schema: { type: string }
          application/json:
            schema: {}
      responses:
        "200":
          description: "Replaced; the old value (`Prefer: return=representation`)."
          headers:
            Redis-TTL-Ms: { $ref: "#/components/headers/TTL" }
            Preference-Applied: { $ref: "#/components/headers/PreferenceApplied" }
          content:
            application/octet-stream:
              schema: { $ref: "#/components/schemas/Octets" }
            application/json:
              schema: { $ref: "#/components/schemas/StringValue" }
              examples:
                usual: { value: { key: user/1, value: Ada } }
        "201":
          description: Created.
          headers:
            ETag: { $ref: "#/components/headers/ETag" }
            Location:
              description: The path of the string.
              schema: { type: string, format: uri-reference }
              example: /v1/strings/user%2F1
            Redis-TTL-Ms: { $ref: "#/components/headers/TTL" }
        "204":
          description: Replaced.
          headers:
            ETag: { $ref: "#/components/headers/ETag" }
            Redis-TTL-Ms: { $ref: "#/components/headers/TTL" }
        "409": { $ref: "#/components/responses/WrongType" }
        "412": { $ref: "#/components/responses/PreconditionFailed" }
        "413": { $ref: "#/components/responses/Problem" }
        "415": { $ref: "#/components/responses/Problem" }
        "501": { $ref: "#/components/responses/Problem" }
        "507": { $ref: "#/components/responses/Problem" }
        default: { $ref: "#/components/responses/Problem" }
    delete:
      operationId: deleteString
      tags: [strings]
      summary: Delete a key
      description: UNLINK. As in Redis, the key may be of any type, unless there is a condition.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      responses:
        "204": { description: Deleted. }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        "412": { $ref: "#/components/responses/PreconditionFailed" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/keys/{key}:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getKey
      tags: [keys]
      summary: Describe a key
      responses:
        "200":
          description: The key.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Key" }
              examples:
                list: { value: { key: jobs, type: list, ttl_ms: null, encoding: listpack, length: 3 } }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headKey
      tags: [keys]
      summary: Whether a key is there
      responses:
        "200": { description: It is. }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        default: { $ref: "#/components/responses/Problem" }
    delete:
      operationId: deleteKey
      tags: [keys]
      summary: Delete a key
      description: UNLINK.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      responses:
        "204": { description: Deleted. }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/keys/{key}/ttl:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getTTL
      tags: [keys]
      summary: The time to live of a key
      responses:
        "200":
          description: Milliseconds, or null when the key does not expire.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/TTL" }
              examples:
                mortal: { value: { ttl_ms: 59998 } }
                immortal: { value: { ttl_ms: null } }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headTTL
      tags: [keys]
      summary: Whether a key is there
      responses:
        "200": { description: It is. }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        default: { $ref: "#/components/responses/Problem" }
    put:
      operationId: putTTL
      tags: [keys]
      summary: Set the time to live of a key
      description: |
        PEXPIRE or PEXPIREAT, then PTTL. A moment in the past deletes the key, as in Redis; the answer is `{"ttl_ms":0}` then.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/TTLChange" }
            examples:
              relative: { value: { ttl_ms: 60000 } }
              conditional: { value: { expire_at_ms: 1893456000000, when: gt } }
      responses:
        "200":
          description: The time to live that the key has now.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/TTL" }
              examples:
                usual: { value: { ttl_ms: 60000 } }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409":
          description: The condition of `when` does not hold (`/problems/condition-failed`).
          content:
            application/problem+json:
              schema: { $ref: "#/components/schemas/Problem" }
        default: { $ref: "#/components/responses/Problem" }
    delete:
      operationId: deleteTTL
      tags: [keys]
      summary: Make a key permanent
      description: PERSIST; idempotent, a key without a time to live is 204 too.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      responses:
        "204": { description: The key does not expire. }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/strings/{key}/increment:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: incrementString
      tags: [strings]
      summary: Add to a number
      description: |
        INCRBY or INCRBYFLOAT. A whole number is added exactly (int64); a fraction, or a number in a string, as a long double. Without a body 1 is added.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: false
        content:
          application/json:
            schema: { type: object, properties: { by: { $ref: "#/components/schemas/Number" } }, additionalProperties: false }
            examples:
              usual: { value: { by: 5 } }
      responses:
        "200":
          description: The new value.
          content:
            application/json:
              schema: { type: object, properties: { value: { $ref: "#/components/schemas/Number" } }, required: [value] }
              examples:
                usual: { value: { value: 15 } }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/NotANumber" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/strings/{key}/append:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: appendString
      tags: [strings]
      summary: Append to a string
      description: |
        APPEND; a missing key is made.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: false
        description: The bytes are the value, also without a content type; an empty body is the empty string.
        content:
          application/octet-stream:
            schema: { $ref: "#/components/schemas/Octets" }
            examples:
              usual: { value: " Lovelace" }
          text/*:
            schema: { type: string }
          application/json:
            schema: {}
      responses:
        "200":
          description: The new length in bytes.
          content:
            application/json:
              schema: { type: object, properties: { length: { type: integer, format: int64, minimum: 0 } }, required: [length] }
              examples:
                usual: { value: { length: 12 } }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/strings:
    description: |
      `QUERY` with `{"keys":["a",{"base64":"/wA="}]}` answers as GET does: for keys that are many, or any bytes.
    parameters:
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getStrings
      tags: [strings]
      summary: Read many strings
      description: |
        MGET. What is missing, or no string, is null.
      parameters:
        - name: key
          in: query
          description: "The keys."
          required: true
          schema: { type: array, minItems: 1, items: { type: string } }
          example: [a, b]
        - $ref: "#/components/parameters/keyEncoding"
      responses:
        "200":
          description: The values by key.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Map" }
              examples:
                usual: { value: { a: "1", b: { base64: "/wA=" } } }
        "400": { $ref: "#/components/responses/Problem" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headStrings
      tags: [strings]
      summary: The same without the body
      parameters:
        - name: key
          in: query
          description: "The keys."
          required: true
          schema: { type: array, minItems: 1, items: { type: string } }
          example: [a, b]
        - $ref: "#/components/parameters/keyEncoding"
      responses:
        "200": { description: "As GET." }
        "400": { $ref: "#/components/responses/Problem" }
        default: { $ref: "#/components/responses/Problem" }
    patch:
      operationId: patchStrings
      tags: [strings]
      summary: Write many strings
      description: |
        MSET: all at once. Names that are not text need the form of pairs.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/MapInput" }
            examples:
              usual: { value: { a: "1", b: { base64: /wA= } } }
      responses:
        "204": { description: "Written." }
        "400": { $ref: "#/components/responses/Problem" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/keys/{key}/rename:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: renameKey
      tags: [keys]
      summary: Rename a key
      description: |
        RENAME, which replaces the target; RENAMENX with `if_absent`.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { to: { $ref: "#/components/schemas/BytesInput" }, if_absent: { type: boolean, default: false } }, required: [to], additionalProperties: false }
            examples:
              usual: { value: { to: jobs2 } }
      responses:
        "204": { description: "Renamed." }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/ConditionFailed" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/keys/{key}/copy:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: copyKey
      tags: [keys]
      summary: Copy a key
      description: |
        COPY, with REPLACE if `replace` is true.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { to: { $ref: "#/components/schemas/BytesInput" }, replace: { type: boolean, default: false } }, required: [to], additionalProperties: false }
            examples:
              usual: { value: { to: jobs2, replace: true } }
      responses:
        "201":
          description: Copied to a new key.
          headers:
            Location: { $ref: "#/components/headers/Location" }
        "204": { description: "Copied, in place of what was there." }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/ConditionFailed" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/keys:
    parameters:
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getKeys
      tags: [keys]
      summary: A page of keys
      description: |
        SCAN. A page may be empty while there are more; a key may come twice.

        With `Accept: application/x-ndjson` the whole scan from `cursor` on, a line `{"key":...}` for each key, as fast as it is read.
        If it cannot be finished, the last line is `{"error":...}` with a problem.
      parameters:
        - name: cursor
          in: query
          description: "Where to go on; `next_cursor` of the page before."
          schema: { type: string, pattern: "^[0-9]+$" }
        - name: match
          in: query
          description: "A glob pattern (SCAN MATCH)."
          schema: { type: string }
          example: "user/*"
        - name: type
          in: query
          description: "Only keys of this type."
          schema: { type: string }
        - name: count
          in: query
          description: "How many keys to look at, about."
          schema: { type: integer, minimum: 1, maximum: 100000 }
          example: 100
      responses:
        "200":
          description: A page.
          headers:
            Link: { $ref: "#/components/headers/Link" }
          content:
            application/json:
              schema: { type: object, properties: { keys: { type: array, items: { $ref: "#/components/schemas/Bytes" } }, next_cursor: { type: [string, "null"] } }, required: [keys, next_cursor] }
              examples:
                usual: { value: { keys: [user/1], next_cursor: null } }
            application/x-ndjson:
              schema: { type: string }
              examples:
                usual:
                  value: |
                    {"key":"user/1"}
        "400": { $ref: "#/components/responses/Problem" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headKeys
      tags: [keys]
      summary: The same without the body
      parameters:
        - name: cursor
          in: query
          description: "Where to go on; `next_cursor` of the page before."
          schema: { type: string, pattern: "^[0-9]+$" }
        - name: match
          in: query
          description: "A glob pattern (SCAN MATCH)."
          schema: { type: string }
        - name: type
          in: query
          description: "Only keys of this type."
          schema: { type: string }
        - name: count
          in: query
          description: "How many keys to look at, about."
          schema: { type: integer, minimum: 1, maximum: 100000 }
      responses:
        "200": { description: "As GET." }
        "400": { $ref: "#/components/responses/Problem" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/hashes/{key}:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getHash
      tags: [hashes]
      summary: Read a hash
      description: |
        HGETALL; HMGET with `field`.
      parameters:
        - name: field
          in: query
          description: "Only these fields; those that are missing are null."
          schema: { type: array, items: { type: string } }
          example: [name, email]
      responses:
        "200":
          description: The values by field.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Map" }
              examples:
                all: { value: { name: Ada, age: "36" } }
                fields: { value: { name: Ada, email: null } }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headHash
      tags: [hashes]
      summary: Whether a hash is there
      parameters:
        - name: field
          in: query
          description: "Only these fields; those that are missing are null."
          schema: { type: array, items: { type: string } }
      responses:
        "200": { description: "It is." }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    put:
      operationId: putHash
      tags: [hashes]
      summary: Replace a hash
      description: |
        UNLINK and HSET in one transaction. As with PUT of a string, what was there may be of any type, and its time to live is dropped.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/MapInput" }
            examples:
              usual: { value: { name: Ada } }
      responses:
        "201":
          description: Created.
          headers:
            Location: { $ref: "#/components/headers/Location" }
        "204": { description: "Replaced." }
        "400": { $ref: "#/components/responses/Problem" }
        default: { $ref: "#/components/responses/Problem" }
    patch:
      operationId: patchHash
      tags: [hashes]
      summary: Change fields of a hash
      description: |
        HSET, and HDEL of the fields that are null, in one transaction.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/MapPatch" }
            examples:
              usual: { value: { name: Ada, age: null } }
      responses:
        "204": { description: "Changed." }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    delete:
      operationId: deleteHash
      tags: [hashes]
      summary: Delete a key
      description: |
        UNLINK. As in Redis, the key may be of any type.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      responses:
        "204": { description: "Deleted." }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/hashes/{key}/fields/{field}:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/field"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getHashField
      tags: [hashes]
      summary: Read a field
      description: |
        HGET.
      responses:
        "200":
          description: The value.
          content:
            application/octet-stream:
              schema: { $ref: "#/components/schemas/Octets" }
            application/json:
              schema: { type: object, properties: { value: { $ref: "#/components/schemas/Bytes" } }, required: [value] }
              examples:
                usual: { value: { value: Ada } }
        "404": { $ref: "#/components/responses/ElementNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headHashField
      tags: [hashes]
      summary: Whether a field is there
      responses:
        "200": { description: "It is." }
        "404": { $ref: "#/components/responses/ElementNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    put:
      operationId: putHashField
      tags: [hashes]
      summary: Write a field
      description: |
        HSET.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: false
        description: The bytes are the value, also without a content type; an empty body is the empty string.
        content:
          application/octet-stream:
            schema: { $ref: "#/components/schemas/Octets" }
            examples:
              usual: { value: Ada }
          text/*:
            schema: { type: string }
          application/json:
            schema: {}
      responses:
        "201":
          description: Created.
          headers:
            Location: { $ref: "#/components/headers/Location" }
        "204": { description: "Replaced." }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    delete:
      operationId: deleteHashField
      tags: [hashes]
      summary: Delete a field
      description: |
        HDEL.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      responses:
        "204": { description: "Deleted." }
        "404": { $ref: "#/components/responses/ElementNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/hashes/{key}/fields/{field}/increment:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/field"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: incrementHashField
      tags: [hashes]
      summary: Add to a number
      description: |
        HINCRBY or HINCRBYFLOAT. A whole number is added exactly (int64); a fraction, or a number in a string, as a long double. Without a body 1 is added.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: false
        content:
          application/json:
            schema: { type: object, properties: { by: { $ref: "#/components/schemas/Number" } }, additionalProperties: false }
            examples:
              usual: { value: { by: 5 } }
      responses:
        "200":
          description: The new value.
          content:
            application/json:
              schema: { type: object, properties: { value: { $ref: "#/components/schemas/Number" } }, required: [value] }
              examples:
                usual: { value: { value: 15 } }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/NotANumber" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/lists/{key}:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getList
      tags: [lists]
      summary: Read a list
      description: |
        LRANGE, and LLEN.
      parameters:
        - name: start
          in: query
          description: "The first index, from 0; negative from the end."
          schema: { type: integer, format: int64 }
        - name: stop
          in: query
          description: "The last index, inclusive."
          schema: { type: integer, format: int64 }
      responses:
        "200":
          description: The items.
          content:
            application/json:
              schema: { type: object, properties: { length: { type: integer, format: int64, minimum: 0 }, items: { type: array, items: { $ref: "#/components/schemas/Bytes" } } }, required: [length, items] }
              examples:
                usual: { value: { length: 3, items: [a, b, c] } }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headList
      tags: [lists]
      summary: Whether a list is there
      parameters:
        - name: start
          in: query
          description: "The first index, from 0; negative from the end."
          schema: { type: integer, format: int64 }
        - name: stop
          in: query
          description: "The last index, inclusive."
          schema: { type: integer, format: int64 }
      responses:
        "200": { description: "It is." }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    delete:
      operationId: deleteList
      tags: [lists]
      summary: Delete a key
      description: |
        UNLINK. As in Redis, the key may be of any type.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      responses:
        "204": { description: "Deleted." }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/lists/{key}/push:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: pushList
      tags: [lists]
      summary: Push to a list
      description: |
        RPUSH, or LPUSH for the left side; RPUSHX and LPUSHX with `if_exists`.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { side: { enum: [left, right], default: right }, values: { type: array, items: { $ref: "#/components/schemas/BytesInput" }, minItems: 1 }, if_exists: { type: boolean, default: false } }, required: [values], additionalProperties: false }
            examples:
              usual: { value: { values: [a, b] } }
      responses:
        "200":
          description: The new length.
          content:
            application/json:
              schema: { type: object, properties: { length: { type: integer, format: int64, minimum: 0 } }, required: [length] }
              examples:
                usual: { value: { length: 2 } }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/lists/{key}/pop:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: popList
      tags: [lists]
      summary: Pop from a list
      description: |
        LPOP, or RPOP for the right side; BLMPOP with `wait_ms`, which is bounded by the gateway's setting and by Request-Timeout-Ms.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: false
        content:
          application/json:
            schema: { type: object, properties: { side: { enum: [left, right], default: left }, count: { type: integer, minimum: 1, maximum: 1000000, default: 1 }, wait_ms: { type: integer, minimum: 0, maximum: 86400000, default: 0 } }, additionalProperties: false }
            examples:
              usual: { value: { count: 2, wait_ms: 1000 } }
      responses:
        "200":
          description: What was popped.
          content:
            application/json:
              schema: { type: object, properties: { values: { type: array, items: { $ref: "#/components/schemas/Bytes" } } }, required: [values] }
              examples:
                usual: { value: { values: [a, b] } }
        "204": { description: "There is nothing." }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/lists/{key}/items/{index}:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/index"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getListItem
      tags: [lists]
      summary: Read an item
      description: |
        LINDEX.
      responses:
        "200":
          description: The value.
          content:
            application/octet-stream:
              schema: { $ref: "#/components/schemas/Octets" }
            application/json:
              schema: { type: object, properties: { value: { $ref: "#/components/schemas/Bytes" } }, required: [value] }
              examples:
                usual: { value: { value: c } }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/ElementNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headListItem
      tags: [lists]
      summary: Whether an item is there
      responses:
        "200": { description: "It is." }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/ElementNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    put:
      operationId: putListItem
      tags: [lists]
      summary: Write an item
      description: |
        LSET.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: false
        description: The bytes are the value, also without a content type; an empty body is the empty string.
        content:
          application/octet-stream:
            schema: { $ref: "#/components/schemas/Octets" }
            examples:
              usual: { value: d }
          text/*:
            schema: { type: string }
          application/json:
            schema: {}
      responses:
        "204": { description: "Written." }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/ElementNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/lists/{key}/move:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: moveListItem
      tags: [lists]
      summary: Move an item to another list
      description: |
        LMOVE, or BLMOVE with `wait_ms`.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { to: { $ref: "#/components/schemas/BytesInput" }, from_side: { enum: [left, right], default: left }, to_side: { enum: [left, right], default: right }, wait_ms: { type: integer, minimum: 0, maximum: 86400000, default: 0 } }, required: [to], additionalProperties: false }
            examples:
              usual: { value: { to: done } }
      responses:
        "200":
          description: What was moved.
          content:
            application/json:
              schema: { type: object, properties: { value: { $ref: "#/components/schemas/Bytes" } }, required: [value] }
              examples:
                usual: { value: { value: a } }
        "204": { description: "There is nothing." }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/lists/{key}/trim:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: trimList
      tags: [lists]
      summary: Keep a part of a list
      description: |
        LTRIM.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { start: { type: integer, format: int64 }, stop: { type: integer, format: int64 } }, required: [start, stop], additionalProperties: false }
            examples:
              usual: { value: { start: 0, stop: 99 } }
      responses:
        "204": { description: "Trimmed." }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/lists/{key}/insert:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: insertIntoList
      tags: [lists]
      summary: Insert beside an item
      description: |
        LINSERT. One of `before` and `after` is needed.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { before: { $ref: "#/components/schemas/BytesInput" }, after: { $ref: "#/components/schemas/BytesInput" }, value: { $ref: "#/components/schemas/BytesInput" } }, required: [value], additionalProperties: false }
            examples:
              usual: { value: { before: b, value: a } }
      responses:
        "200":
          description: The new length.
          content:
            application/json:
              schema: { type: object, properties: { length: { type: integer, format: int64, minimum: 0 } }, required: [length] }
              examples:
                usual: { value: { length: 3 } }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/NotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/sets/{key}:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getSet
      tags: [sets]
      summary: Read a set
      description: |
        SMEMBERS.
      responses:
        "200":
          description: The members.
          content:
            application/json:
              schema: { type: object, properties: { members: { type: array, items: { $ref: "#/components/schemas/Bytes" } } }, required: [members] }
              examples:
                usual: { value: { members: [a] } }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headSet
      tags: [sets]
      summary: Whether a set is there
      responses:
        "200": { description: "It is." }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    delete:
      operationId: deleteSet
      tags: [sets]
      summary: Delete a key
      description: |
        UNLINK. As in Redis, the key may be of any type.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      responses:
        "204": { description: "Deleted." }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/sets/{key}/add:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: addToSet
      tags: [sets]
      summary: Add members
      description: |
        SADD.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { members: { type: array, items: { $ref: "#/components/schemas/BytesInput" }, minItems: 1 } }, required: [members], additionalProperties: false }
            examples:
              usual: { value: { members: [a, b] } }
      responses:
        "200":
          description: How many are new.
          content:
            application/json:
              schema: { type: object, properties: { added: { type: integer, format: int64, minimum: 0 } }, required: [added] }
              examples:
                usual: { value: { added: 1 } }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/sets/{key}/remove:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: removeFromSet
      tags: [sets]
      summary: Remove members
      description: |
        SREM.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { members: { type: array, items: { $ref: "#/components/schemas/BytesInput" }, minItems: 1 } }, required: [members], additionalProperties: false }
            examples:
              usual: { value: { members: [a, b] } }
      responses:
        "200":
          description: How many were there.
          content:
            application/json:
              schema: { type: object, properties: { removed: { type: integer, format: int64, minimum: 0 } }, required: [removed] }
              examples:
                usual: { value: { removed: 1 } }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/sets/{key}/pop:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: popSet
      tags: [sets]
      summary: Pop random members
      description: |
        SPOP.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: false
        content:
          application/json:
            schema: { type: object, properties: { count: { type: integer, minimum: 1, maximum: 1000000, default: 1 } }, additionalProperties: false }
            examples:
              usual: { value: { count: 2 } }
      responses:
        "200":
          description: What was popped.
          content:
            application/json:
              schema: { type: object, properties: { members: { type: array, items: { $ref: "#/components/schemas/Bytes" } } }, required: [members] }
              examples:
                usual: { value: { members: [a] } }
        "204": { description: "There is nothing." }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/sets/{key}/members/{member}:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/member"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    head:
      operationId: headSetMember
      tags: [sets]
      summary: Whether a member is there
      description: |
        SISMEMBER.
      responses:
        "204": { description: "It is." }
        "404": { $ref: "#/components/responses/ElementNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    put:
      operationId: putSetMember
      tags: [sets]
      summary: Add a member
      description: |
        SADD.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      responses:
        "201":
          description: Added.
          headers:
            Location: { $ref: "#/components/headers/Location" }
        "204": { description: "It is there already." }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    delete:
      operationId: deleteSetMember
      tags: [sets]
      summary: Remove a member
      description: |
        SREM.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      responses:
        "204": { description: "Removed." }
        "404": { $ref: "#/components/responses/ElementNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/set-operations/union:
    parameters:
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getUnion
      tags: [sets]
      summary: The union of sets
      description: |
        SUNION.
      parameters:
        - name: key
          in: query
          description: "The sets' keys."
          required: true
          schema: { type: array, minItems: 1, items: { type: string } }
          example: [a, b]
        - $ref: "#/components/parameters/keyEncoding"
      responses:
        "200":
          description: The members.
          content:
            application/json:
              schema: { type: object, properties: { members: { type: array, items: { $ref: "#/components/schemas/Bytes" } } }, required: [members] }
              examples:
                usual: { value: { members: ["1", "2"] } }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headUnion
      tags: [sets]
      summary: The same without the body
      parameters:
        - name: key
          in: query
          description: "The sets' keys."
          required: true
          schema: { type: array, minItems: 1, items: { type: string } }
          example: [a, b]
        - $ref: "#/components/parameters/keyEncoding"
      responses:
        "200": { description: "As GET." }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/set-operations/intersection:
    parameters:
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getIntersection
      tags: [sets]
      summary: The intersection of sets
      description: |
        SINTER.
      parameters:
        - name: key
          in: query
          description: "The sets' keys."
          required: true
          schema: { type: array, minItems: 1, items: { type: string } }
          example: [a, b]
        - $ref: "#/components/parameters/keyEncoding"
      responses:
        "200":
          description: The members.
          content:
            application/json:
              schema: { type: object, properties: { members: { type: array, items: { $ref: "#/components/schemas/Bytes" } } }, required: [members] }
              examples:
                usual: { value: { members: ["2"] } }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headIntersection
      tags: [sets]
      summary: The same without the body
      parameters:
        - name: key
          in: query
          description: "The sets' keys."
          required: true
          schema: { type: array, minItems: 1, items: { type: string } }
          example: [a, b]
        - $ref: "#/components/parameters/keyEncoding"
      responses:
        "200": { description: "As GET." }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/set-operations/difference:
    parameters:
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getDifference
      tags: [sets]
      summary: The difference of sets
      description: |
        SDIFF.
      parameters:
        - name: key
          in: query
          description: "The sets' keys."
          required: true
          schema: { type: array, minItems: 1, items: { type: string } }
          example: [a, b]
        - $ref: "#/components/parameters/keyEncoding"
      responses:
        "200":
          description: The members.
          content:
            application/json:
              schema: { type: object, properties: { members: { type: array, items: { $ref: "#/components/schemas/Bytes" } } }, required: [members] }
              examples:
                usual: { value: { members: ["1"] } }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headDifference
      tags: [sets]
      summary: The same without the body
      parameters:
        - name: key
          in: query
          description: "The sets' keys."
          required: true
          schema: { type: array, minItems: 1, items: { type: string } }
          example: [a, b]
        - $ref: "#/components/parameters/keyEncoding"
      responses:
        "200": { description: "As GET." }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/sorted-sets/{key}:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getSortedSet
      tags: [sorted sets]
      summary: Read a sorted set
      description: |
        ZRANGE. By rank `offset` and `limit` take the place of `min` and `max`. By lex there are no scores.
      parameters:
        - name: by
          in: query
          description: "What `min` and `max` are."
          schema: { enum: [rank, score, lex], default: rank }
        - name: min
          in: query
          description: "The lower bound: a rank, a score (`(` excludes it), or a member behind `[` or `(`."
          schema: { type: string }
        - name: max
          in: query
          description: "The upper bound."
          schema: { type: string }
        - name: rev
          in: query
          description: "From the highest to the lowest."
          schema: { type: boolean, default: false }
        - name: offset
          in: query
          description: "How many to pass over."
          schema: { type: integer, format: int64, minimum: 0 }
        - name: limit
          in: query
          description: "How many at most."
          schema: { type: integer, format: int64, minimum: 1 }
      responses:
        "200":
          description: The members.
          content:
            application/json:
              schema: { type: object, properties: { members: { type: array, items: { oneOf: [ { $ref: "#/components/schemas/ScoredMember" }, { type: object, properties: { member: { $ref: "#/components/schemas/Bytes" } }, required: [member], additionalProperties: false } ] } } }, required: [members] }
              examples:
                usual: { value: { members: [{ member: a, score: 1.5 }, { member: b, score: 2 }] } }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headSortedSet
      tags: [sorted sets]
      summary: Whether a sorted set is there
      parameters:
        - name: by
          in: query
          description: "What `min` and `max` are."
          schema: { enum: [rank, score, lex], default: rank }
        - name: min
          in: query
          description: "The lower bound: a rank, a score (`(` excludes it), or a member behind `[` or `(`."
          schema: { type: string }
        - name: max
          in: query
          description: "The upper bound."
          schema: { type: string }
        - name: rev
          in: query
          description: "From the highest to the lowest."
          schema: { type: boolean, default: false }
        - name: offset
          in: query
          description: "How many to pass over."
          schema: { type: integer, format: int64, minimum: 0 }
        - name: limit
          in: query
          description: "How many at most."
          schema: { type: integer, format: int64, minimum: 1 }
      responses:
        "200": { description: "It is." }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    delete:
      operationId: deleteSortedSet
      tags: [sorted sets]
      summary: Delete a key
      description: |
        UNLINK. As in Redis, the key may be of any type.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      responses:
        "204": { description: "Deleted." }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/sorted-sets/{key}/add:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: addToSortedSet
      tags: [sorted sets]
      summary: Add or change members
      description: |
        ZADD with CH.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { members: { type: array, items: { $ref: "#/components/schemas/ScoredMemberInput" }, minItems: 1 }, when: { enum: [nx, xx, gt, lt] } }, required: [members], additionalProperties: false }
            examples:
              usual: { value: { members: [{ member: a, score: 1.5 }], when: gt } }
      responses:
        "200":
          description: How many were added or changed.
          content:
            application/json:
              schema: { type: object, properties: { changed: { type: integer, format: int64, minimum: 0 } }, required: [changed] }
              examples:
                usual: { value: { changed: 1 } }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/sorted-sets/{key}/remove:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: removeFromSortedSet
      tags: [sorted sets]
      summary: Remove members
      description: |
        ZREM.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { members: { type: array, items: { $ref: "#/components/schemas/BytesInput" }, minItems: 1 } }, required: [members], additionalProperties: false }
            examples:
              usual: { value: { members: [a, b] } }
      responses:
        "200":
          description: How many were there.
          content:
            application/json:
              schema: { type: object, properties: { removed: { type: integer, format: int64, minimum: 0 } }, required: [removed] }
              examples:
                usual: { value: { removed: 2 } }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/sorted-sets/{key}/pop:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: popSortedSet
      tags: [sorted sets]
      summary: Pop members
      description: |
        ZPOPMIN or ZPOPMAX; BZMPOP with `wait_ms`.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: false
        content:
          application/json:
            schema: { type: object, properties: { side: { enum: [min, max], default: min }, count: { type: integer, minimum: 1, maximum: 1000000, default: 1 }, wait_ms: { type: integer, minimum: 0, maximum: 86400000, default: 0 } }, additionalProperties: false }
            examples:
              usual: { value: { side: max } }
      responses:
        "200":
          description: What was popped.
          content:
            application/json:
              schema: { type: object, properties: { members: { type: array, items: { $ref: "#/components/schemas/ScoredMember" } } }, required: [members] }
              examples:
                usual: { value: { members: [{ member: b, score: 2 }] } }
        "204": { description: "There is nothing." }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/sorted-sets/{key}/members/{member}:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/member"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getSortedSetMember
      tags: [sorted sets]
      summary: The score and the rank of a member
      description: |
        ZSCORE and ZRANK.
      responses:
        "200":
          description: The member.
          content:
            application/json:
              schema: { type: object, properties: { score: { $ref: "#/components/schemas/Number" }, rank: { type: integer, format: int64, minimum: 0 } }, required: [score, rank] }
              examples:
                usual: { value: { score: 1.5, rank: 0 } }
        "404": { $ref: "#/components/responses/ElementNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headSortedSetMember
      tags: [sorted sets]
      summary: Whether a member is there
      responses:
        "200": { description: "It is." }
        "404": { $ref: "#/components/responses/ElementNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    put:
      operationId: putSortedSetMember
      tags: [sorted sets]
      summary: Set the score of a member
      description: |
        ZADD. nx: only if it is new; xx: only if it is there; gt, lt: only if the score becomes greater, less.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { score: { $ref: "#/components/schemas/Number" }, when: { enum: [nx, xx, gt, lt] } }, required: [score], additionalProperties: false }
            examples:
              usual: { value: { score: 1.5 } }
      responses:
        "201":
          description: Added.
          headers:
            Location: { $ref: "#/components/headers/Location" }
        "204": { description: "Changed." }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/ConditionFailed" }
        default: { $ref: "#/components/responses/Problem" }
    delete:
      operationId: deleteSortedSetMember
      tags: [sorted sets]
      summary: Remove a member
      description: |
        ZREM.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      responses:
        "204": { description: "Removed." }
        "404": { $ref: "#/components/responses/ElementNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/sorted-sets/{key}/members/{member}/increment:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/member"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: incrementSortedSetMember
      tags: [sorted sets]
      summary: Add to a score
      description: |
        ZINCRBY. Without a body 1 is added.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: false
        content:
          application/json:
            schema: { type: object, properties: { by: { $ref: "#/components/schemas/Number" } }, additionalProperties: false }
            examples:
              usual: { value: { by: 5 } }
      responses:
        "200":
          description: The new score.
          content:
            application/json:
              schema: { type: object, properties: { score: { $ref: "#/components/schemas/Number" } }, required: [score] }
              examples:
                usual: { value: { score: 6.5 } }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/NotANumber" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/streams/{key}/entries:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getEntries
      tags: [streams]
      summary: Read entries
      description: |
        XRANGE or XREVRANGE.

        With `Accept: text/event-stream` server-sent events without an end: `event: message` with an entry, whose id is the event's, so that
        `Last-Event-ID` goes on exactly behind it. Without that, the entries from `start` on, or those that are added from now on. `: hb`
        comes at least every 15 s. A lost connection to Redis, or a reader that is slow for a while, costs nothing but time: what is
        still in the stream is sent. One connection to Redis waits for all readers of a stream on an event loop.
      parameters:
        - name: Last-Event-ID
          in: header
          description: "The id behind which events go on."
          schema: { type: string, pattern: "^[0-9]{1,19}(-[0-9]{1,19})?$" }
          example: 1699999999999-0
        - name: start
          in: query
          description: "The lowest id; `-` without, `(` excludes it."
          schema: { type: string }
        - name: end
          in: query
          description: "The highest id; `+` without."
          schema: { type: string }
        - name: count
          in: query
          description: "How many at most."
          schema: { type: integer, minimum: 1, maximum: 1000000 }
        - name: rev
          in: query
          description: "The newest first."
          schema: { type: boolean, default: false }
      responses:
        "200":
          description: The entries.
          content:
            application/json:
              schema: { type: object, properties: { entries: { type: array, items: { $ref: "#/components/schemas/Entry" } } }, required: [entries] }
              examples:
                usual: { value: { entries: [{ id: 1700000000000-0, fields: [[temperature, "21.5"]] }] } }
            text/event-stream:
              schema: { type: string }
              examples:
                usual:
                  value: |+
                    retry: 1000

                    id: 1700000000000-0
                    event: message
                    data: {"id":"1700000000000-0","fields":[["temperature","21.5"]]}

        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headEntries
      tags: [streams]
      summary: Whether a stream is there
      parameters:
        - name: start
          in: query
          description: "The lowest id; `-` without, `(` excludes it."
          schema: { type: string }
        - name: end
          in: query
          description: "The highest id; `+` without."
          schema: { type: string }
        - name: count
          in: query
          description: "How many at most."
          schema: { type: integer, minimum: 1, maximum: 1000000 }
        - name: rev
          in: query
          description: "The newest first."
          schema: { type: boolean, default: false }
      responses:
        "200": { description: "It is." }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    post:
      operationId: addEntry
      tags: [streams]
      summary: Add an entry
      description: |
        XADD; with `if_exists` only to a stream that is there. `max_length` or `min_id` trims it.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { fields: { $ref: "#/components/schemas/MapInput" }, id: { $ref: "#/components/schemas/BytesInput" }, if_exists: { type: boolean, default: false }, max_length: { type: integer, format: int64, minimum: 0 }, min_id: { $ref: "#/components/schemas/BytesInput" }, approximate: { type: boolean, default: false } }, required: [fields], additionalProperties: false }
            examples:
              usual: { value: { fields: { temperature: "21.5" } } }
      responses:
        "201":
          description: Added.
          headers:
            Location: { $ref: "#/components/headers/Location" }
          content:
            application/json:
              schema: { type: object, properties: { id: { type: string } }, required: [id] }
              examples:
                usual: { value: { id: 1700000000000-0 } }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/Conflict" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/streams/{key}/entries/trim:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: trimStream
      tags: [streams]
      summary: Trim a stream
      description: |
        XTRIM. One of `max_length` and `min_id` is needed.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { max_length: { type: integer, format: int64, minimum: 0 }, min_id: { $ref: "#/components/schemas/BytesInput" }, approximate: { type: boolean, default: false } }, additionalProperties: false }
            examples:
              usual: { value: { max_length: 1000, approximate: true } }
      responses:
        "200":
          description: How many entries went.
          content:
            application/json:
              schema: { type: object, properties: { removed: { type: integer, format: int64, minimum: 0 } }, required: [removed] }
              examples:
                usual: { value: { removed: 0 } }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/streams/{key}/entries/{id}:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/entryID"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getEntry
      tags: [streams]
      summary: Read an entry
      description: |
        XRANGE.
      responses:
        "200":
          description: The entry.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Entry" }
              examples:
                usual: { value: { id: 1700000000000-0, fields: [[temperature, "21.5"]] } }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/ElementNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headEntry
      tags: [streams]
      summary: Whether an entry is there
      responses:
        "200": { description: "It is." }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/ElementNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    delete:
      operationId: deleteEntry
      tags: [streams]
      summary: Delete an entry
      description: |
        XDEL.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      responses:
        "204": { description: "Deleted." }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/ElementNotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/streams/{key}/groups/{group}:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/group"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getGroup
      tags: [streams]
      summary: What a group has not acknowledged
      description: |
        XPENDING.
      responses:
        "200":
          description: A summary.
          content:
            application/json:
              schema: { type: object, properties: { pending: { type: integer, format: int64, minimum: 0 }, first_id: { type: [string, "null"] }, last_id: { type: [string, "null"] }, consumers: { type: array, items: { type: object, properties: { name: { $ref: "#/components/schemas/Bytes" }, pending: { type: integer, format: int64, minimum: 0 } }, required: [name, pending] } } }, required: [pending, first_id, last_id, consumers] }
              examples:
                usual: { value: { pending: 1, first_id: 1700000000000-0, last_id: 1700000000000-0, consumers: [{ name: worker-1, pending: 1 }] } }
        "404": { $ref: "#/components/responses/NotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headGroup
      tags: [streams]
      summary: Whether a group is there
      responses:
        "200": { description: "It is." }
        "404": { $ref: "#/components/responses/NotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    put:
      operationId: putGroup
      tags: [streams]
      summary: Make a group
      description: |
        XGROUP CREATE, from `start` on (`$` without: only new entries). A group that is there is 409.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: false
        content:
          application/json:
            schema: { type: object, properties: { start: { $ref: "#/components/schemas/BytesInput" }, create_stream: { type: boolean, default: false } }, additionalProperties: false }
            examples:
              usual: { value: { start: "0", create_stream: true } }
      responses:
        "201":
          description: Made.
          headers:
            Location: { $ref: "#/components/headers/Location" }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/KeyNotFound" }
        "409": { $ref: "#/components/responses/Conflict" }
        default: { $ref: "#/components/responses/Problem" }
    delete:
      operationId: deleteGroup
      tags: [streams]
      summary: Remove a group
      description: |
        XGROUP DESTROY.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      responses:
        "204": { description: "Removed." }
        "404": { $ref: "#/components/responses/NotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/streams/{key}/groups/{group}/read:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/group"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: readGroup
      tags: [streams]
      summary: Read as a consumer
      description: |
        XREADGROUP, of new entries, or of the consumer's own from `start` on; `wait_ms` waits for new ones.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { consumer: { $ref: "#/components/schemas/BytesInput" }, start: { $ref: "#/components/schemas/BytesInput" }, no_ack: { type: boolean, default: false }, count: { type: integer, minimum: 1, maximum: 1000000 }, wait_ms: { type: integer, minimum: 0, maximum: 86400000, default: 0 } }, required: [consumer], additionalProperties: false }
            examples:
              usual: { value: { consumer: worker-1, count: 10, wait_ms: 1000 } }
      responses:
        "200":
          description: The entries.
          content:
            application/json:
              schema: { type: object, properties: { entries: { type: array, items: { $ref: "#/components/schemas/Entry" } } }, required: [entries] }
              examples:
                usual: { value: { entries: [{ id: 1700000000000-0, fields: [[temperature, "21.5"]] }] } }
        "204": { description: "There is nothing." }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/NotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/streams/{key}/groups/{group}/ack:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/group"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: acknowledge
      tags: [streams]
      summary: Acknowledge entries
      description: |
        XACK.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { ids: { type: array, items: { $ref: "#/components/schemas/BytesInput" }, minItems: 1 } }, required: [ids], additionalProperties: false }
            examples:
              usual: { value: { ids: [1700000000000-0] } }
      responses:
        "200":
          description: How many were pending.
          content:
            application/json:
              schema: { type: object, properties: { acknowledged: { type: integer, format: int64, minimum: 0 } }, required: [acknowledged] }
              examples:
                usual: { value: { acknowledged: 1 } }
        "400": { $ref: "#/components/responses/Problem" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/streams/{key}/groups/{group}/claim:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/group"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: claim
      tags: [streams]
      summary: Take over entries of other consumers
      description: |
        XCLAIM of `ids`; XAUTOCLAIM without, from `start` on.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, properties: { consumer: { $ref: "#/components/schemas/BytesInput" }, min_idle_ms: { type: integer, format: int64, minimum: 0 }, ids: { type: array, items: { $ref: "#/components/schemas/BytesInput" }, minItems: 1 }, start: { $ref: "#/components/schemas/BytesInput" }, count: { type: integer, minimum: 1, maximum: 1000000 } }, required: [consumer], additionalProperties: false }
            examples:
              usual: { value: { consumer: worker-2, min_idle_ms: 60000 } }
      responses:
        "200":
          description: "The entries; without `ids` also where to go on, and the ids of entries that are gone."
          content:
            application/json:
              schema: { type: object, properties: { next_start: { type: string }, entries: { type: array, items: { $ref: "#/components/schemas/Entry" } }, deleted: { type: array, items: { type: string } } }, required: [entries] }
              examples:
                usual: { value: { next_start: 0-0, entries: [{ id: 1700000000000-0, fields: [[temperature, "21.5"]] }], deleted: [] } }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/NotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/streams/{key}/groups/{group}/pending:
    parameters:
      - $ref: "#/components/parameters/key"
      - $ref: "#/components/parameters/group"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getPending
      tags: [streams]
      summary: The entries that are not acknowledged
      description: |
        XPENDING.
      parameters:
        - name: start
          in: query
          description: "The lowest id."
          schema: { type: string }
        - name: end
          in: query
          description: "The highest id."
          schema: { type: string }
        - name: count
          in: query
          description: "How many at most."
          schema: { type: integer, minimum: 1, maximum: 1000000, default: 100 }
        - name: consumer
          in: query
          description: "Only this consumer's."
          schema: { type: string }
        - name: min_idle_ms
          in: query
          description: "Only those that have waited as long."
          schema: { type: integer, format: int64, minimum: 0 }
      responses:
        "200":
          description: The entries.
          content:
            application/json:
              schema: { type: object, properties: { pending: { type: array, items: { type: object, properties: { id: { type: string }, consumer: { $ref: "#/components/schemas/Bytes" }, idle_ms: { type: integer, format: int64, minimum: 0 }, deliveries: { type: integer, format: int64, minimum: 0 } }, required: [id, consumer, idle_ms, deliveries] } } }, required: [pending] }
              examples:
                usual: { value: { pending: [{ id: 1700000000000-0, consumer: worker-1, idle_ms: 1200, deliveries: 1 }] } }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/NotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headPending
      tags: [streams]
      summary: The same without the body
      parameters:
        - name: start
          in: query
          description: "The lowest id."
          schema: { type: string }
        - name: end
          in: query
          description: "The highest id."
          schema: { type: string }
        - name: count
          in: query
          description: "How many at most."
          schema: { type: integer, minimum: 1, maximum: 1000000, default: 100 }
        - name: consumer
          in: query
          description: "Only this consumer's."
          schema: { type: string }
        - name: min_idle_ms
          in: query
          description: "Only those that have waited as long."
          schema: { type: integer, format: int64, minimum: 0 }
      responses:
        "200": { description: "As GET." }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/NotFound" }
        "409": { $ref: "#/components/responses/WrongType" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/scripts:
    parameters:
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: loadScript
      tags: [scripts]
      summary: Load a script
      description: |
        SCRIPT LOAD. The body is the Lua source.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: false
        description: The bytes are the value, also without a content type; an empty body is the empty string.
        content:
          application/octet-stream:
            schema: { $ref: "#/components/schemas/Octets" }
            examples:
              usual: { value: return 1 }
          text/*:
            schema: { type: string }
          application/json:
            schema: {}
      responses:
        "201":
          description: Loaded.
          headers:
            Location: { $ref: "#/components/headers/Location" }
          content:
            application/json:
              schema: { type: object, properties: { sha: { type: string } }, required: [sha] }
              examples:
                usual: { value: { sha: e0e1f9fabfc9d4800c877a703b823ac0578ff8db } }
        "400": { $ref: "#/components/responses/Problem" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/scripts/{sha}/invocations:
    parameters:
      - $ref: "#/components/parameters/sha"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: invokeScript
      tags: [scripts]
      summary: Run a script
      description: |
        EVALSHA, or EVALSHA_RO with `read_only`. A script that failed may have changed data before.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: false
        content:
          application/json:
            schema: { type: object, properties: { keys: { type: array, items: { $ref: "#/components/schemas/BytesInput" } }, arguments: { type: array, items: { $ref: "#/components/schemas/BytesInput" } }, read_only: { type: boolean, default: false } }, additionalProperties: false }
            examples:
              usual: { value: { keys: [k], arguments: ["1"] } }
      responses:
        "200":
          description: What it returned.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Result" }
              examples:
                usual: { value: { result: 1 } }
        "400": { $ref: "#/components/responses/Problem" }
        "404": { $ref: "#/components/responses/NotFound" }
        "422": { $ref: "#/components/responses/Problem" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/functions/{name}/invocations:
    parameters:
      - $ref: "#/components/parameters/functionName"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: invokeFunction
      tags: [scripts]
      summary: Call a function
      description: |
        FCALL, or FCALL_RO with `read_only`.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: false
        content:
          application/json:
            schema: { type: object, properties: { keys: { type: array, items: { $ref: "#/components/schemas/BytesInput" } }, arguments: { type: array, items: { $ref: "#/components/schemas/BytesInput" } }, read_only: { type: boolean, default: false } }, additionalProperties: false }
            examples:
              usual: { value: { keys: [k], arguments: ["1"] } }
      responses:
        "200":
          description: What it returned.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Result" }
              examples:
                usual: { value: { result: 9 } }
        "400": { $ref: "#/components/responses/Problem" }
        "422": { $ref: "#/components/responses/Problem" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/commands:
    description: |
      `QUERY` takes and answers what POST does, for commands that only read (scope `read`). A command that may change data is 422
      (`/problems/not-read-only`).
    parameters:
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: postCommand
      tags: [commands]
      summary: Run one command
      description: |
        A blocking command (`BLPOP`, `BRPOP`, `BRPOPLPUSH`, `BLMOVE`, `BLMPOP`, `BZPOPMIN`, `BZPOPMAX`, `BZMPOP`, `XREAD` and
        `XREADGROUP` with `BLOCK`) waits on a connection of its own, at most as long as the gateway's setting; 0 means that
        maximum. `Request-Timeout-Ms` from 200 on shortens the wait so that the answer comes before it. A timeout that cannot be read as
        plain decimal digits is 400.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema:
              oneOf:
                - $ref: "#/components/schemas/Command"
                - type: object
                  properties:
                    command: { $ref: "#/components/schemas/Command" }
                  required: [command]
                  additionalProperties: false
            examples:
              array: { value: [GET, k] }
              object: { value: { command: [SET, k, { base64: /wA= }] } }
              increment: { value: [INCR, visits] }
      responses:
        "200":
          description: The reply of Redis.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Result" }
              examples:
                text: { value: { result: v } }
                status: { value: { result: OK } }
                number: { value: { result: 9223372036854775807 } }
            application/x-resp:
              schema:
                type: string
                description: The reply in RESP3, without attributes. Errors are problems all the same.
        "400": { $ref: "#/components/responses/Problem" }
        "403":
          description: |
            The command is refused (`/problems/command-not-allowed`), or the token's scopes do not allow it
            (`/problems/insufficient-scope`), or it names a key that the token is not for, or none that could be told
            (`/problems/key-not-allowed`).
          content:
            application/problem+json:
              schema: { $ref: "#/components/schemas/Problem" }
              examples:
                refused:
                  value:
                    type: /problems/command-not-allowed
                    title: Command not allowed
                    status: 403
                    detail: It would show the traffic of others.
                    instance: 6f1c2a9e00d41b37
                    command: MONITOR
                    outcome: not-executed
                    retryable: false
        "409": { $ref: "#/components/responses/WrongType" }
        "415": { $ref: "#/components/responses/Problem" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/pipelines:
    parameters:
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: postPipeline
      tags: [commands]
      summary: Run commands in one write
      description: |
        Order is kept, atomicity is not promised. An error of one command is one of the results. A command that is refused
        refuses the whole batch before anything runs; blocking commands are refused here. When the connection is lost, the
        batch is sent again only if all commands are reads, or overwrites followed by reads.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Batch" }
            examples:
              batch: { value: { commands: [[SET, k, v], [INCR, k]] } }
      responses:
        "200":
          description: One result a command, in order.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Results" }
              examples:
                usual: { value: { results: [{ result: OK }, { error: { type: /problems/not-a-number, title: Not a number, status: 409, detail: "The stored value cannot be counted with.", redis_error: ERR value is not an integer or out of range, command: INCR, command_index: 1, outcome: not-executed, retryable: false } }] } }
        "400": { $ref: "#/components/responses/Problem" }
        "403": { $ref: "#/components/responses/Problem" }
        "415": { $ref: "#/components/responses/Problem" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/transactions:
    parameters:
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: postTransaction
      tags: [commands]
      summary: Run commands atomically
      description: |
        MULTI, the commands, EXEC in one write. A command that fails while it runs is one of the results, as in Redis; the
        others have run.

        With `if_match` and `if_none_match` the keys are watched and read first, on a connection of their own, and the commands run only
        if every condition holds: 412 if one does not, 409 if a key changed in between (nothing ran in either case, and the
        same may be tried again). A tag is that of the string at the key, or `*` for any type of key.
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Transaction" }
            examples:
              batch: { value: { commands: [[SET, k, "1"], [INCR, k]] } }
              conditional: { value: { if_match: { "cart:7": "\"b92e433de4dd0543\"" }, if_none_match: ["order:7"], commands: [[SET, "order:7", "3 items"], [DEL, "cart:7"]] } }
      responses:
        "200":
          description: One result a command, in order.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Results" }
              examples:
                usual: { value: { results: [{ result: OK }, { result: 2 }] } }
                conditional: { value: { results: [{ result: OK }, { result: 1 }] } }
        "400": { $ref: "#/components/responses/Problem" }
        "403": { $ref: "#/components/responses/Problem" }
        "409":
          description: A watched key changed (`/problems/transaction-conflict`); nothing ran.
          content:
            application/problem+json:
              schema: { $ref: "#/components/schemas/Problem" }
        "412":
          description: A condition does not hold (`/problems/precondition-failed`); nothing ran.
          content:
            application/problem+json:
              schema: { $ref: "#/components/schemas/Problem" }
        "415": { $ref: "#/components/responses/Problem" }
        "422":
          description: |
            Redis refused to queue a command (`/problems/transaction-aborted`); nothing ran. `command_index` names it.
          content:
            application/problem+json:
              schema: { $ref: "#/components/schemas/Problem" }
        "501": { $ref: "#/components/responses/Problem" }
        default: { $ref: "#/components/responses/Problem" }
  /openapi.yaml:
    get:
      operationId: getOpenAPIYAML
      tags: [description]
      summary: This document
      responses:
        "200":
          description: The document.
          content:
            application/yaml:
              schema: { type: string }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headOpenAPIYAML
      tags: [description]
      summary: The size of this document
      responses:
        "200": { description: It is there. }
  /openapi.json:
    get:
      operationId: getOpenAPIJSON
      tags: [description]
      summary: This document in JSON
      responses:
        "200":
          description: The document.
          content:
            application/json:
              schema: { type: object }
              examples:
                part: { value: { openapi: "3.1.0", info: { title: Baton } } }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headOpenAPIJSON
      tags: [description]
      summary: The size of this document in JSON
      responses:
        "200": { description: It is there. }
  /v1/channels/{channel}/messages:
    parameters:
      - name: channel
        in: path
        required: true
        description: The channel, percent-encoded.
        schema: { type: string }
        example: news
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: subscribeChannel
      tags: [channels]
      summary: Subscribe
      parameters:
        - name: channel
          in: query
          description: "A further channel; may be given up to 99 times."
          schema: { type: array, maxItems: 99, items: { type: string } }
          explode: true
      responses:
        "200": { $ref: "#/components/responses/Messages" }
        "503": { $ref: "#/components/responses/Problem" }
        "504": { $ref: "#/components/responses/Problem" }
        default: { $ref: "#/components/responses/Problem" }
    post:
      operationId: publishChannel
      tags: [channels]
      summary: Publish
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        description: The message, whatever its type.
        content:
          application/octet-stream:
            schema: { $ref: "#/components/schemas/Octets" }
            examples:
              usual: { value: hello }
      responses:
        "200":
          description: How many Redis has handed it to; a gateway counts as one an event loop, however many listen to it.
          content:
            application/json:
              schema:
                type: object
                required: [receivers]
                properties:
                  receivers: { type: integer, minimum: 0 }
              examples:
                usual: { value: { receivers: 1 } }
        default: { $ref: "#/components/responses/Problem" }
  /v1/patterns/{pattern}/messages:
    parameters:
      - name: pattern
        in: path
        required: true
        description: A glob-style pattern of channels (PSUBSCRIBE), percent-encoded.
        schema: { type: string }
        example: "news.*"
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: subscribePattern
      tags: [channels]
      summary: Subscribe
      parameters:
        - name: pattern
          in: query
          description: "A further pattern; may be given up to 99 times."
          schema: { type: array, maxItems: 99, items: { type: string } }
          explode: true
      responses:
        "200": { $ref: "#/components/responses/Messages" }
        "503": { $ref: "#/components/responses/Problem" }
        "504": { $ref: "#/components/responses/Problem" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/shard-channels/{channel}/messages:
    parameters:
      - name: channel
        in: path
        required: true
        description: The shard channel (SSUBSCRIBE), percent-encoded.
        schema: { type: string }
        example: news
      - $ref: "#/components/parameters/keyEncoding"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: subscribeShardChannel
      tags: [channels]
      summary: Subscribe
      parameters:
        - name: channel
          in: query
          description: "A further shard channel; may be given up to 99 times."
          schema: { type: array, maxItems: 99, items: { type: string } }
          explode: true
      responses:
        "200": { $ref: "#/components/responses/Messages" }
        "503": { $ref: "#/components/responses/Problem" }
        "504": { $ref: "#/components/responses/Problem" }
        default: { $ref: "#/components/responses/Problem" }
    post:
      operationId: publishShardChannel
      tags: [channels]
      summary: Publish
      parameters:
        - $ref: "#/components/parameters/idempotencyKey"
      requestBody:
        description: The message, whatever its type.
        content:
          application/octet-stream:
            schema: { $ref: "#/components/schemas/Octets" }
            examples:
              usual: { value: hello }
      responses:
        "200":
          description: How many Redis has handed it to; a gateway counts as one an event loop, however many listen to it.
          content:
            application/json:
              schema:
                type: object
                required: [receivers]
                properties:
                  receivers: { type: integer, minimum: 0 }
              examples:
                usual: { value: { receivers: 1 } }
        default: { $ref: "#/components/responses/Problem" }
  /v1/info:
    parameters:
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getInfo
      tags: [description]
      summary: What Redis and the gateway say of themselves
      description: |
        INFO, and what this process has to say beside it. Needs the scope `admin`. All values of Redis are strings as it writes them;
        sections have their names in lower case, as INFO takes them.
      parameters:
        - name: section
          in: query
          description: One section, or `all`, `everything`, `modules`. Without it, those that Redis shows by default.
          schema: { type: string, pattern: "^[A-Za-z0-9_-]{1,64}$" }
          example: memory
      responses:
        "200":
          description: Sections and fields, and the gateway.
          content:
            application/json:
              schema:
                type: object
                properties:
                  redis:
                    type: object
                    additionalProperties: { type: object, additionalProperties: { type: string } }
                  baton:
                    type: object
                    properties:
                      version: { type: string }
                      uptime_s: { type: integer, minimum: 0 }
                      event_loops: { type: integer, minimum: 1 }
                      draining: { type: boolean }
                    required: [version, uptime_s, event_loops, draining]
                required: [redis, baton]
              examples:
                memory:
                  value:
                    redis: { memory: { used_memory: "1048576", maxmemory_policy: noeviction } }
                    baton: { version: 0.1.0, uptime_s: 86400, event_loops: 2, draining: false }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headInfo
      tags: [description]
      summary: The same without the body
      parameters:
        - name: section
          in: query
          schema: { type: string, pattern: "^[A-Za-z0-9_-]{1,64}$" }
      responses:
        "200": { description: "As for GET, without the body." }
        default: { $ref: "#/components/responses/Problem" }
  /v1/topology:
    parameters:
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getTopology
      tags: [description]
      summary: Which Redis servers there are
      description: |
        The upstream, the gateway's connections to it over all event loops, and what INFO says of its replication. Needs the scope
        `admin`.
      responses:
        "200":
          description: The upstreams, of which there is one.
          content:
            application/json:
              schema:
                type: object
                properties:
                  upstreams:
                    type: array
                    items:
                      type: object
                      properties:
                        name: { type: string }
                        endpoint: { type: string, description: "Without credentials." }
                        mode: { type: string, enum: [single] }
                        connections:
                          type: object
                          properties:
                            ready: { type: integer, minimum: 0 }
                            draining: { type: integer, minimum: 0 }
                            dialing: { type: integer, minimum: 0 }
                          required: [ready, draining, dialing]
                        role: { type: string, enum: [master, replica] }
                        master:
                          type: object
                          description: Whom a replica follows.
                          properties:
                            address: { type: string }
                            link: { type: string }
                          required: [address, link]
                        replicas:
                          type: array
                          items:
                            type: object
                            properties:
                              address: { type: string }
                              state: { type: string }
                              offset: { type: integer, format: int64 }
                              lag_s: { type: integer, format: int64 }
                            required: [address, state]
                      required: [name, endpoint, mode, connections, role, replicas]
                required: [upstreams]
              examples:
                replicated:
                  value:
                    upstreams:
                      - name: main
                        endpoint: 10.0.0.5:6379
                        mode: single
                        connections: { ready: 4, draining: 0, dialing: 0 }
                        role: master
                        replicas: [{ address: 10.0.0.6:6379, state: online, offset: 4242, lag_s: 0 }]
                single:
                  value:
                    upstreams:
                      - name: main
                        endpoint: 10.0.0.5:6379
                        mode: single
                        connections: { ready: 2, draining: 0, dialing: 0 }
                        role: master
                        replicas: []
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headTopology
      tags: [description]
      summary: The same without the body
      responses:
        "200": { description: "As for GET, without the body." }
        default: { $ref: "#/components/responses/Problem" }
  /v1/maintenance:
    parameters:
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getMaintenance
      tags: [maintenance]
      summary: What the upstream is going through
      description: |
        Answered from memory. The `ETag` is weak: it names the revision, and counts may change without a new one. With
        `If-None-Match` and `Prefer: wait=30` (RFC 7240) a request that knows the current revision is held until the next one
        comes (200), or the time is over (304); `Preference-Applied` tells the time that was granted. It is held no longer than
        `maintenance-wait-maximum`, and not at all while `maintenance-watchers-maximum` others wait, or the gateway is draining.
      parameters:
        - name: If-None-Match
          in: header
          schema: { type: string }
        - name: Prefer
          in: header
          description: "`wait=N`, in seconds."
          schema: { type: string }
      responses:
        "200":
          description: The picture, over all event loops.
          headers:
            ETag: { schema: { type: string } }
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Maintenance" }
              examples:
                usual:
                  value:
                    state: normal
                    revision: 2
                    since: "2026-03-01T12:00:00.099Z"
                    upstreams:
                      - name: main
                        endpoint: "10.0.0.5:6379"
                        mode: auto
                        notifications: unsupported
                        state: normal
                        connections: { ready: 2, draining: 0, dialing: 0 }
                        timeouts: { configured_ms: 1000, effective_ms: 1000 }
                        windows: []
                        handoffs: []
                        last_handoff: null
                    history:
                      - { revision: 1, at: "2026-03-01T12:00:00.099Z", upstream: main, event: notifications, notifications: unsupported }
                      - { revision: 2, at: "2026-03-01T12:00:00.099Z", upstream: main, event: state, state: normal }
        "304": { description: The revision is the known one. }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headMaintenance
      tags: [maintenance]
      responses:
        "200": { description: "As for GET, without the body." }
        "304": { description: The revision is the known one. }
  /v1/maintenance/events:
    parameters:
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getMaintenanceEvents
      tags: [maintenance]
      summary: Changes as server-sent events
      description: |
        First `event: snapshot` with the whole picture, then `event: change` for each revision, with a MaintenanceEvent. `id:`
        names the revision. With `Last-Event-ID` only what was missed is sent, if that is among the newest 64 revisions of this
        process, else a snapshot. `: hb` comes every 10 s. A subscriber that does not keep up gets `event: overflow`, and the
        response ends; it also ends when the gateway drains.
      parameters:
        - name: Last-Event-ID
          in: header
          schema: { type: string }
      responses:
        "200":
          description: The events, until the caller has enough.
          content:
            text/event-stream:
              schema: { type: string }
        "503":
          description: Too many watchers (`maintenance-watchers-maximum`), or the gateway is draining.
          content:
            application/problem+json:
              schema: { $ref: "#/components/schemas/Problem" }
        default: { $ref: "#/components/responses/Problem" }
  /v1/maintenance/handoffs:
    parameters:
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: postHandoff
      tags: [maintenance]
      summary: Move the connections by hand
      description: |
        The same move as an announced one, for servers that announce nothing: new connections are opened to the target, requests
        go to them, and the old ones finish what they were given. Needs the scope `admin`, and the gateway's credentials are sent
        to the target.
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [upstream]
              additionalProperties: false
              properties:
                upstream: { const: main }
                target:
                  type: string
                  description: "`host:port`; without it the configured endpoint anew."
                grace_ms: { type: integer, minimum: 1000, maximum: 120000, default: 15000 }
            examples:
              move: { value: { upstream: main, target: "192.0.2.7:6379", grace_ms: 15000 } }
      responses:
        "202":
          description: The move has begun. The picture holds it; watch `/v1/maintenance` for its end.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Maintenance" }
              examples:
                usual:
                  value:
                    state: maintenance
                    revision: 5
                    since: "2026-03-01T13:30:00.947Z"
                    upstreams:
                      - name: main
                        endpoint: "10.0.0.5:6379"
                        mode: auto
                        notifications: unsupported
                        state: moving
                        connections: { ready: 2, draining: 0, dialing: 2 }
                        timeouts: { configured_ms: 1000, effective_ms: 10000 }
                        windows: []
                        handoffs:
                          - seq: null
                            target: "192.0.2.7:6379"
                            announced_at: "2026-03-01T13:30:00.947Z"
                            deadline: "2026-03-01T13:30:15.947Z"
                            phase: dialing
                            moved: 0
                            remaining: 2
                            held: 0
                            in_flight: 0
                            resent: 0
                            failed: 0
                            failed_dials: 0
                        last_handoff: null
                    history:
                      - { revision: 1, at: "2026-03-01T12:00:00.099Z", upstream: main, event: notifications, notifications: unsupported }
                      - { revision: 2, at: "2026-03-01T12:00:00.099Z", upstream: main, event: state, state: normal }
                      - { revision: 3, at: "2026-03-01T13:30:00.947Z", upstream: main, event: handoff, phase: waiting, target: "192.0.2.7:6379" }
                      - { revision: 4, at: "2026-03-01T13:30:00.947Z", upstream: main, event: handoff, phase: dialing, target: "192.0.2.7:6379" }
                      - { revision: 5, at: "2026-03-01T13:30:00.947Z", upstream: main, event: state, state: moving }
        "400": { $ref: "#/components/responses/Problem" }
        "403": { $ref: "#/components/responses/Problem" }
        "415": { $ref: "#/components/responses/Problem" }
        "503":
          description: Too many moves go on, or the gateway is draining.
          content:
            application/problem+json:
              schema: { $ref: "#/components/schemas/Problem" }
        default: { $ref: "#/components/responses/Problem" }
  /livez:
    get:
      operationId: getLiveness
      tags: [health]
      summary: Whether the process answers
      security: [{}]
      parameters:
        - $ref: "#/components/parameters/verbose"
      responses:
        "200": { $ref: "#/components/responses/Health" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headLiveness
      tags: [health]
      security: [{}]
      responses:
        "200": { description: It does. }
        default: { $ref: "#/components/responses/Problem" }
  /readyz:
    get:
      operationId: getReadiness
      tags: [health]
      summary: Whether the gateway accepts work
      security: [{}]
      parameters:
        - $ref: "#/components/parameters/verbose"
      responses:
        "200": { $ref: "#/components/responses/Health" }
        "503": { $ref: "#/components/responses/Health" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headReadiness
      tags: [health]
      security: [{}]
      responses:
        "200": { description: It does. }
        "503": { description: It does not. }
        default: { $ref: "#/components/responses/Problem" }
  /health:
    get:
      operationId: getHealth
      tags: [health]
      summary: A check an upstream
      security: [{}]
      parameters:
        - $ref: "#/components/parameters/verbose"
      responses:
        "200":
          description: Healthy.
          content:
            application/health+json:
              schema: { type: object }
              examples:
                usual: { value: { status: pass, description: serving, checks: { "redis:main": [{ componentType: datastore, status: pass, maintenance: normal, ready: 1, connecting: 0, leased: 0, held: 0, inFlight: 0 }] } } }
        "503":
          description: Not healthy.
          content:
            application/health+json:
              schema: { type: object }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headHealth
      tags: [health]
      security: [{}]
      responses:
        "200": { description: Healthy. }
        "503": { description: Not healthy. }
        default: { $ref: "#/components/responses/Problem" }
  /metrics:
    get:
      operationId: getMetrics
      tags: [health]
      summary: Metrics in the Prometheus text format
      responses:
        "200":
          description: The metrics.
          content:
            text/plain:
              schema: { type: string }
        "401": { $ref: "#/components/responses/Unauthorized" }
        default: { $ref: "#/components/responses/Problem" }
    head:
      operationId: headMetrics
      tags: [health]
      responses:
        "200": { description: There are metrics. }
        "401": { $ref: "#/components/responses/Unauthorized" }
        default: { $ref: "#/components/responses/Problem" }
  /:
    servers:
      - url: /
      - url: /upstash
    parameters:
      - $ref: "#/components/parameters/upstashEncoding"
      - $ref: "#/components/parameters/upstashResponseFormat"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: postUpstashCommand
      tags: [upstash]
      summary: Run one command
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/UpstashCommand" }
            examples:
              set: { value: [SET, greeting, hello, EX, 100] }
      responses:
        "200": { $ref: "#/components/responses/UpstashResult" }
        "400": { $ref: "#/components/responses/UpstashError" }
        "401": { $ref: "#/components/responses/UpstashError" }
        default: { $ref: "#/components/responses/UpstashError" }
  /pipeline:
    servers:
      - url: /
      - url: /upstash
    parameters:
      - $ref: "#/components/parameters/upstashEncoding"
      - $ref: "#/components/parameters/upstashResponseFormat"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: postUpstashPipeline
      tags: [upstash]
      summary: Run commands in one write
      description: |
        Order is kept, atomicity is not promised; an error of one command is one of the results. In the form `resp2` the results are
        the elements of one array.
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/UpstashCommands" }
            examples:
              batch: { value: [[SET, k, "1"], [INCR, k]] }
      responses:
        "200": { $ref: "#/components/responses/UpstashResults" }
        "400": { $ref: "#/components/responses/UpstashError" }
        "401": { $ref: "#/components/responses/UpstashError" }
        default: { $ref: "#/components/responses/UpstashError" }
  /multi-exec:
    servers:
      - url: /
      - url: /upstash
    parameters:
      - $ref: "#/components/parameters/upstashEncoding"
      - $ref: "#/components/parameters/upstashResponseFormat"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    post:
      operationId: postUpstashTransaction
      tags: [upstash]
      summary: Run commands atomically
      description: |
        MULTI, the commands, EXEC in one write, always answered in JSON. A transaction that is discarded as a whole is 400 with
        `EXECABORT`.
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/UpstashCommands" }
            examples:
              batch: { value: [[SET, k, "1"], [INCR, k]] }
      responses:
        "200": { $ref: "#/components/responses/UpstashResults" }
        "400": { $ref: "#/components/responses/UpstashError" }
        "401": { $ref: "#/components/responses/UpstashError" }
        default: { $ref: "#/components/responses/UpstashError" }
  /{command}:
    servers:
      - url: /
      - url: /upstash
    parameters:
      - name: command
        in: path
        required: true
        description: |
          The command and its arguments, one percent-encoded segment each: `set/greeting/hello`. Behind them come the body, if
          there is one, as one argument, and the query's names and values, in order: `?EX=100`. The first segments `v1`, `livez`,
          `readyz`, `health`, `metrics`, `openapi.yaml`, `openapi.json`, `status` and `problems` are not commands, but for the mount at
          `/upstash`. `/subscribe/{channel}` and `/psubscribe/{pattern}` answer with server-sent events: `data: subscribe,<channel>,1`,
          then `data: message,<channel>,<payload>` or `data: pmessage,<pattern>,<channel>,<payload>`, with a `data:` line for each line of
          the payload.
        schema: { type: string, minLength: 1 }
        example: get/greeting
      - $ref: "#/components/parameters/upstashEncoding"
      - $ref: "#/components/parameters/upstashResponseFormat"
      - $ref: "#/components/parameters/requestTimeout"
      - $ref: "#/components/parameters/requestID"
    get:
      operationId: getUpstashPath
      tags: [upstash]
      summary: Run a command that only reads
      description: |
        With the setting `upstash-writes-by-get` also one that writes.
      responses:
        "200": { $ref: "#/components/responses/UpstashResult" }
        "400": { $ref: "#/components/responses/UpstashError" }
        "401": { $ref: "#/components/responses/UpstashError" }
        default: { $ref: "#/components/responses/UpstashError" }
    head:
      operationId: headUpstashPath
      tags: [upstash]
      summary: The same without the body
      responses:
        "200": { description: The command ran. }
        default: { description: As for GET. }
    post:
      operationId: postUpstashPath
      tags: [upstash]
      summary: Run any command
      requestBody:
        description: One more argument, whatever its type; none if it is empty.
        content:
          application/octet-stream:
            examples:
              usual: { value: hello }
      responses:
        "200": { $ref: "#/components/responses/UpstashResult" }
        "400": { $ref: "#/components/responses/UpstashError" }
        "401": { $ref: "#/components/responses/UpstashError" }
        default: { $ref: "#/components/responses/UpstashError" }
    put:
      operationId: putUpstashPath
      tags: [upstash]
      summary: Run any command
      requestBody:
        description: One more argument, whatever its type; none if it is empty.
        content:
          application/octet-stream:
            examples:
              usual: { value: hello }
      responses:
        "200": { $ref: "#/components/responses/UpstashResult" }
        "400": { $ref: "#/components/responses/UpstashError" }
        "401": { $ref: "#/components/responses/UpstashError" }
        default: { $ref: "#/components/responses/UpstashError" }
components:
  securitySchemes:
    bearer:
      type: http
      scheme: bearer
      description: |
        Asked for when the gateway has a token file: on every route but the health ones and OPTIONS. The scopes are `read` (safe
        methods, commands that only read, subscriptions), `write`, `publish` (messages to channels; `write` holds it), and `admin` (moves
        by hand, `/v1/info`, `/v1/topology`).

        A token may be for keys with certain beginnings only; channels count as keys, and patterns must begin so, too. Another key is 403
        `/problems/key-not-allowed` on every route, as are commands whose keys cannot be told (`KEYS`, `SCAN` without such a `MATCH`, `INFO`,
        scripts and functions ...). In a batch `command_index` names the command, and nothing runs.
  parameters:
    ifMatch:
      name: If-Match
      in: header
      description: "`*`, or entity tags: go on only if the key is there, or has one of them."
      schema: { type: string }
    ifNoneMatch:
      name: If-None-Match
      in: header
      description: "`*`, or entity tags: go on only if the key is not there, or has none of them."
      schema: { type: string }
    idempotencyKey:
      name: Idempotency-Key
      in: header
      description: |
        Run this once: the answer is kept (setting `idempotency-time`) in the same atomic step as the write, and a repeat with the same key
        has it, with `Idempotency-Replayed: true`. For another request with the same key 422; an answer that says that nothing
        succeeded is not kept. Not together with conditions, waits, scripts, and commands whose replies a script cannot hold
        (422 `/problems/idempotency-not-possible`).
      schema: { type: string, minLength: 1, maxLength: 257, pattern: '^("[!#-~]{1,255}"|[!#-~]{1,255})$' }
    upstashEncoding:
      name: Upstash-Encoding
      in: header
      description: "`base64`: strings in base64, but for an OK that is a whole result. Any other value says nothing."
      schema: { type: string }
    upstashResponseFormat:
      name: Upstash-Response-Format
      in: header
      description: "`resp2`: the bytes of the RESP2 reply. Not together with `Upstash-Encoding`."
      schema: { type: string, enum: [json, resp2], default: json }
    key:
      name: key
      in: path
      required: true
      description: The key, percent-encoded.
      schema: { type: string }
      example: user%2F1
    field:
      name: field
      in: path
      required: true
      description: The field, percent-encoded; `key_encoding` is for it too.
      schema: { type: string }
      example: name
    member:
      name: member
      in: path
      required: true
      description: The member, percent-encoded; `key_encoding` is for it too.
      schema: { type: string }
      example: a
    group:
      name: group
      in: path
      required: true
      description: The group, percent-encoded; `key_encoding` is for it too.
      schema: { type: string }
      example: workers
    index:
      name: index
      in: path
      required: true
      description: From 0; negative from the end.
      schema: { type: string }
      example: "-1"
    entryID:
      name: id
      in: path
      required: true
      description: The entry's id.
      schema: { type: string }
      example: 1700000000000-0
    sha:
      name: sha
      in: path
      required: true
      description: The script's SHA-1.
      schema: { type: string }
      example: e0e1f9fabfc9d4800c877a703b823ac0578ff8db
    functionName:
      name: name
      in: path
      required: true
      description: The function's name.
      schema: { type: string }
      example: reserve
    keyEncoding:
      name: key_encoding
      in: query
      description: How the key's segment is encoded beyond percent-encoding.
      schema: { type: string, enum: [base64url] }
    requestTimeout:
      name: Request-Timeout-Ms
      in: header
      description: Lowers the deadline of this request, which counts from when all of it has come; it never raises it over the gateway's setting.
      schema: { type: integer, format: int64, minimum: 1 }
    requestID:
      name: X-Request-Id
      in: header
      description: Taken if it is 1 to 128 letters, digits and characters of `_.:+/=-`, else one is made.
      schema: { type: string }
    verbose:
      name: verbose
      in: query
      description: A line a check.
      allowEmptyValue: true
      schema: { type: string }
      example: ""
  headers:
    UpstashSyncToken:
      description: Another one for each answer. Any that comes back is accepted, since reads go to the server that takes the writes.
      schema: { type: string }
    TTL:
      description: The time to live in milliseconds; absent when there is none.
      schema: { type: integer, format: int64, minimum: 0 }
    Location:
      description: The path of what was made.
      schema: { type: string, format: uri-reference }
    Link:
      description: The next page (`rel="next"`); absent on the last.
      schema: { type: string }
    ETag:
      description: The strong entity tag of the value in this form.
      schema: { type: string }
      example: '"96ca223b3d5dcf80"'
    AcceptRanges:
      schema: { type: string, const: bytes }
    ContentRange:
      schema: { type: string }
      example: bytes 0-3/10
    PreferenceApplied:
      schema: { type: string }
      example: return=representation
    Allow:
      schema: { type: string }
      example: GET, HEAD, PUT, DELETE, OPTIONS
    RetryAfter:
      description: Seconds; with 503.
      schema: { type: integer, minimum: 0 }
    WWWAuthenticate:
      schema: { type: string }
      example: Bearer
  responses:
    UpstashResult:
      description: The command's reply, as RESP2 has it.
      headers:
        Upstash-Sync-Token: { $ref: "#/components/headers/UpstashSyncToken" }
      content:
        application/json:
          schema:
            type: object
            required: [result]
            properties:
              result: {}
          examples:
            status: { value: { result: OK } }
            value: { value: { result: hello } }
        application/octet-stream: {}
    UpstashResults:
      description: One result a command, in order.
      headers:
        Upstash-Sync-Token: { $ref: "#/components/headers/UpstashSyncToken" }
      content:
        application/json:
          schema:
            type: array
            items:
              type: object
              properties:
                result: {}
                error: { type: string }
          examples:
            usual: { value: [{ result: OK }, { result: 2 }] }
        application/octet-stream: {}
    UpstashError:
      description: |
        What Redis says, as it says it, or what is wrong with the request; from 500 on what is wrong with Redis. Everything that Redis
        did not say itself has the members of a problem beside it.
      headers:
        Upstash-Sync-Token: { $ref: "#/components/headers/UpstashSyncToken" }
      content:
        application/json:
          schema:
            type: object
            required: [error]
            properties:
              error: { type: string }
        application/octet-stream: {}
    Problem:
      description: |
        A problem. Besides the ones of the route: 400 (malformed), 401, 403, 405 (with `Allow`), 406, 408, 413, 414, 415, 431,
        500, 501, 502 (`outcome-unknown`, `backend-auth`, `backend-protocol`, `backend-io`), 503 (with `Retry-After`), 504
        (`deadline-exceeded`) and 507 (`out-of-memory`).
      headers:
        Allow: { $ref: "#/components/headers/Allow" }
        Retry-After: { $ref: "#/components/headers/RetryAfter" }
        WWW-Authenticate: { $ref: "#/components/headers/WWWAuthenticate" }
      content:
        application/problem+json:
          schema: { $ref: "#/components/schemas/Problem" }
          examples:
            lost:
              value:
                type: /problems/outcome-unknown
                title: Outcome unknown
                status: 502
                detail: The connection to Redis was lost after the command was sent; it may have run.
                instance: 6f1c2a9e00d41b37
                outcome: unknown
                retryable: false
    Unauthorized:
      description: No valid token.
      headers:
        WWW-Authenticate: { $ref: "#/components/headers/WWWAuthenticate" }
      content:
        application/problem+json:
          schema: { $ref: "#/components/schemas/Problem" }
    Messages:
      description: |
        Server-sent events, from the moment on that Redis has confirmed the subscription: `retry: 1000`, `: hb` at least every 15 s, and
        - `event: message` with `{"channel":...,"message":...}`, for patterns with `pattern`, too; bytes that are not UTF-8 as
          `{"base64":"..."}`;
        - `event: gap` with `{"reason":"connection-lost","duration_ms":n}` where messages may have been missed, because the connection to
          Redis was lost. A move that Redis announces leaves none: messages come in order and once, but that equal ones which are
          published side by side while it lasts may count as one;
        - `event: overflow` with `{}`, and the end, for who does not keep up.
      content:
        text/event-stream:
          schema: { type: string }
          examples:
            channel:
              value: |+
                retry: 1000

                event: message
                data: {"channel":"news","message":"hello"}

            pattern:
              value: |+
                retry: 1000

                event: message
                data: {"pattern":"news.*","channel":"news.eu","message":"hello"}

    NotModified:
      description: The caller has the value (`If-None-Match`).
      headers:
        ETag: { $ref: "#/components/headers/ETag" }
    PreconditionFailed:
      description: The value is not as `If-Match` or `If-None-Match` demands; nothing was written.
      content:
        application/problem+json:
          schema: { $ref: "#/components/schemas/Problem" }
    KeyNotFound:
      description: There is no such key.
      content:
        application/problem+json:
          schema: { $ref: "#/components/schemas/Problem" }
          examples:
            missing:
              value:
                type: /problems/key-not-found
                title: Key not found
                status: 404
                detail: There is no such key.
                instance: 6f1c2a9e00d41b37
                retryable: false
    ElementNotFound:
      description: The key is missing, or holds no such field, member or entry (`/problems/element-not-found`).
      content:
        application/problem+json:
          schema: { $ref: "#/components/schemas/Problem" }
    NotFound:
      description: "The key, or what it should hold, is missing; the problem's `type` says which."
      content:
        application/problem+json:
          schema: { $ref: "#/components/schemas/Problem" }
    ConditionFailed:
      description: The condition does not hold (`/problems/condition-failed`), or the key holds a value of another type.
      content:
        application/problem+json:
          schema: { $ref: "#/components/schemas/Problem" }
    NotANumber:
      description: The stored value is no number, or of another type, or the result would be out of range.
      content:
        application/problem+json:
          schema: { $ref: "#/components/schemas/Problem" }
    Conflict:
      description: The state of the data does not allow it, or the key holds a value of another type.
      content:
        application/problem+json:
          schema: { $ref: "#/components/schemas/Problem" }
    WrongType:
      description: The key holds a value of another type.
      content:
        application/problem+json:
          schema: { $ref: "#/components/schemas/Problem" }
          examples:
            wrongType:
              value:
                type: /problems/wrong-type
                title: Wrong type
                status: 409
                detail: The key holds a value of another type.
                instance: 6f1c2a9e00d41b37
                redis_error: WRONGTYPE Operation against a key holding the wrong kind of value
                command: GET
                outcome: not-executed
                retryable: false
    Health:
      description: The state, in words.
      content:
        text/plain:
          schema: { type: string }
          examples:
            live:
              value: |
                ok
            ready:
              value: |
                readyz check passed
            checks:
              value: |
                [+]listener ok
                [+]redis:main ok
                readyz check passed
  schemas:
    UpstashCommand:
      description: The name and the arguments; numbers and booleans are sent as their JSON text.
      type: array
      minItems: 1
      items: { type: [string, number, boolean] }
    UpstashCommands:
      description: Commands; an empty one has an error as its result.
      type: array
      minItems: 1
      items:
        oneOf:
          - $ref: "#/components/schemas/UpstashCommand"
          - { type: array, maxItems: 0 }
    Maintenance:
      type: object
      required: [state, revision, since, upstreams, history]
      properties:
        state:
          enum: [normal, maintenance, degraded, down]
          description: "`degraded`: some event loops have no usable connection; `down`: none has."
        revision: { type: integer, description: "One more with each change; begins anew when the gateway starts." }
        since: { type: string, format: date-time, description: When `state` last changed. }
        upstreams:
          type: array
          items:
            type: object
            properties:
              name: { type: string }
              endpoint: { type: string, description: Without credentials. }
              mode: { enum: [disabled, auto, enabled] }
              notifications: { enum: ["on", unsupported, refused, "off"] }
              state: { enum: [normal, relaxed, moving, reconnecting, down] }
              connections:
                type: object
                properties:
                  ready: { type: integer }
                  draining: { type: integer }
                  dialing: { type: integer }
              timeouts:
                type: object
                properties:
                  configured_ms: { type: integer }
                  effective_ms: { type: integer }
              windows:
                type: array
                items:
                  type: object
                  properties:
                    kind: { enum: [migration, failover, slot_migration, move] }
                    seq: { type: [integer, "null"] }
                    shards: { type: [string, "null"] }
                    opened_at: { type: string, format: date-time }
                    closes_by: { type: string, format: date-time }
              handoffs:
                type: array
                items: { $ref: "#/components/schemas/Handoff" }
              last_handoff:
                oneOf: [{ $ref: "#/components/schemas/Handoff" }, { type: "null" }]
        history:
          type: array
          description: The newest 64 events, the oldest first.
          items: { $ref: "#/components/schemas/MaintenanceEvent" }
    Handoff:
      type: object
      description: A move of connections; the counts are sums over the event loops.
      properties:
        seq: { type: [integer, "null"] }
        target: { type: [string, "null"] }
        announced_at: { type: string, format: date-time }
        deadline: { type: string, format: date-time }
        phase: { enum: [waiting, dialing, switched, draining, done, failed] }
        moved: { type: integer, description: Connections that were replaced. }
        remaining: { type: integer, description: Connections on the old peer. }
        held: { type: integer, description: Requests that waited for a connection at the switch. }
        in_flight: { type: integer, description: Requests in flight on old connections at the switch. }
        resent: { type: integer }
        failed: { type: integer, description: Requests that failed because an old connection closed under them. }
        failed_dials: { type: integer }
        duration_ms: { type: integer, description: When it has ended. }
    MaintenanceEvent:
      type: object
      required: [revision, at, upstream, event]
      properties:
        revision: { type: integer }
        at: { type: string, format: date-time }
        upstream: { type: string }
        event:
          enum:
            - notifications
            - window_opened
            - window_closed
            - window_expired
            - handoff
            - target_refused
            - peer_not_advertised
            - state
        notifications: { type: string }
        kind: { type: string }
        phase: { type: string }
        state: { type: string }
        seq: { type: integer }
        target: { type: string }
    Octets:
      type: string
      description: Bytes as they are.
      contentMediaType: application/octet-stream
    Bytes:
      description: Text, or bytes that are not UTF-8.
      oneOf:
        - type: string
        - $ref: "#/components/schemas/Base64"
    Base64:
      type: object
      properties:
        base64: { type: string, contentEncoding: base64 }
      required: [base64]
      additionalProperties: false
    BytesInput:
      description: Text or bytes; numbers and booleans are taken by their text.
      oneOf:
        - type: string
        - type: number
        - type: boolean
        - $ref: "#/components/schemas/Base64"
    Number:
      description: An exact number by the text of Redis; the infinities are strings. In a request it may be a string.
      oneOf:
        - type: number
        - type: string
    Map:
      description: An object if the names are distinct texts, else an array of pairs.
      oneOf:
        - type: object
        - { type: array, items: { type: array, minItems: 2, maxItems: 2 } }
    MapInput:
      description: An object, or an array of pairs, whose names may be any bytes. Names are distinct.
      oneOf:
        - { type: object, minProperties: 1, additionalProperties: { $ref: "#/components/schemas/BytesInput" } }
        - type: array
          minItems: 1
          items: { type: array, minItems: 2, maxItems: 2, items: { $ref: "#/components/schemas/BytesInput" } }
    MapPatch:
      description: As `MapInput`, with null for what is to be removed.
      oneOf:
        - type: object
          minProperties: 1
          additionalProperties: { oneOf: [ { $ref: "#/components/schemas/BytesInput" }, { type: "null" } ] }
        - type: array
          minItems: 1
          items:
            type: array
            minItems: 2
            maxItems: 2
            items: { oneOf: [ { $ref: "#/components/schemas/BytesInput" }, { type: "null" } ] }
    ScoredMember:
      type: object
      properties:
        member: { $ref: "#/components/schemas/Bytes" }
        score: { $ref: "#/components/schemas/Number" }
      required: [member, score]
    ScoredMemberInput:
      type: object
      properties:
        member: { $ref: "#/components/schemas/BytesInput" }
        score: { $ref: "#/components/schemas/Number" }
      required: [member, score]
      additionalProperties: false
    Entry:
      type: object
      properties:
        id: { type: string }
        fields:
          description: Pairs in their order; null for an entry that was deleted.
          type: [array, "null"]
          items: { type: array, minItems: 2, maxItems: 2, items: { $ref: "#/components/schemas/Bytes" } }
      required: [id, fields]
    StringValue:
      type: object
      properties:
        key: { $ref: "#/components/schemas/Bytes" }
        value: { $ref: "#/components/schemas/Bytes" }
      required: [key, value]
    Key:
      type: object
      properties:
        key: { $ref: "#/components/schemas/Bytes" }
        type:
          type: string
          description: string, list, set, zset, hash, stream, or a module's own.
        ttl_ms: { type: [integer, "null"], format: int64 }
        encoding: { type: [string, "null"] }
        length:
          type: [integer, "null"]
          format: int64
          description: Bytes of a string, elements of any other; null for a module's type.
      required: [key, type, ttl_ms, encoding, length]
    TTL:
      type: object
      properties:
        ttl_ms: { type: [integer, "null"], format: int64, minimum: 0 }
      required: [ttl_ms]
    TTLChange:
      type: object
      properties:
        ttl_ms: { type: integer, format: int64, minimum: 1 }
        expire_at_ms: { type: integer, format: int64, minimum: 1 }
        when:
          description: |
            nx: only if the key has no time to live; xx: only if it has one; gt, lt: only if it becomes longer, shorter.
          enum: [nx, xx, gt, lt]
      oneOf:
        - required: [ttl_ms]
        - required: [expire_at_ms]
      additionalProperties: false
    Command:
      type: array
      minItems: 1
      description: |
        The name and the arguments. Numbers keep their literal text, true and false are their names.
      items:
        oneOf:
          - type: string
          - type: number
          - type: boolean
          - $ref: "#/components/schemas/Base64"
    Batch:
      oneOf:
        - type: object
          properties:
            commands: { $ref: "#/components/schemas/Commands" }
          required: [commands]
        - $ref: "#/components/schemas/Commands"
    Transaction:
      oneOf:
        - type: object
          properties:
            commands: { $ref: "#/components/schemas/Commands" }
            if_match:
              description: Keys and the entity tags one of which each must have, or `*`; an array of pairs if a key is not UTF-8.
              oneOf:
                - type: object
                  additionalProperties: { type: string, pattern: '^(\*|.*"[^"]*".*)$' }
                - type: array
                  items:
                    type: array
                    prefixItems:
                      - $ref: "#/components/schemas/Bytes"
                      - { type: string, pattern: '^(\*|.*"[^"]*".*)$' }
                    minItems: 2
                    maxItems: 2
            if_none_match:
              description: Keys that must not exist.
              type: array
              items: { $ref: "#/components/schemas/Bytes" }
          required: [commands]
        - $ref: "#/components/schemas/Commands"
    Commands:
      type: array
      minItems: 1
      items: { $ref: "#/components/schemas/Command" }
    Result:
      type: object
      description: |
        The reply: text and bytes as in `Bytes`, integers exact, doubles and big numbers as numbers by their text, null, booleans,
        arrays (sets too), and maps as objects. A map whose keys are not distinct texts is an array of pairs. An error
        inside of a reply is `{"error":{...}}`.
      properties:
        result: {}
      required: [result]
    Results:
      type: object
      properties:
        results:
          type: array
          items:
            oneOf:
              - $ref: "#/components/schemas/Result"
              - type: object
                properties:
                  error: { $ref: "#/components/schemas/Problem" }
                required: [error]
      required: [results]
    Problem:
      type: object
      description: RFC 9457.
      properties:
        type:
          type: string
          format: uri-reference
          description: "`/problems/` and the kind."
        title: { type: string }
        status: { type: integer, minimum: 400, maximum: 599 }
        detail: { type: string }
        instance:
          type: string
          description: The request id. Absent from the errors of a batch.
        current_etag:
          type: string
          description: The tag that the value has, where a precondition failed.
        redis_error:
          type: string
          description: The error reply of Redis, at most 512 bytes of it. Redirections are not shown.
        command: { type: string, description: The command's name in upper case. }
        command_index: { type: integer, minimum: 0, description: The command's place in the batch. }
        outcome: { enum: [not-executed, executed, unknown] }
        retryable: { type: boolean }
      required: [type, title, status, detail, retryable]

"""###
}
