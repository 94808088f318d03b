// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
package import RESP

/// A push, read as an announcement: `>4\r\n$6\r\nMOVING\r\n:<seq>\r\n:<seconds>\r\n$<n>\r\n<host:port>|_\r\n` and the like.
///
/// Nothing is ever thrown: what cannot be used is left out, and told by ``isMalformed``. Elements beyond the expected
/// ones are ignored. A MOVING needs its time; the others need no more than their name.
package struct MaintenancePush: Sendable, Equatable {
    /// Nil: not an announcement of maintenance.
    package private(set) var kind: MaintenanceKind?
    /// Nil if nothing can be made of it.
    package private(set) var event: MaintenanceEvent?
    package private(set) var isMalformed = false

    /// The longest grace that is believed, so that no number can overflow (M14).
    package static let graceMaximum: Int64 = 120
    /// Bytes of a description of shards that are kept.
    static let shardsMaximum = 256

    package init(_ push: RESPValue) {
        var elements = push.elements
        guard push.kind == .push, let name = elements.next(), let name = Self.text(name, maximum: 32) else { return }
        guard let kind = MaintenanceKind.allCases.first(where: { $0.name == name }) else { return }
        self.kind = kind
        let first = elements.next()
        let sequence = first.flatMap(Self.integer)
        if sequence == nil { self.isMalformed = true }
        switch kind {
        case .moving: self.readMove(sequence, elements.next(), elements.next())
        case .migrating:
            _ = elements.next()
            self.event = .opened(.migration, sequence: sequence, shards: elements.next().flatMap(Self.shards))
        case .failingOver:
            _ = elements.next()
            self.event = .opened(.failover, sequence: sequence, shards: elements.next().flatMap(Self.shards))
        case .slotsMigrating:
            self.event = .opened(.slotMigration, sequence: sequence, shards: elements.next().flatMap(Self.shards))
        case .migrated: self.event = .closed(.migration, sequence: sequence)
        case .failedOver: self.event = .closed(.failover, sequence: sequence)
        case .slotsMigrated: self.event = .closed(.slotMigration, sequence: sequence)
        }
    }

    private mutating func readMove(_ sequence: Int64?, _ time: RESPValue?, _ endpoint: RESPValue?) {
        guard let time, let seconds = Self.integer(time) else {
            self.isMalformed = true
            return
        }
        var target: MovingTarget?
        if let endpoint, !endpoint.isNull {
            let text = Self.text(endpoint, maximum: 300)
            if text.map({ !Self.namesNothing.contains($0) }) ?? true {
                target = text.flatMap { MovingTarget($0) }
                if target == nil { self.isMalformed = true }
            }
        }
        let grace = TimeAmount.seconds(min(max(seconds, 0), Self.graceMaximum))
        self.event = .moving(sequence: sequence, grace: grace, target: target)
    }

    /// Texts that some servers have sent for "no endpoint".
    private static let namesNothing: Set<String> = ["null", "<nil>", "?"]

    private static func text(_ value: RESPValue, maximum: Int) -> String? {
        switch value.kind {
        case .simpleString, .bulkString, .verbatimString:
            value.payload.readableBytes <= maximum ? value.string : nil
        case .simpleError, .bulkError, .integer, .null, .boolean, .double, .bigNumber, .array, .set, .map, .push: nil
        }
    }

    /// An integer, or a string that holds one.
    private static func integer(_ value: RESPValue) -> Int64? {
        value.integer ?? self.text(value, maximum: 20).flatMap { Int64($0) }
    }

    /// For people only: printable ASCII, cut to a length.
    private static func shards(_ value: RESPValue) -> String? {
        switch value.kind {
        case .simpleString, .bulkString, .verbatimString: break
        case .simpleError, .bulkError, .integer, .null, .boolean, .double, .bigNumber, .array, .set, .map, .push:
            return nil
        }
        let bytes = value.payload.readableBytesView.prefix(Self.shardsMaximum).map { byte in
            (0x20...0x7E).contains(byte) ? byte : UInt8(ascii: "?")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
