// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import RedisClient
import Testing

@Suite("RedisEndpoint")
struct EndpointTests {
    static let good: [(String, RedisEndpoint)] = [
        ("redis://localhost", RedisEndpoint(address: .tcp(host: "localhost", port: 6379))),
        ("redis://localhost/", RedisEndpoint(address: .tcp(host: "localhost", port: 6379))),
        ("REDIS://h:1/15", RedisEndpoint(address: .tcp(host: "h", port: 1), database: 15)),
        ("redis://h?db=3", RedisEndpoint(address: .tcp(host: "h", port: 6379), database: 3)),
        ("rediss://h:65535", RedisEndpoint(address: .tcp(host: "h", port: 65_535), usesTLS: true)),
        ("redis://[::1]:7000/2", RedisEndpoint(address: .tcp(host: "::1", port: 7000), database: 2)),
        ("redis://[fe80::1]", RedisEndpoint(address: .tcp(host: "fe80::1", port: 6379))),
        ("redis://:secret@h", RedisEndpoint(address: .tcp(host: "h", port: 6379), password: "secret")),
        (
            "redis://u:p%40%2F%3A@h",
            RedisEndpoint(address: .tcp(host: "h", port: 6379), username: "u", password: "p@/:")
        ),
        ("redis://u:p@ss@h", RedisEndpoint(address: .tcp(host: "h", port: 6379), username: "u", password: "p@ss")),
        ("redis://u:a:b@h", RedisEndpoint(address: .tcp(host: "h", port: 6379), username: "u", password: "a:b")),
        ("redis://u:@h", RedisEndpoint(address: .tcp(host: "h", port: 6379), username: "u", password: "")),
        ("redis://us%C3%A9r@h", RedisEndpoint(address: .tcp(host: "h", port: 6379), username: "us\u{e9}r")),
        ("unix:///run/redis.sock", RedisEndpoint(address: .unix(path: "/run/redis.sock"))),
        (
            "unix://u:p@/run/a%20b.sock?db=4",
            RedisEndpoint(address: .unix(path: "/run/a b.sock"), username: "u", password: "p", database: 4)
        ),
    ]

    @Test("a URL is taken apart", arguments: good)
    func parses(url: String, expected: RedisEndpoint) throws {
        #expect(try RedisEndpoint(url: url) == expected)
    }

    static let bad: [(String, RedisEndpointError)] = [
        ("", .unknownScheme), ("localhost:6379", .unknownScheme), ("http://h", .unknownScheme),
        ("redis://", .emptyHost), ("redis://:hunter2@", .emptyHost), ("redis://u:hunter2@:6379", .emptyHost),
        ("redis://h:0", .badPort), ("redis://h:65536", .badPort), ("redis://h:-1", .badPort),
        ("redis://h:hunter2", .badPort), ("redis://h:+1", .badPort), ("redis://[::1]x", .badPort),
        ("redis://h:99999999999999999999", .badPort),
        ("redis://h/-1", .badDatabase), ("redis://h/hunter2", .badDatabase), ("redis://h/2147483648", .badDatabase),
        ("redis://h?db=x", .badDatabase), ("redis://h/1/2", .badDatabase), ("redis://h?db=", .badDatabase),
        ("redis://u:%zz@h", .badPercentEncoding), ("redis://u:%4@h", .badPercentEncoding),
        ("redis://u:%ff@h", .badPercentEncoding), ("redis://u:%@h", .badPercentEncoding),
        ("redis://a b", .badCharacter), ("redis://[::1", .badCharacter), ("redis://[h]", .badCharacter),
        ("redis://user:hunter2/x@h", .badDatabase), ("redis://::1", .emptyHost),
        ("unix://", .emptyPath), ("unix:///", .emptyPath), ("unix://relative", .emptyPath),
        ("unix:///s?password=hunter2", .unknownParameter), ("redis://h?db", .unknownParameter),
        ("redis://u:hunter2#3@h", .fragment),
    ]

    @Test("what is wrong is said without a part of the URL", arguments: bad)
    func refuses(url: String, expected: RedisEndpointError) {
        #expect(throws: expected) { try RedisEndpoint(url: url) }
        #expect(!"\(expected)".contains("hunter2"))
    }

    @Test("the description holds no credentials")
    func description() throws {
        #expect(try RedisEndpoint(url: "rediss://u:hunter2@h:1/2").description == "rediss://h:1/2")
        #expect(try RedisEndpoint(url: "redis://:hunter2@[::1]").description == "redis://[::1]:6379/0")
        #expect(try RedisEndpoint(url: "unix://:hunter2@/s?db=1").description == "unix:///s?db=1")
        #expect(!String(reflecting: try RedisEndpoint(url: "redis://u:hunter2@h")).contains("hunter2"))
    }
}
