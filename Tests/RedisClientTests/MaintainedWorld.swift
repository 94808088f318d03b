// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import NIOCore
import RedisCore

@testable import RedisClient

/// A world whose upstream has an address, 10.0.0.1 behind the name `redis.example.com`, and announces maintenance.
struct MaintainedWorld {
    let world: World
    let notes: Notes

    /// The changes that were told.
    final class Notes {
        var all: [MaintenanceNote] = []
    }

    init(_ configure: (inout RedisConfiguration) -> Void = { _ in }) throws {
        let world = World(start: false) { configuration in
            configuration.endpoint = RedisEndpoint(address: .tcp(host: "redis.example.com", port: 6379))
            configuration.maintenance.jitterMaximum = .zero
            configure(&configuration)
        }
        world.onAddress { target in
            switch target {
            case .configured: "10.0.0.1"
            case .announced(let target): target.host
            case .resolved(let address): address.description
            }
        }
        let notes = Notes()
        world.upstream.maintenanceChanged = { notes.all.append($0) }
        self.world = world
        self.notes = notes
        world.upstream.start()
        try world.settle()
    }

    var peers: [FakePeer] { self.world.peers }
    var phases: [HandoffPhase] {
        self.notes.all.compactMap { if case .handoff(let phase) = $0.change { phase } else { nil } }
    }

    /// Sends an announcement; elements that start with `:` are integers, `_` is null.
    func announce(_ elements: String..., on peer: FakePeer) throws {
        let parts = elements.map { element in
            element.hasPrefix(":") || element == "_" ? "\(element)\r\n" : "$\(element.utf8.count)\r\n\(element)\r\n"
        }
        try peer.send(">\(elements.count)\r\n" + parts.joined())
        try self.world.settle()
    }

    func moving(_ sequence: Int = 1, _ seconds: Int = 15, to target: String = "10.0.0.2:6380", on peer: FakePeer) throws
    {
        try self.announce("MOVING", ":\(sequence)", ":\(seconds)", target, on: peer)
    }
}
