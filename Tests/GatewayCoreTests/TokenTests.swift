// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import RedisCore
import Testing

@testable import GatewayCore

@Suite("Tokens")
struct TokenTests {
    /// The SHA-256 of `r-token`, `w-token` and `p-token`.
    private static let digests = [
        "r-token": "90fedcbce452b5a8a6f979579502bffa56b69a8a3543833062e46632f658e0b8",
        "w-token": "52547c38c4c42803758c1ee9930c8edbb351cd008ddffb5024482c7b43ea4b31",
        "p-token": "16fcec8da95a36ff8e552b60694e68ff0b8596090162247accd798559f7daad1",
    ]

    static func line(_ name: String, _ token: String, _ scopes: String) -> String {
        "\(name):\(Self.digests[token] ?? ""):\(scopes)"
    }

    private static let file = """
        # tokens
        \(line("reader", "r-token", "read"))

          \(line("writer", "w-token", "read, write"))
        \(line("producer", "p-token", "write").uppercased().replacing("WRITE", with: "write"))
        """

    private func gateway() throws -> Gateway {
        var configuration = GatewayConfiguration()
        configuration.tokens = try TokenTable(parsing: Self.file)
        return Gateway(configuration: configuration)
    }

    private func take(_ method: String, _ path: String, _ authorization: String?, _ body: String = "") throws -> Came {
        var headers: [FieldName: String] = [:]
        headers[.authorization] = authorization
        return try self.gateway().take(fields(method, path, headers), body)
    }

    @Test("the digest of a known token is the known one")
    func vector() throws {
        let file = "t:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae:read"
        let table = try TokenTable(parsing: file)
        #expect(table.identity(authorization: Array("Bearer foo".utf8).span) == Identity(index: 0, scopes: .read))
        #expect(table.identity(authorization: Array("Bearer fop".utf8).span) == nil)
        #expect(table.name(at: 0) == "t")
        #expect(table.name(at: 1) == nil)
    }

    @Test(
        "without a valid token every route but the health ones is 401, whether it exists or not",
        arguments: [
            nil, "", "Bearer", "Bearer ", "Bearer  ", "Bearer wrong", "Basic r-token", "r-token", "Bearerr-token",
            "Bearer r-token ", "Bearer r-toke",
        ] as [String?])
    func unauthorized(value: String?) throws {
        for (method, path) in [
            ("GET", "/v1/strings/k"), ("PATCH", "/v1/strings/k"), ("POST", "/v1/commands"), ("GET", "/metrics"),
            ("GET", "/nowhere"), ("GET", "/v1/strings/%"),
        ] {
            let came = try self.take(method, path, value)
            #expect(came.refusal == "401 unauthorized")
            let response = try #require(came.problem).response(requestID: .made(1), fields: RequestFields())
            #expect(response.field(.wwwAuthenticate) == "Bearer")
        }
        for path in ["/livez", "/readyz", "/health"] {
            #expect(try self.take("GET", path, value).wire.hasPrefix("local"))
        }
        #expect(try self.take("OPTIONS", "/v1/strings/k", value).wire == "response 204")
    }

    @Test("scopes")
    func scopes() throws {
        for (token, reads, writes) in [("r-token", true, false), ("w-token", true, true), ("p-token", false, true)] {
            for scheme in ["Bearer ", "bearer ", "BEARER   "] {
                let value = scheme + token
                for (method, path, body, needsWrite) in [
                    ("GET", "/v1/strings/k", "", false), ("HEAD", "/v1/keys/k", "", false),
                    ("GET", "/metrics", "", false), ("PUT", "/v1/strings/k", "v", true),
                    ("DELETE", "/v1/keys/k", "", true), ("POST", "/v1/commands", "[\"GET\",\"k\"]", false),
                    ("POST", "/v1/commands", "[\"SET\",\"k\",\"v\"]", true),
                    ("POST", "/v1/commands", "[\"EVAL\",\"return 1\",0]", true),
                    ("POST", "/v1/commands", "[\"BLPOP\",\"k\",1]", true),
                    ("POST", "/v1/commands", "[\"XREAD\",\"BLOCK\",1,\"STREAMS\",\"s\",\"$\"]", false),
                    ("POST", "/v1/pipelines", "[[\"GET\",\"k\"]]", false),
                    ("POST", "/v1/transactions", "[[\"DEL\",\"k\"]]", true),
                ] {
                    let came = try self.take(method, path, value, body)
                    let isAllowed = needsWrite ? writes : reads
                    if isAllowed {
                        #expect(came.problem == nil, "\(method) \(path) \(body) with \(token): \(came.wire)")
                    } else {
                        #expect(came.refusal == "403 insufficient-scope", "\(method) \(path) \(body) with \(token)")
                    }
                }
            }
        }
    }

