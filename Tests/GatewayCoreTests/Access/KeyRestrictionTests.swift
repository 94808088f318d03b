// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import HTTPCore
import NIOCore
import Testing

@testable import GatewayCore

@Suite("Key prefixes")
struct KeyRestrictionTests {
    private static let digest = String(repeating: "a", count: 64)

    private static func table(_ prefixes: String) throws -> TokenTable {
        try TokenTable(parsing: "# \n t : \(Self.digest) : read : \(prefixes) ")
    }

    private static func restriction(_ prefixes: String) throws -> KeyRestriction? {
        // The SHA-256 of `foo`.
        let digest = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
        let table = try TokenTable(parsing: "t:\(digest):read\(prefixes.isEmpty ? "" : ":" + prefixes)")
        return table.identity(authorization: Array("Bearer foo".utf8).span)?.restriction
    }

    @Test("a line's prefixes are decoded once; spaces around them are none of theirs")
    func decoding() throws {
        let cases: [(String, [[UInt8]])] = [
            ("app", [Array("app".utf8)]), ("a,b", [Array("a".utf8), Array("b".utf8)]),
            (" a , b\t", [Array("a".utf8), Array("b".utf8)]), ("a%3A", [Array("a:".utf8)]),
            ("%2C%25%23%20", [Array(",%# ".utf8)]), ("%2525", [Array("%25".utf8)]), ("a+b", [Array("a+b".utf8)]),
            ("%00%fF", [[0, 255]]), ("é", [[0xC3, 0xA9]]), ("#", [Array("#".utf8)]), ("%0A", [[10]]),
            ("a b", [Array("a b".utf8)]), ("a,\u{301}", [Array("a".utf8), Array("\u{301}".utf8)]),
        ]
        for (text, prefixes) in cases {
            #expect(try Self.restriction(text)?.prefixes == prefixes, "\(text)")
        }
        #expect(try Self.restriction("") == nil)
    }

    @Test("1 to 256 bytes, decoded; 1 to 16 prefixes")
    func limits() throws {
        for (count, isGood) in [(0, false), (1, true), (255, true), (256, true), (257, false)] {
            for text in [String(repeating: "p", count: count), String(repeating: "%70", count: count)] {
                if isGood {
                    let restriction = try Self.restriction(text.isEmpty ? " " : text)
                    #expect(restriction?.prefixes.map(\.count) == [count])
                } else {
                    #expect(throws: TokenFileError.invalidPrefix(line: 2)) { try Self.table(text) }
                }
            }
        }
        for (count, isGood) in [(1, true), (15, true), (16, true), (17, false)] {
            let text = (0..<count).map { "p\($0)%3A" }.joined(separator: ",")
            if isGood {
                #expect(try Self.restriction(text)?.prefixes.count == count)
            } else {
                #expect(throws: TokenFileError.tooManyPrefixes(line: 2)) { try Self.table(text) }
            }
        }
    }

    @Test("tables that differ in prefixes only have other fingerprints")
    func fingerprint() throws {
        var seen: Set<UInt64> = []
        for prefixes in ["a", "b", "ab", "a,b", "b,a", "a%2Cb", "a,b,c", "aa"] {
            #expect(seen.insert(try Self.table(prefixes).fingerprint).inserted, "\(prefixes)")
        }
        #expect(seen.insert(try TokenTable(parsing: "t:\(Self.digest):read").fingerprint).inserted)
        #expect(seen.insert(try TokenTable(parsing: "t:\(Self.digest):publish").fingerprint).inserted)
        #expect(try Self.table("a").fingerprint == Self.table("a").fingerprint)
    }

    @Test("another table in the cache's place brings its own prefixes")
    func cache() throws {
        let digest = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
        var cache = AuthenticationCache()
        let value = Array("Bearer foo".utf8)
        for prefixes in [":a", ":b", "", ":a,b", ":a"] {
            let table = try TokenTable(parsing: "t:\(digest):read\(prefixes)")
            for _ in 0..<2 {
                let identity = cache.identity(authorization: value.span, table: table)
                let expected = prefixes.dropFirst().split(separator: ",").map { Array($0.utf8) }
                #expect(identity?.restriction?.prefixes ?? [] == expected)
            }
        }
    }

    private static func allows(_ restriction: KeyRestriction, key: [UInt8]) -> Bool {
        restriction.allows(key: key.span)
    }

    @Test("a key must begin with a prefix")
    func keys() {
        let restriction = KeyRestriction(prefixes: [Array("app:".utf8), [0xFF], Array(repeating: 0x78, count: 256)])
        for (key, isAllowed) in [
            ("app:", true), ("app:1", true), ("app", false), ("App:1", false), ("", false), ("xapp:", false),
            (String(repeating: "x", count: 255), false), (String(repeating: "x", count: 256), true),
            (String(repeating: "x", count: 257), true),
        ] {
            #expect(Self.allows(restriction, key: Array(key.utf8)) == isAllowed, "\(key)")
        }
        #expect(Self.allows(restriction, key: [0xFF, 0]))
        #expect(!Self.allows(restriction, key: [0xFE]))
    }

    @Test("a pattern must begin with a prefix in front of all that means something")
    func patterns() {
        let restriction = KeyRestriction(prefixes: ["app:", "g*[?", #"b\"#].map { Array($0.utf8) })
        for (pattern, isAllowed) in [
            ("app:*", true), ("app:", true), ("app:?[a-z]", true), ("app*", false), ("ap?:x", false), ("*", false),
            ("", false), ("[a]pp:x", false), ("app[:]", false), (#"a\pp:*"#, true), (#"app\:*"#, true),
            (#"app\*"#, false), ("g*[?", false), (#"g\*\[\?x*"#, true), (#"g\*[?]"#, false), (#"b\"#, true),
            (#"b\\*"#, true), (#"b\x"#, false), (#"\"#, false), ("App:*", false), ("^app:*", false),
        ] {
            let allows = restriction.allows(pattern: Array(pattern.utf8).span)
            #expect(allows == isAllowed, "\(pattern)")
        }
        let long = KeyRestriction(prefixes: [Array(repeating: 0x78, count: 256)])
        for (count, isAllowed) in [(255, false), (256, true), (257, true)] {
            let pattern = String(repeating: #"\x"#, count: count) + "*"
            let allows = long.allows(pattern: Array(pattern.utf8).span)
            #expect(allows == isAllowed)
        }
    }
}
