// SPDX-License-Identifier: Apache-2.0
// Baton: an HTTP/2 gateway to Redis

import MaintenanceLab
import NIOCore

/// Does to a lab what maintenance does.
struct DrillScript {
    let lab: MaintenanceLab
    /// The server that has the data, and the one that takes over when it fails.
    private(set) var backend: LabBackend
    private(set) var standby: LabBackend
    /// Where the gateway's connections are.
    private(set) var endpoint: LabEndpoint
    private var sequence: Int64 = 0

    init(lab: MaintenanceLab, backend: LabBackend, standby: LabBackend, endpoint: LabEndpoint) {
        self.lab = lab
        self.backend = backend
        self.standby = standby
        self.endpoint = endpoint
    }

    private static let stall = TimeAmount.milliseconds(2_500)

    private mutating func nextSequence() -> Int64 {
        self.sequence += 1
        return self.sequence
    }

    /// Lets the event happen once, and returns when it is over.
    /// - Parameters:
    ///   - drill: Which.
    ///   - keys: What a server that takes over has of the data.
    /// - Throws: ``RehearsalError/stuck(_:)``; what the lab says.
    mutating func run(_ drill: Drill, keys: LoadKeys) async throws {
        switch drill {
        case .moving: try await self.move(to: self.otherHost, closesEarly: false)
        case .movingToIPv6: try await self.move(to: "::1", closesEarly: false)
        case .movingWithEarlyClose: try await self.move(to: self.otherHost, closesEarly: true)
        case .movingWithoutEndpoint: try await self.moveWithoutEndpoint()
        case .migrating:
            try await self.lab.push(.migrating(sequence: self.nextSequence()), to: .optedIn(self.endpoint))
            try await self.stallReplies()
            try await self.lab.push(.migrated(sequence: self.nextSequence()), to: .optedIn(self.endpoint))
        case .failingOver: try await self.failOver(keys, resets: false)
        case .failingOverWithReset: try await self.failOver(keys, resets: true)
        case .unannouncedClose: try await self.lab.close(.all, .reset)
        case .unannouncedStall: try await self.stallReplies()
        }
    }

    private var otherHost: String { self.endpoint.host == "127.0.0.1" ? "127.0.0.2" : "127.0.0.1" }

    private mutating func move(to host: String, closesEarly: Bool) async throws {
        let old = self.endpoint
        let count = try await self.lab.connections(.all(old)).count
        let next = try await self.lab.open(host: host, backend: self.backend)
        self.endpoint = next
        try await self.lab.push(
            .moving(sequence: self.nextSequence(), time: 5, target: next.address), to: .optedIn(old))
        try await self.wait("commands at the new endpoint", of: next) { $0.commands["INCR", default: 0] > 10 }
        if closesEarly {
            // Behind the last switch, long before the announced time; the handshake's last reply needs a moment.
            try await self.wait("the last switch", of: next) { $0.optIns >= count }
            try await self.lab.pause(.milliseconds(20))
            try await self.lab.close(.all(old), .graceful, at: .whenIdle)
        }
        try await self.wait("the end of the old connections", of: old) { $0.open == 0 }
    }

    private mutating func moveWithoutEndpoint() async throws {
        // The configured endpoint leads to another node by then: whoever connects is not sent away again.
        try await self.lab.setReplays([.openers])
        let old = Set(try await self.lab.connections(.all(self.endpoint)).map(\.id))
        let before = try await self.lab.counts(of: self.endpoint)
        try await self.lab.push(
            .moving(sequence: self.nextSequence(), time: 4, target: nil), to: .connections(old))
        let goal = before.accepted + old.count
        try await self.wait("new connections", of: self.endpoint) { $0.accepted >= goal }
        let closed = before.closedByClient + old.count
        try await self.wait("the end of the old connections", of: self.endpoint) { $0.closedByClient >= closed }
    }

    private func stallReplies() async throws {
        try await self.lab.stallReplies(of: self.endpoint)
        try await self.lab.pause(Self.stall)
        try await self.lab.releaseReplies(of: self.endpoint)
    }

    /// Another server takes over, with all that the first one has answered: a replica that had caught up.
    private mutating func failOver(_ keys: LoadKeys, resets: Bool) async throws {
        try await self.lab.push(.failingOver(sequence: self.nextSequence()), to: .optedIn(self.endpoint))
        try await self.lab.pauseCommands(of: self.endpoint)
        try await self.lab.pause(.seconds(2))
        try await BackendClient(backend: self.backend, eventLoop: self.lab.eventLoop)
            .copy(keys.names, to: BackendClient(backend: self.standby, eventLoop: self.lab.eventLoop))
        swap(&self.backend, &self.standby)
        if resets { try await self.lab.close(.all(self.endpoint), .reset) }
        try await self.lab.switchBackend(to: self.backend, of: self.endpoint)
        try await self.lab.resumeCommands(of: self.endpoint)
        try await self.lab.push(.failedOver(sequence: self.nextSequence()), to: .optedIn(self.endpoint))
    }

    private func wait(
        _ what: String, of endpoint: LabEndpoint, until condition: @escaping @Sendable (LabCounts) -> Bool
    ) async throws {
        guard try await self.lab.wait(upTo: .seconds(10), of: endpoint, until: condition) else {
            throw RehearsalError.stuck(what)
        }
    }
}