    @Test("publish allows messages on every surface, and nothing else; write holds it")
    func publish() throws {
        var configuration = GatewayConfiguration()
        configuration.tokens = try TokenTable(
            parsing: [
                Self.line("publisher", "p-token", "publish"), Self.line("writer", "w-token", "write"),
                Self.line("reader", "r-token", "read"),
            ].joined(separator: "\n"))
        let gateway = Gateway(configuration: configuration)
        func take(_ method: String, _ path: String, _ token: String, _ body: String) -> Came {
            gateway.take(fields(method, path, [.authorization: "Bearer \(token)"]), body)
        }
        for (method, path, body) in [
            ("POST", "/v1/channels/c/messages", "m"), ("POST", "/v1/shard-channels/c/messages", "m"),
            ("POST", "/v1/commands", #"["PUBLISH","c","m"]"#), ("POST", "/v1/commands", #"["spublish","c","m"]"#),
            ("POST", "/v1/pipelines", #"[["PUBLISH","c","m"],["SPUBLISH","c","m"]]"#),
            ("POST", "/v1/transactions", #"[["PUBLISH","c","m"]]"#), ("POST", "/", #"["PUBLISH","c","m"]"#),
            ("POST", "/pipeline", #"[["PUBLISH","c","m"]]"#), ("POST", "/multi-exec", #"[["PUBLISH","c","m"]]"#),
            ("POST", "/publish/c/m", ""),
        ] {
            for token in ["p-token", "w-token"] {
                let plan = take(method, path, token, body).plan
                #expect(plan?.retryClass == .unsafe, "\(path) \(body)")
            }
            #expect(take(method, path, "r-token", body).refusal == "403 insufficient-scope", "\(path) \(body)")
        }
        for (method, path, body) in [
            ("GET", "/v1/channels/c/messages", ""), ("GET", "/v1/shard-channels/c/messages", ""),
            ("GET", "/v1/patterns/c/messages", ""), ("GET", "/subscribe/c", ""), ("GET", "/psubscribe/c", ""),
            ("GET", "/v1/strings/k", ""), ("PUT", "/v1/strings/k", "v"), ("GET", "/metrics", ""),
            ("GET", "/v1/info", ""),
            ("POST", "/v1/commands", #"["PING"]"#), ("POST", "/v1/commands", #"["SET","k","v"]"#),
            ("POST", "/v1/commands", #"["PUBSUB","CHANNELS"]"#), ("POST", "/v1/scripts", "return 1"),
            ("POST", "/v1/pipelines", #"[["PUBLISH","c","m"],["GET","k"]]"#), ("POST", "/set/k/v", ""),
            ("POST", "/v1/maintenance/handoffs", "{}"),
        ] {
            #expect(take(method, path, "p-token", body).refusal == "403 insufficient-scope", "\(path) \(body)")
        }
        let query = gateway.take(
            fields(
                "QUERY", "/v1/commands", [.authorization: "Bearer p-token", .contentType: "application/json"]),
            #"["PUBLISH","c","m"]"#)
        #expect(query.refusal == "422 not-read-only")
        let unsafe = gateway.take(
            fields("POST", "/v1/channels/c/messages", [.authorization: "Bearer p-token", .idempotencyKey: "once"]), "m")
        #expect(unsafe.wire.hasPrefix("idempotent *3|$7|PUBLISH|"))
    }

    @Test("a batch names the command that the scopes do not allow")
    func scopeInBatch() throws {
        let came = try self.take("POST", "/v1/pipelines", "Bearer r-token", "[[\"GET\",\"k\"],[\"del\",\"k\"]]")
        #expect(came.problem?.details.commandIndex == 1)
        #expect(came.problem?.details.command == "DEL")
    }

    @Test("the cache gives what the table gives, keeps valid values only, and notices another table")
    func cache() throws {
        let first = try TokenTable(parsing: Self.file)
        let second = try TokenTable(parsing: Self.line("other", "r-token", "write"))
        var cache = AuthenticationCache()
        for _ in 0..<3 {
            for (value, index) in [("Bearer r-token", 0), ("Bearer w-token", 1), ("bearer p-token", 2)] {
                #expect(cache.identity(authorization: Array(value.utf8).span, table: first)?.index == index)
            }
            for number in 0..<200 {
                #expect(cache.identity(authorization: Array("Bearer guess\(number)".utf8).span, table: first) == nil)
            }
        }
        #expect(cache.identity(authorization: Array("Bearer r-token".utf8).span, table: second)?.scopes == .write)
        #expect(cache.identity(authorization: Array("Bearer w-token".utf8).span, table: second) == nil)
        #expect(cache.identity(authorization: Array("Bearer r-token".utf8).span, table: first)?.scopes == .read)
    }

    @Test("the match tells the token's place, for the log")
    func identity() throws {
        let gateway = try self.gateway()
        var cache = AuthenticationCache()
        let request = fields("GET", "/v1/strings/k", [.authorization: "Bearer w-token"])
        guard case .accepted(let match) = gateway.admit(request, cache: &cache) else {
            Issue.record("refused")
            return
        }
        #expect(match.identity == 1)
        #expect(match.scopes == [.read, .write])
        #expect(gateway.configuration.tokens?.name(at: 1) == "writer")
    }

    @Test("a wrong token file is refused with the line")
    func errors() {
        let digest = String(repeating: "a", count: 64)
        let other = String(repeating: "b", count: 64)
        let cases: [(String, TokenFileError)] = [
            ("", .empty), ("# only\n\n", .empty), ("a:\(digest)", .malformedLine(line: 1)),
            ("a:\(digest):read:x:y", .malformedLine(line: 1)), ("#\n:\(digest):read", .invalidName(line: 2)),
            ("a b:\(digest):read", .invalidName(line: 1)),
            ("\(String(repeating: "n", count: 65)):\(digest):read", .invalidName(line: 1)),
            ("a:\(digest.dropLast()):read", .invalidDigest(line: 1)), ("a:\(digest)a:read", .invalidDigest(line: 1)),
            ("a:\(digest.dropLast())g:read", .invalidDigest(line: 1)), ("a:\(digest):", .unknownScope(line: 1)),
            ("a:\(digest):root", .unknownScope(line: 1)), ("a:\(digest):read,", .unknownScope(line: 1)),
            ("a:\(digest):read\r\na:\(other):read", .duplicate(line: 2)),
            ("a:\(digest):read\nb:\(digest):read", .duplicate(line: 2)),
            ("a:\(digest):read:", .invalidPrefix(line: 1)), ("a:\(digest):read: ", .invalidPrefix(line: 1)),
            ("\na:\(digest):read:x,", .invalidPrefix(line: 2)), ("a:\(digest):read:,x", .invalidPrefix(line: 1)),
            ("a:\(digest):read:x%", .invalidPrefix(line: 1)), ("a:\(digest):read:%2", .invalidPrefix(line: 1)),
            ("a:\(digest):read:%GG", .invalidPrefix(line: 1)),
            ("a:\(digest):read:\(String(repeating: "p", count: 257))", .invalidPrefix(line: 1)),
            ("a:\(digest):read:\(String(repeating: "p,", count: 16))p", .tooManyPrefixes(line: 1)),
            // A mark behind a separator is no part of it.
            ("a:\(digest):read:x:\u{301}", .malformedLine(line: 1)),
            ("a:\(digest):read:x,\u{301},", .invalidPrefix(line: 1)),
        ]
        for (text, expected) in cases {
            #expect(throws: expected) { try TokenTable(parsing: text) }
        }
    }

    @Test("an empty table lets nobody in")
    func emptyTable() {
        var configuration = GatewayConfiguration()
        configuration.tokens = TokenTable()
        let gateway = Gateway(configuration: configuration)
        #expect(
            gateway.take(fields("GET", "/v1/strings/k", [.authorization: "Bearer x"])).refusal == "401 unauthorized")
    }
}
