// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RESP

@testable import RedisCore

/// Pushes as bytes, right ones and wrong ones.
enum HandoffWire {
    /// Nil: none is named. The first four may be dialled; the last two are forbidden.
    static let targets: [String?] = [
        "10.0.0.2:6379", "10.0.0.3:6380", "10.0.0.4", "redis.c1.example.com:6379", nil, nil, "8.8.8.8:1",
        "127.0.0.1:6379",
    ]

    static func moving(_ sequence: Int64, _ seconds: Int64, _ target: String?) -> String {
        let endpoint = target.map { "$\($0.utf8.count)\r\n\($0)\r\n" } ?? "_\r\n"
        return ">4\r\n$6\r\nMOVING\r\n:\(sequence)\r\n:\(seconds)\r\n\(endpoint)"
    }

    static func random(_ sequence: Int64, using generator: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<20, using: &generator) {
        case 0..<9:
            let seconds: Int64 = [-3, 0, 1, 2, 5, 15, 15, 15, 120, 1_000_000].randomElement(using: &generator) ?? 15
            return self.moving(sequence, seconds, self.targets.randomElement(using: &generator) ?? nil)
        case 9..<11: return ">4\r\n+MIGRATING\r\n:\(sequence)\r\n:2\r\n+[\"1\"]\r\n"
        case 11..<13: return ">3\r\n+MIGRATED\r\n:\(sequence)\r\n+[\"1\"]\r\n"
        case 13: return ">4\r\n+FAILING_OVER\r\n:\(sequence)\r\n:2\r\n+[\"1\"]\r\n"
        case 14: return ">3\r\n+FAILED_OVER\r\n:\(sequence)\r\n+[\"1\"]\r\n"
        case 15: return ">3\r\n+SMIGRATING\r\n:\(sequence)\r\n+1-5\r\n"
        case 16: return ">3\r\n+SMIGRATED\r\n:\(sequence)\r\n*0\r\n"
        default: return self.odd.randomElement(using: &generator) ?? ""
        }
    }

    private static let odd = [
        ">1\r\n+MOVING\r\n", ">2\r\n+MIGRATED\r\n_\r\n", ">4\r\n+MOVING\r\n_\r\n:15\r\n_\r\n",
        ">4\r\n+MOVING\r\n:5\r\n:15\r\n+not a host\r\n", ">3\r\n+MIGRATING\r\n*0\r\n:1\r\n",
        ">2\r\n+invalidate\r\n_\r\n",
        ">3\r\n+FAILED_OVER\r\n_\r\n_\r\n", ">4\r\n+MOVING\r\n:5\r\n:15\r\n+10.0.0.2:70000\r\n",
    ]

    static func read(_ wire: String) -> MaintenancePush? {
        var decoder = RESPDecoder()
        decoder.feed(ByteBuffer(string: wire))
        return (try? decoder.next()).flatMap { $0 }.map { MaintenancePush($0) }
    }
}
