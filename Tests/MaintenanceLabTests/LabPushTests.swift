// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import MaintenanceLab
import NIOCore
import Testing

@Suite("Maintenance pushes")
struct LabPushTests {
    static let frames: [(LabPush, String)] = [
        (
            .moving(sequence: 17, time: 15, target: "54.78.247.156:12075"),
            ">4\r\n$6\r\nMOVING\r\n:17\r\n:15\r\n$19\r\n54.78.247.156:12075\r\n"
        ),
        (.moving(sequence: 0, time: 15, target: nil), ">4\r\n$6\r\nMOVING\r\n:0\r\n:15\r\n_\r\n"),
        (
            .migrating(sequence: 18, time: 2, shards: ["2", "4"]),
            ">4\r\n$9\r\nMIGRATING\r\n:18\r\n:2\r\n$9\r\n[\"2\",\"4\"]\r\n"
        ),
        (.migrated(sequence: 19, shards: ["2", "4"]), ">3\r\n$8\r\nMIGRATED\r\n:19\r\n$9\r\n[\"2\",\"4\"]\r\n"),
        (
            .failingOver(sequence: 20, time: 2, shards: ["1"]),
            ">4\r\n$12\r\nFAILING_OVER\r\n:20\r\n:2\r\n$5\r\n[\"1\"]\r\n"
        ),
        (.failedOver(sequence: 21, shards: ["1"]), ">3\r\n$11\r\nFAILED_OVER\r\n:21\r\n$5\r\n[\"1\"]\r\n"),
        (
            .slotsMigrating(sequence: 16, slots: "123,456,789-1000"),
            ">3\r\n$10\r\nSMIGRATING\r\n:16\r\n$16\r\n123,456,789-1000\r\n"
        ),
        (
            .slotsMigrated(sequence: 17, moves: [SlotMove(from: "127.0.0.1:6379", to: "127.0.0.2:6379", slots: "5")]),
            ">3\r\n$9\r\nSMIGRATED\r\n:17\r\n*1\r\n*3\r\n$14\r\n127.0.0.1:6379\r\n$14\r\n127.0.0.2:6379\r\n$1\r\n5\r\n"
        ),
        (.raw(ByteBuffer(string: ">1\r\n+X\r\n")), ">1\r\n+X\r\n"),
    ]

    @Test("each push has the bytes of a Redis Software endpoint", arguments: Self.frames)
    func bytes(push: LabPush, expected: String) {
        #expect(String(buffer: push.encoded) == expected)
    }
}
