// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import Testing

@testable import GatewayCore

@Suite("Routes of tokens with prefixes")
struct RestrictedRouteTests {
    /// A request to a route or surface that uses a key or channel, with `K` for the key.
    struct Use: Sendable, CustomStringConvertible {
        var method: String
        var path: String
        var body = ""
        var headers: [FieldName: String] = [:]
        var description: String { "\(self.method) \(self.path) \(self.body)" }

        init(_ method: String, _ path: String, _ body: String = "", _ headers: [FieldName: String] = [:]) {
            self.method = method
            self.path = path
            self.body = body
            self.headers = headers
        }

        func with(_ key: String) -> Use {
            Use(
                self.method, self.path.replacing("K", with: key), self.body.replacing("K", with: key), self.headers)
        }
    }

    /// The SHA-256 of `r-token` stands for a token with all scopes, for keys that begin with `a:` or `b,`.
    private static let gateway: Gateway? = {
        var configuration = GatewayConfiguration()
        let digest = "90fedcbce452b5a8a6f979579502bffa56b69a8a3543833062e46632f658e0b8"
        configuration.tokens = try? TokenTable(parsing: "t:\(digest):read,write,admin:a%3A,b%2C")
        configuration.allowedCommands = ["JSON.GET"]
        return Gateway(configuration: configuration)
    }()

    private func take(_ use: Use) throws -> Came {
        let gateway = try #require(Self.gateway)
        var headers = use.headers
        headers[.authorization] = "Bearer r-token"
        if use.body.hasPrefix("{") || use.body.hasPrefix("["), headers[.contentType] == nil {
            headers[.contentType] = "application/json"
        }
        return gateway.take(fields(use.method, use.path, headers), use.body)
    }

