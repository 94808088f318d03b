// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

package import NIOCore

/// A push of the maintenance protocol, as a Redis Software endpoint sends it.
package enum LabPush: Sendable, Equatable {
    /// `>4 MOVING seq time target`: this endpoint closes its connections in `time` seconds; `target` is `host:port`, or nil
    /// where the client asked for no name.
    case moving(sequence: Int64, time: Int64, target: String?)
    /// `>4 MIGRATING seq time shards`: a shard starts to move in `time` seconds.
    case migrating(sequence: Int64, time: Int64 = 2, shards: [String] = ["1"])
    /// `>3 MIGRATED seq shards`.
    case migrated(sequence: Int64, shards: [String] = ["1"])
    /// `>4 FAILING_OVER seq time shards`.
    case failingOver(sequence: Int64, time: Int64 = 2, shards: [String] = ["1"])
    /// `>3 FAILED_OVER seq shards`.
    case failedOver(sequence: Int64, shards: [String] = ["1"])
    /// `>3 SMIGRATING seq slots`.
    case slotsMigrating(sequence: Int64, slots: String)
    /// `>3 SMIGRATED seq [[source, destination, slots] ...]`.
    case slotsMigrated(sequence: Int64, moves: [SlotMove])
    /// Any bytes at all, for malformed pushes and unknown kinds.
    case raw(ByteBuffer)

    /// Element 0 of the push; `raw` for bytes of the caller's.
    package var name: String {
        switch self {
        case .moving: "MOVING"
        case .migrating: "MIGRATING"
        case .migrated: "MIGRATED"
        case .failingOver: "FAILING_OVER"
        case .failedOver: "FAILED_OVER"
        case .slotsMigrating: "SMIGRATING"
        case .slotsMigrated: "SMIGRATED"
        case .raw: "raw"
        }
    }

    /// The frame.
    package var encoded: ByteBuffer {
        switch self {
        case .moving(let sequence, let time, let target):
            self.frame([":\(sequence)\r\n", ":\(time)\r\n", target.map(Self.bulk) ?? "_\r\n"])
        case .migrating(let sequence, let time, let shards), .failingOver(let sequence, let time, let shards):
            self.frame([":\(sequence)\r\n", ":\(time)\r\n", Self.list(shards)])
        case .migrated(let sequence, let shards), .failedOver(let sequence, let shards):
            self.frame([":\(sequence)\r\n", Self.list(shards)])
        case .slotsMigrating(let sequence, let slots):
            self.frame([":\(sequence)\r\n", Self.bulk(slots)])
        case .slotsMigrated(let sequence, let moves):
            self.frame([":\(sequence)\r\n", Self.moves(moves)])
        case .raw(let bytes):
            bytes
        }
    }

    private func frame(_ elements: [String]) -> ByteBuffer {
        ByteBuffer(string: ">\(elements.count + 1)\r\n\(Self.bulk(self.name))\(elements.joined())")
    }

    private static func bulk(_ text: String) -> String {
        "$\(text.utf8.count)\r\n\(text)\r\n"
    }

    /// Shards are one string that holds a list: `["2","4"]`.
    private static func list(_ shards: [String]) -> String {
        self.bulk("[\(shards.map { "\"\($0)\"" }.joined(separator: ","))]")
    }

    private static func moves(_ moves: [SlotMove]) -> String {
        let triplets = moves.map { "*3\r\n\(self.bulk($0.source))\(self.bulk($0.destination))\(self.bulk($0.slots))" }
        return "*\(moves.count)\r\n\(triplets.joined())"
    }
}
