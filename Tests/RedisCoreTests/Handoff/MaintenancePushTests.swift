// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP
import Testing

@testable import RedisCore

@Suite("Maintenance pushes")
struct MaintenancePushTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var wire: String
        var event: MaintenanceEvent?
        var malformed = false
        var testDescription: String { self.wire.debugDescription }
    }

    static func read(_ wire: String) throws -> MaintenancePush {
        var decoder = RESPDecoder()
        decoder.feed(ByteBuffer(string: wire))
        return MaintenancePush(try #require(try decoder.next()))
    }

    static func move(_ sequence: Int64?, _ seconds: Int64, _ text: String?) -> MaintenanceEvent {
        .moving(sequence: sequence, grace: .seconds(seconds), target: text.flatMap { MovingTarget($0) })
    }

    static let cases: [Case] = [
        Case(
            wire: ">4\r\n$6\r\nMOVING\r\n:17\r\n:15\r\n$19\r\n54.78.247.156:12075\r\n",
            event: move(17, 15, "54.78.247.156:12075")),
        Case(
            wire: ">4\r\n+MOVING\r\n:21\r\n:15\r\n+redis-12075.ext.c1.example.com:12075\r\n",
            event: move(21, 15, "redis-12075.ext.c1.example.com:12075")),
        Case(wire: ">4\r\n$6\r\nMOVING\r\n:0\r\n:15\r\n_\r\n", event: move(0, 15, nil)),
        Case(wire: ">4\r\n$6\r\nMOVING\r\n:0\r\n:15\r\n$-1\r\n", event: move(0, 15, nil)),
        Case(wire: ">4\r\n$6\r\nMOVING\r\n:0\r\n:15\r\n*-1\r\n", event: move(0, 15, nil)),
        Case(wire: ">3\r\n$6\r\nMOVING\r\n:1\r\n:15\r\n", event: move(1, 15, nil)),
        Case(wire: ">4\r\n$6\r\nMOVING\r\n:1\r\n:15\r\n$4\r\nnull\r\n", event: move(1, 15, nil)),
        Case(wire: ">4\r\n$6\r\nMOVING\r\n:1\r\n:15\r\n+[::1]:6379\r\n", event: move(1, 15, "[::1]:6379")),
        Case(wire: ">4\r\n$6\r\nMOVING\r\n:1\r\n:15\r\n+::1:6379\r\n", event: move(1, 15, "[::1]:6379")),
        Case(wire: ">4\r\n$6\r\nMOVING\r\n:1\r\n:15\r\n+host\r\n", event: move(1, 15, "host")),
        Case(wire: ">5\r\n$6\r\nMOVING\r\n:1\r\n:15\r\n_\r\n:9\r\n", event: move(1, 15, nil)),
        // M14
        Case(wire: ">4\r\n$6\r\nMOVING\r\n:1\r\n:-5\r\n_\r\n", event: move(1, 0, nil)),
        Case(wire: ">4\r\n$6\r\nMOVING\r\n:1\r\n:1000000000\r\n_\r\n", event: move(1, 120, nil)),
        Case(wire: ">4\r\n$6\r\nMOVING\r\n:1\r\n:9223372036854775807\r\n_\r\n", event: move(1, 120, nil)),
        Case(wire: ">4\r\n$6\r\nMOVING\r\n$2\r\n17\r\n:15\r\n_\r\n", event: move(17, 15, nil)),
        Case(wire: ">4\r\n$6\r\nMOVING\r\n_\r\n:15\r\n_\r\n", event: move(nil, 15, nil), malformed: true),
        Case(wire: ">4\r\n$6\r\nMOVING\r\n:1\r\n:15\r\n$0\r\n\r\n", event: move(1, 15, nil), malformed: true),
        Case(wire: ">4\r\n$6\r\nMOVING\r\n:1\r\n:15\r\n+host:0\r\n", event: move(1, 15, nil), malformed: true),
        Case(wire: ">4\r\n$6\r\nMOVING\r\n:1\r\n:15\r\n+host:70000\r\n", event: move(1, 15, nil), malformed: true),
        Case(wire: ">4\r\n$6\r\nMOVING\r\n:1\r\n:15\r\n+a b:1\r\n", event: move(1, 15, nil), malformed: true),
        Case(wire: ">4\r\n$6\r\nMOVING\r\n:1\r\n:15\r\n*1\r\n+x\r\n", event: move(1, 15, nil), malformed: true),
        Case(wire: ">2\r\n$6\r\nMOVING\r\n:1\r\n", event: nil, malformed: true),
        Case(wire: ">3\r\n$6\r\nMOVING\r\n:1\r\n+soon\r\n", event: nil, malformed: true),
        Case(wire: ">1\r\n$6\r\nMOVING\r\n", event: nil, malformed: true),
        Case(
            wire: ">4\r\n$9\r\nMIGRATING\r\n:18\r\n:2\r\n$9\r\n[\"2\",\"4\"]\r\n",
            event: .opened(.migration, sequence: 18, shards: "[\"2\",\"4\"]")),
        Case(wire: ">3\r\n+MIGRATING\r\n:18\r\n:2\r\n", event: .opened(.migration, sequence: 18, shards: nil)),
        Case(wire: ">1\r\n+MIGRATING\r\n", event: .opened(.migration, sequence: nil, shards: nil), malformed: true),
        Case(wire: ">3\r\n$8\r\nMIGRATED\r\n:19\r\n$9\r\n[\"2\",\"4\"]\r\n", event: .closed(.migration, sequence: 19)),
        Case(wire: ">2\r\n+FAILING_OVER\r\n:20\r\n", event: .opened(.failover, sequence: 20, shards: nil)),
        Case(wire: ">3\r\n+FAILED_OVER\r\n:21\r\n+1\r\n", event: .closed(.failover, sequence: 21)),
        Case(
            wire: ">3\r\n$10\r\nSMIGRATING\r\n:16\r\n$16\r\n123,456,789-1000\r\n",
            event: .opened(.slotMigration, sequence: 16, shards: "123,456,789-1000")),
        Case(
            wire: ">3\r\n+SMIGRATED\r\n:15\r\n*1\r\n*3\r\n+127.0.0.1:6379\r\n+127.0.0.2:6379\r\n+1\r\n",
            event: .closed(.slotMigration, sequence: 15)),
    ]

    @Test("every shape is read as far as it can be; nothing is thrown", arguments: cases)
    func shapes(example: Case) throws {
        let push = try Self.read(example.wire)
        #expect(push.event == example.event)
        #expect(push.isMalformed == example.malformed)
        #expect(push.kind != nil)
    }

    @Test(
        "other pushes are not announcements",
        arguments: [">1\r\n+moving\r\n", ">2\r\n+invalidate\r\n_\r\n", ">1\r\n:1\r\n", "*1\r\n+MOVING\r\n"])
    func others(wire: String) throws {
        let push = try Self.read(wire)
        #expect(push.kind == nil)
        #expect(push.event == nil)
    }

    @Test(
        "targets: host and port, brackets, the last colon, a host alone",
        arguments: [
            ("a:1", "a", 1), ("[::1]:65535", "::1", 65_535), ("2001:db8::1:6379", "2001:db8::1", 6379),
            ("a", "a", nil), ("[::1]", "::1", nil),
        ] as [(String, String, Int?)])
    func targets(text: String, host: String, port: Int?) throws {
        let target = try #require(MovingTarget(text))
        #expect(target.host == host)
        #expect(target.port == port)
    }

    @Test(
        "what is no target",
        arguments: ["", ":1", "a:", "a:0", "a:65536", "a:+1", "[::1", "[::1]x", "a b", "a/b:1", "a\r\n:1", "[]:1"])
    func noTargets(text: String) {
        #expect(MovingTarget(text) == nil)
    }

    @Test("a host has 253 bytes at most")
    func hostLimit() {
        let longest = String(repeating: "a", count: 253)
        #expect(MovingTarget(longest) != nil)
        #expect(MovingTarget(longest + ":65535") != nil)
        #expect(MovingTarget(longest + "a") == nil)
    }
}