    private static let keyed: [Use] = [
        Use("GET", "/v1/strings/K"), Use("HEAD", "/v1/strings/K"), Use("PUT", "/v1/strings/K", "v"),
        Use("GET", "/v1/strings/K", "", [.range: "bytes=0-1"]), Use("DELETE", "/v1/strings/K"),
        Use("PUT", "/v1/strings/K", "v", [.prefer: "return=representation"]),
        Use("PUT", "/v1/strings/K", "v", [.ifMatch: "*"]), Use("PUT", "/v1/strings/K", "v", [.ifMatch: "\"1\""]),
        Use("DELETE", "/v1/strings/K", "", [.ifNoneMatch: "\"1\""]),
        Use("GET", "/v1/strings/K", "", [.ifNoneMatch: "\"1\""]),
        Use("PUT", "/v1/strings/K", "v", [.idempotencyKey: "once"]), Use("GET", "/v1/keys/K"),
        Use("DELETE", "/v1/keys/K"), Use("GET", "/v1/keys/K/ttl"), Use("PUT", "/v1/keys/K/ttl", #"{"ttl_ms":1}"#),
        Use("DELETE", "/v1/keys/K/ttl"), Use("POST", "/v1/keys/K/rename", #"{"to":"a:1"}"#),
        Use("POST", "/v1/keys/a:1/rename", #"{"to":"K"}"#), Use("POST", "/v1/keys/a:1/copy", #"{"to":"K"}"#),
        Use("POST", "/v1/keys/K/copy", #"{"to":"a:1"}"#), Use("GET", "/v1/strings?key=a:1&key=K"),
        Use("PATCH", "/v1/strings", #"{"a:1":"v","K":"v"}"#), Use("QUERY", "/v1/strings", #"{"keys":["a:1","K"]}"#),
        Use("POST", "/v1/strings/K/increment", "{}"), Use("POST", "/v1/strings/K/append", "x"),
        Use("GET", "/v1/hashes/K"), Use("PUT", "/v1/hashes/K", #"{"f":"v"}"#), Use("GET", "/v1/hashes/K/fields/f"),
        Use("PUT", "/v1/hashes/K/fields/f", "v"), Use("GET", "/v1/lists/K"),
        Use("POST", "/v1/lists/K/push", #"{"values":["v"]}"#), Use("POST", "/v1/lists/K/pop", #"{"wait_ms":10}"#),
        Use("POST", "/v1/lists/a:1/move", #"{"to":"K"}"#),
        Use("POST", "/v1/lists/a:1/move", #"{"to":"K","wait_ms":9}"#),
        Use("GET", "/v1/sets/K"), Use("PUT", "/v1/sets/K/members/m"),
        Use("GET", "/v1/set-operations/union?key=a:1&key=K"),
        Use("GET", "/v1/set-operations/difference?key=K"), Use("GET", "/v1/sorted-sets/K"),
        Use("POST", "/v1/sorted-sets/K/pop", #"{"wait_ms":10}"#), Use("GET", "/v1/sorted-sets/K/members/m"),
        Use("GET", "/v1/streams/K/entries"), Use("POST", "/v1/streams/K/entries", #"{"fields":[["f","v"]]}"#),
        Use("GET", "/v1/streams/K/entries", "", [.accept: "text/event-stream"]),
        Use("HEAD", "/v1/streams/K/entries", "", [.accept: "text/event-stream"]),
        Use("GET", "/v1/streams/K/entries", "", [.accept: "text/event-stream", .lastEventID: "1-1"]),
        Use("GET", "/v1/streams/K/groups/g"), Use("PUT", "/v1/streams/K/groups/g", "{}"),
        Use("POST", "/v1/streams/K/groups/g/read", #"{"consumer":"c","wait_ms":10}"#),
        Use("GET", "/v1/streams/K/groups/g/pending"), Use("GET", "/v1/keys?match=K*"),
        Use("GET", "/v1/keys?match=K*", "", [.accept: "application/x-ndjson"]),
        Use("POST", "/v1/channels/K/messages", "m"), Use("GET", "/v1/channels/K/messages"),
        Use("GET", "/v1/channels/a:1/messages?channel=K"), Use("GET", "/v1/patterns/K*/messages"),
        Use("GET", "/v1/patterns/a:*/messages?pattern=K*"), Use("POST", "/v1/shard-channels/K/messages", "m"),
        Use("GET", "/v1/shard-channels/K/messages"), Use("POST", "/v1/commands", #"["GET","K"]"#),
        Use("QUERY", "/v1/commands", #"["GET","K"]"#), Use("POST", "/v1/commands", #"["BLPOP","a:1","K",1]"#),
        Use("POST", "/v1/commands", #"["GET","K"]"#, [.accept: "application/x-resp"]),
        Use("POST", "/v1/pipelines", #"[["GET","a:1"],["PING"],["GET","K"]]"#),
        Use("POST", "/v1/transactions", #"[["GET","a:1"],["PING"],["GET","K"]]"#),
        Use("POST", "/v1/transactions", #"{"if_match":{"a:1":"*"},"commands":[["GET","a:1"],["PING"],["GET","K"]]}"#),
        Use("POST", "/v1/transactions", #"{"if_match":{"K":"*"},"commands":[["PING"]]}"#),
        Use("POST", "/v1/transactions", #"{"if_match":[["K","\"1\""]],"commands":[["PING"]]}"#),
        Use("POST", "/v1/transactions", #"{"if_none_match":["a:1","K"],"commands":[["PING"]]}"#),
        Use("POST", "/", #"["GET","K"]"#), Use("POST", "/pipeline", #"[[],["QUIT"],["GET","K"]]"#),
        Use("POST", "/multi-exec", #"[["GET","a:1"],["SET","K","v"]]"#), Use("GET", "/get/K"),
        Use("POST", "/set/K", "value"), Use("POST", "/publish/K/m"), Use("GET", "/subscribe/K"),
        Use("GET", "/psubscribe/K*"), Use("POST", "/upstash/get/K"),
    ]

    @Test("every surface takes keys with a prefix only", arguments: Self.keyed)
    func surfaces(use: Use) throws {
        for key in ["a:", "a:2", "b%2C9"] {
            // In a body nothing is percent-encoded.
            var use = use.with(key)
            use.body = use.body.replacing("%2C", with: ",")
            let came = try self.take(use)
            #expect(came.problem == nil, "\(use): \(came.refusal)")
        }
        for key in ["a", "A:1", "c:a:1", "b"] {
            let came = try self.take(use.with(key))
            #expect(came.refusal == "403 key-not-allowed", "\(use) with \(key)")
            let detail = came.problem?.details.detail ?? ""
            #expect(!detail.contains("a:") && !detail.contains("b,"))
        }
    }

    @Test("a batch names the command, and nothing of it runs")
    func index() throws {
        for path in ["/v1/pipelines", "/v1/transactions", "/pipeline", "/multi-exec"] {
            let problem = try self.take(Use("POST", path, #"[["GET","a:1"],["ping"],["del","x"],["GET","y"]]"#)).problem
            #expect(problem?.kind == .keyNotAllowed)
            #expect(problem?.details.commandIndex == 2)
            #expect(problem?.details.command == "DEL")
        }
        let conditional = try self.take(
            Use("POST", "/v1/transactions", #"{"if_none_match":["a:1"],"commands":[["PING"],["GET","x"]]}"#)
        ).problem
        #expect(conditional?.details.commandIndex == 1)
    }

    @Test(
        "what tells of all keys, or whose keys do not bind it, is refused",
        arguments: [
            Use("GET", "/v1/keys"), Use("GET", "/v1/keys", "", [.accept: "application/x-ndjson"]),
            Use("GET", "/v1/keys?match=*a:"), Use("GET", "/v1/info"), Use("GET", "/v1/topology"),
            Use("POST", "/v1/scripts", "return 1"), Use("POST", "/v1/scripts/0/invocations", #"{"keys":["a:1"]}"#),
            Use("POST", "/v1/functions/f/invocations", #"{"keys":["a:1"]}"#),
            Use("POST", "/v1/commands", #"["KEYS","a:*"]"#), Use("POST", "/v1/commands", #"["DBSIZE"]"#),
            Use("POST", "/v1/commands", #"["EVAL","return 1",1,"a:1"]"#), Use("POST", "/v1/commands", #"["INFO"]"#),
            Use("POST", "/v1/commands", #"["JSON.GET","a:1"]"#), Use("POST", "/", #"["FLUSHALL"]"#),
            Use("POST", "/pipeline", #"[["RANDOMKEY"]]"#),
            Use("POST", "/v1/commands", #"["SORT","a:1","BY","x_*"]"#),
        ])
    func unknown(use: Use) throws {
        #expect(try self.take(use).refusal == "403 key-not-allowed")
    }

    @Test("a script that is refused is not kept")
    func scriptStore() throws {
        let gateway = try #require(Self.gateway)
        _ = try self.take(Use("POST", "/v1/scripts", "return 77"))
        #expect(gateway.scripts.script(ScriptStore.digest(ByteBuffer(string: "return 77"))) == nil)
    }

    @Test("what uses no key is as for every other token")
    func others() throws {
        for (use, wire) in [
            (Use("GET", "/metrics"), "local metrics"), (Use("GET", "/v1/maintenance"), "local maintenance"),
            (Use("POST", "/v1/commands", #"["QUIT"]"#), "response 200"),
            (Use("POST", "/", #"["SELECT",0]"#), "response 200"),
            (Use("OPTIONS", "/v1/strings/x"), "response 204"),
            (Use("POST", "/v1/commands", #"["MONITOR"]"#), "refused 403 command-not-allowed"),
            (Use("GET", "/v1/nothing"), "refused 404 route-not-found"),
            (Use("POST", "/v1/commands", "[]"), "refused 400 invalid-command"),
        ] {
            #expect(try self.take(use).wire == wire, "\(use)")
        }
    }
}
